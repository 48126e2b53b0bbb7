"""The simulated machine as the live view sees and operates it."""

import pytest

from instep import user_events
from instep.axes import SOLE_STROKE
from sim.view_source import SimulatedSource
from tests.scenarios.machine import into_stroke, simulate, until


def test_a_new_session_is_idle_and_without_technique_or_length():
    simulation = simulate()
    view = SimulatedSource(simulation).view()
    assert (view.state, view.program, view.result, view.reason) == ("idle", "classic", None, "")
    assert (view.intensity, view.pace, view.heat, view.target_c) == (3, 2, "low", 37.0)
    assert all(foot.technique is None and foot.length_mm is None for foot in view.feet)


def test_a_view_shows_the_stroke_the_forces_and_the_place():
    simulation = into_stroke(simulate("quick", heat="off"), SOLE_STROKE, 130_000)
    view = SimulatedSource(simulation).view()
    left, right = view.feet
    assert (view.state, left.technique, right.technique) == ("run", "sole", None)
    assert 1 <= left.stroke <= left.strokes and (right.stroke, right.strokes) == (0, 0)
    assert left.sole_permille == pytest.approx(500, abs=15)
    assert left.sole_n == pytest.approx(left.sole_target_n, abs=2) and left.sole_target_n > 20
    assert left.length_mm == pytest.approx(262, abs=2)
    assert (left.top_n, right.sole_n) == (0, 0)
    assert view.left_s == simulation.app.session.status.clock.seconds_left() > 0
    assert view.display[0].strip() == "SOLE"
    assert 11 < view.supply_v <= 12


def test_a_program_that_is_given_once_has_no_time_left():
    assert SimulatedSource(simulate("demo")).view().left_s == 0


def test_the_last_screen_of_a_session_is_drawn_whole():
    simulation = simulate("demo")
    source = SimulatedSource(simulation)
    while not source.is_over:
        source.advance(100)
    rows = [row.strip() for row in source.view().display]
    assert rows == ["THAT WAS IT", "Take your feet out", "and rest a little.", "", "", "", "", "START: start page"]


def test_a_button_that_is_pressed_in_the_view_reaches_the_machine():
    simulation = until(simulate(), "screening")
    source = SimulatedSource(simulation)
    source.press("stop")
    assert simulation.hal.buttons.held & user_events.STOP
    source.advance(10)
    source.release("stop")
    assert not simulation.hal.buttons.held & user_events.STOP
    assert (source.is_over, source.view().result) == (True, "stopped")
