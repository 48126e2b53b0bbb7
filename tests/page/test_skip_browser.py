"""A technique that is skipped twice is left out in the page, by the buttons of the machine alone."""

import pytest

from tests.page.driving import FAST, answer, begin, press, ready, speed, until, until_state

pytestmark = pytest.mark.xdist_group("browser")


def shows(tab, words):
    """Wait until the machine's display shows some words."""
    until(tab, f"instep.session.screen.includes({words!r})")


def hold(tab, button, words):
    """Hold a button of the machine down until the display shows some words."""
    tab.locator(f"[data-button={button}]").hover()
    tab.mouse.down()
    shows(tab, words)
    tab.mouse.up()


def test_a_technique_that_was_skipped_twice_is_offered_and_left_out(open_page):
    tab = open_page()
    ready(tab)
    begin(tab, "quick")
    speed(tab, FAST)
    answer(tab)
    until_state(tab, "warm")
    shows(tab, "LOTION")
    press(tab, "start")
    for _ in range(2):
        shows(tab, "TOP OF FOOT")
        press(tab, "program")
        shows(tab, "SOLE")
    press(tab, "stop")
    until_state(tab, "done")
    press(tab, "start")
    shows(tab, "Skipped 2x: HEAT held")
    hold(tab, "heat", ">TOP OF FOOT + skips")
    press(tab, "plus")
    shows(tab, ">TOP OF FOOT left out")
    hold(tab, "heat", "1 left out")
