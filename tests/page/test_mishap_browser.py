"""Mishaps in Chromium: each that the page puts first, by a click, is noticed in time and said."""

import re

import pytest

from sim.page.build import STATIC
from tests.page.driving import FAST, begin, ready, speed, until, until_state

pytestmark = pytest.mark.xdist_group("browser")

# The page's own list.
_FIRST = re.compile(r"const FIRST = \[(.*?)\];", re.DOTALL)
MISHAPS = re.findall(r'"(\w+)"', _FIRST.findall((STATIC / "simulated/mishaps.js").read_text(encoding="utf-8"))[0])


@pytest.mark.parametrize("mishap", MISHAPS)
def test_a_mishap_is_seen_and_noticed(open_page, mishap):
    tab = open_page()
    ready(tab)
    begin(tab, "quick", is_answered=True)
    speed(tab, FAST)
    tab.get_by_label("Lasting").select_option("70")
    until_state(tab, "run")
    until(tab, "document.querySelector('.roller.touching') !== null")
    tab.locator(f"[data-mishap={mishap}]").click()
    outcome = tab.locator(f"[data-outcome={mishap}].noticed")
    outcome.wait_for()
    said = tab.evaluate("instep.session.mishaps[0]")
    budget_ms = {one["name"]: one["budget_ms"] for one in tab.evaluate("instep.session.facts.mishaps")}[mishap]
    assert said["onset_tick"] is not None
    assert said["delay_ms"] is not None and said["delay_ms"] <= budget_ms
    assert f"{said['delay_ms']} ms" in outcome.text_content()


def test_a_fault_of_the_list_is_explained_and_happens_with_its_figure(open_page):
    tab = open_page()
    ready(tab)
    tab.get_by_label("Other faults").select_option("force_sensor_dead")
    figure = tab.locator(".other input")
    figure.fill("3")
    tab.get_by_role("button", name="Let it happen").click()
    until(tab, "instep.session.mishaps.length === 1")
    injected = tab.evaluate("instep.session.mishaps[0].injected")
    assert injected.startswith("force_sensor_dead@") and injected.endswith(",value=3.0")
    assert tab.evaluate("instep.session.problem") == ""
