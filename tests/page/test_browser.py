"""The simulated life in Chromium, used as a person uses it."""

import time

import pytest

from sim.people import FOLDER
from tests.conftest import FIGURE
from tests.page import browser
from tests.page.driving import FAST, answer, begin, press, ready, speed, until, until_state, violations
from tests.page.test_sessions import in_the_simulator

pytestmark = pytest.mark.xdist_group("browser")


def test_the_machine_stands_there_and_runs(open_page, record_property):
    before = time.monotonic()
    tab = open_page()
    tab.locator(".above .well").first.wait_for()
    picture_s = time.monotonic() - before
    ready(tab)
    until(tab, "instep.session.tick > 100")
    record_property(
        FIGURE,
        f"the page in Chromium: first picture after {picture_s:.1f} s, one second of the machine after "
        f"{time.monotonic() - before:.1f} s",
    )
    assert tab.evaluate("instep.session.problem") == ""
    assert "INSTEP" in tab.locator("#device [data-testid=screen]").text_content()


def test_a_whole_demo_by_clicking_the_machines_buttons(open_page):
    tab = open_page()
    ready(tab)
    begin(tab, "demo")
    speed(tab, FAST)
    answer(tab)
    until_state(tab, "warm")
    until(tab, "instep.session.screen.includes('LOTION')")
    press(tab, "start")
    until_state(tab, "run")
    until(tab, "document.querySelector('.roller.touching') !== null")
    until_state(tab, "done")
    until(tab, "instep.session.figures !== null")
    assert "The massage is done." in tab.get_by_test_id("result").text_content()
    assert tab.evaluate("instep.session.dose.some((dose) => dose > 1)")
    assert tab.evaluate("Math.abs(instep.session.recording.length - instep.session.tick / 5)") < 30


def test_an_answered_session_ends_with_the_simulators_figures(open_page):
    tab = open_page()
    ready(tab)
    begin(tab, "demo", "large", is_answered=True, Seed=5)
    speed(tab, FAST)
    until(tab, "instep.session.figures !== null")
    sums, simulation = in_the_simulator("demo", FOLDER / "large.toml", seed=5)
    figures = tab.evaluate("instep.session.figures")
    assert figures["setpoint_crc32"] == f"{simulation.recorder.setpoint_crc32:08x}"
    assert figures["ticks"] == len(sums)
    assert tab.locator("[data-figure=setpoint_crc32]").text_content() == figures["setpoint_crc32"]
    assert "instep sim demo --person large --seed 5" in tab.locator("#figures").text_content()
    until(tab, "instep.session.isPaused")
    assert "THAT WAS IT" in tab.evaluate("instep.session.screen")
    assert "START: start page" in tab.evaluate("instep.session.screen")


def test_it_is_ten_times_as_fast_as_the_clock(open_page, record_property):
    tab = open_page()
    ready(tab)
    begin(tab, "quick", is_answered=True)
    speed(tab, FAST)
    until(tab, "instep.session.tick > 1000")
    tab.evaluate(
        "window.frames = 0; requestAnimationFrame(function count() { frames++; requestAnimationFrame(count); })"
    )
    start_s, start = time.monotonic(), tab.evaluate("instep.session.tick")
    until(tab, f"instep.session.tick > {start} + 4000")
    passed_s = time.monotonic() - start_s
    ticks, frames = tab.evaluate("[instep.session.tick, frames]")
    assert ticks > start
    times = (ticks - start) / 100 / passed_s
    record_property(
        FIGURE, f"the page in Chromium: {times:.1f} times real time, {frames / passed_s:.0f} pictures a second"
    )


# State: how a session gets there, and where STOP leads from it.
STOPS = {
    "screening": "idle",
    "self-test": "retract",
    "fit": "retract",
    "warm": "retract",
    "run": "retract",
    "paused": "retract",
    "closing": "retract",
    "retract": "done",
    "done": "idle",
}


@pytest.mark.parametrize("state", STOPS)
def test_stop_leads_out_of_every_state(open_page, state):
    tab = open_page()
    ready(tab)
    begin(tab, "demo", is_answered=state not in ("screening",))
    speed(tab, 5 if state in ("self-test", "retract") else FAST)
    if state == "screening":
        press(tab, "start")
    if state == "paused":
        reach(tab, "run")
        press(tab, "start")
    if state == "retract":
        reach(tab, "fit")
        press(tab, "stop")
    reach(tab, state)
    press(tab, "stop")
    tab.evaluate("instep.session.pause(false)")
    passed = STOPS[state]
    tab.evaluate(SEEN.replace("STATE", passed))
    until(tab, "window.seen === true")


def reach(tab, state):
    """Wait until the session is in a state; time runs slowly from there, so that a busy computer does not miss it."""
    tab.evaluate(WAIT.replace("STATE", state))
    until(tab, "window.reached === true")


WAIT = """(() => { window.reached = false; const s = instep.session, at = s.facts.states.indexOf('STATE');
  s.addEventListener('now', () => {
    if (!window.reached && s.row[1] === at) { window.reached = true; s.setSpeed(1); } }); })()"""
SEEN = """(() => { window.seen = false; const s = instep.session;
  const look = () => (window.seen ||= s.events.some(([, kind, , text]) => kind === 'state' && text === 'STATE'));
  s.addEventListener('news', look); look(); })()"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 360])
def test_nothing_stands_in_the_way_of_anybody(open_page, scheme, width):
    tab = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    ready(tab)
    begin(tab, "demo", is_answered=True)
    until(tab, "instep.session.events.length > 0")
    tab.locator("[data-mishap=foot_out]").click()
    tab.get_by_text("Other feet").click()
    until(tab, "document.querySelector('[data-outcome]') !== null")
    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_alone_gives_a_session(open_page):
    tab = open_page()
    ready(tab)
    begin(tab, "demo")
    tab.keyboard.press("s", delay=100)
    until_state(tab, "screening")
    tab.keyboard.press("x", delay=100)
    until_state(tab, "idle")
    for _ in range(60):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.dataset.button") == "start":
            break
    assert tab.evaluate("document.activeElement.dataset.button") == "start"
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.keyboard.press("Enter", delay=100)
    until_state(tab, "screening")


def test_a_button_is_held_as_long_as_hand_or_key_is_down(open_page):
    tab = open_page()
    ready(tab)
    masks = tab.evaluate("instep.session.facts.buttons")
    held = "instep.session.held"
    place = tab.locator("[data-button=heat]").bounding_box()
    tab.mouse.move(place["x"] + 5, place["y"] + 5)
    tab.mouse.down()
    until(tab, f"{held} === {masks['heat']}")
    tab.mouse.move(10, 10)
    assert tab.evaluate(held) == masks["heat"]
    tab.mouse.up()
    until(tab, f"{held} === 0")
    for key, name in (("p", "program"), ("+", "plus")):
        tab.keyboard.down(key)
        assert tab.evaluate(held) == masks[name]
        tab.keyboard.up(key)
        assert tab.evaluate(held) == 0
    tab.locator("[data-button=program]").focus()
    tab.keyboard.down("Space")
    assert tab.evaluate(held) == masks["program"]
    tab.keyboard.up("Space")
    assert tab.evaluate(held) == 0
    tab.keyboard.down("h")
    tab.evaluate("dispatchEvent(new Event('blur'))")
    assert tab.evaluate(held) == 0


def test_it_works_without_a_network_once_it_has_been_loaded(page, chromium, tmp_path):
    context = chromium.new_context()
    with browser.served(page) as address:
        tab = context.new_page()
        tab.goto(address)
        ready(tab)
        until(tab, "Boolean(navigator.serviceWorker?.controller)")
        until(tab, "window.kept ?? (caches.keys().then((names) => (window.kept = names.length === 1)), false)")
    # The server is gone now.
    tab.reload()
    ready(tab)
    until(tab, "instep.session.tick > 10")
    context.close()


def test_the_emergency_stop_stops_everything_until_it_is_turned(open_page):
    tab = open_page()
    ready(tab)
    begin(tab, "demo", is_answered=True)
    speed(tab, FAST)
    until_state(tab, "run")
    tab.get_by_role("button", name="Emergency stop").click()
    until_state(tab, "fault")
    assert "emergency stop" in tab.locator("#device [data-testid=screen]").text_content().lower()
    assert tab.evaluate("instep.session.row[3]") == 0
    tab.get_by_role("button", name="Turn to release").click()


def test_a_foot_that_leaves_pauses_the_session(open_page):
    tab = open_page()
    ready(tab)
    begin(tab, "demo", is_answered=True)
    speed(tab, FAST)
    until_state(tab, "run")
    tab.get_by_label("Right foot in").uncheck()
    until_state(tab, "paused")
    assert tab.locator(".foot.out").count() == 1


def test_time_stands_still_goes_by_ticks_and_begins_again(open_page):
    tab = open_page()
    ready(tab)
    tab.get_by_role("button", name="Pause", exact=True).click()
    until(tab, "instep.session.isPaused")
    tab.wait_for_timeout(300)
    before = tab.evaluate("instep.session.tick")
    tab.get_by_role("button", name="One tick").click()
    until(tab, f"instep.session.tick !== {before}")
    assert tab.evaluate("instep.session.tick") == before + 1
    tab.get_by_role("button", name="Begin again").click()
    until(tab, f"instep.session.isReady && instep.session.tick < {before}")


def test_next_technique_is_where_time_goes_on(open_page):
    tab = open_page()
    ready(tab)
    begin(tab, "demo", is_answered=True)
    tab.get_by_role("button", name="Next technique", exact=True).click()
    until(tab, "!instep.session.isSeeking && instep.session.events.some(([, kind]) => kind === 'technique')")
    assert not tab.evaluate("instep.session.isPaused")


def test_a_second_tab_is_a_second_machine(open_page):
    first, second = open_page(), open_page()
    ready(first)
    ready(second)
    press(first, "start")
    until_state(first, "screening")
    assert second.evaluate("document.querySelector('.now').dataset.state") == "idle"
