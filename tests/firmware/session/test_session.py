"""The session: what it demands of the drives in each state, and how STOP and a fault end it."""

import pytest

from instep import user_events
from instep.axes import HOME
from instep.session import outcome, screening, states
from instep.session.demands import DRIVE_FOLLOW, DRIVE_HOME, DRIVE_LIFT, DRIVE_PROBE
from sim.answers import HEALTHY
from tests.firmware.sessions import Bench

AT_HOME = list(HOME * 2)
STILL = ("idle", "screening", "refused", "done")
MOVING = ("self-test", "fit", "warm", "run", "paused", "closing", "retract")
MINUTE = 6_000


def _at(state, program="demo"):
    bench = Bench(program)
    bench.session.selection.choices.heat = 1
    return bench.go_to(state)


@pytest.mark.parametrize("state", STILL)
def test_where_there_is_no_session_nothing_may_move_or_heat(state):
    bench = _at(state)
    for button in (0, user_events.HEAT, user_events.PROGRAM, user_events.HEAT):
        bench.ticks(10, button if state != "screening" else 0)
        session = bench.session
        assert (session.demands.drive_mode, session.demands.heat_centi_c, session.demands.wants_relay) == (
            DRIVE_LIFT,
            0,
            False,
        )
        assert list(bench.scheduler.setpoints) == AT_HOME


@pytest.mark.parametrize(
    ("state", "mode"), [("self-test", DRIVE_HOME), ("fit", DRIVE_PROBE), ("warm", DRIVE_FOLLOW), ("run", DRIVE_FOLLOW)]
)
def test_each_state_uses_the_drives_its_own_way(state, mode):
    bench = _at(state)
    bench.ticks(2)
    assert bench.session.demands.drive_mode == mode
    assert bench.session.demands.wants_relay


def test_the_relay_alone_is_tested_before_the_rollers_go_home():
    bench = _at("self-test")
    bench.selftest.is_homing = lambda: False
    bench.ticks()
    assert bench.session.demands.drive_mode == DRIVE_LIFT


def test_the_usual_session_goes_through_its_states_in_order():
    bench = Bench()
    seen = [bench.state]
    script = iter([user_events.START, *HEALTHY])
    for _ in range(10_000):
        bench.ticks(1, user_events.START if bench.state == "warm" else next(script, 0))
        if bench.state != seen[-1]:
            seen.append(bench.state)
        if bench.state == "done":
            break
    assert seen == ["idle", "screening", "self-test", "fit", "warm", "run", "closing", "retract", "done"]
    assert bench.session.status.result == outcome.RESULT_DONE
    assert list(bench.scheduler.setpoints) == AT_HOME


@pytest.mark.parametrize("state", MOVING)
def test_stop_lifts_at_once_and_ends_the_session(state):
    bench = _at(state)
    bench.press(user_events.STOP)
    assert (bench.session.demands.drive_mode, bench.session.demands.heat_centi_c) == (DRIVE_LIFT, 0)
    bench.until("done", maximum=2_000)
    if state != "retract":
        assert bench.session.status.result == outcome.RESULT_STOPPED
        assert bench.session.status.stop_reason == outcome.STOPPED_BY_BUTTON
    assert list(bench.scheduler.setpoints) == AT_HOME


def test_stop_during_the_questions_is_a_stop_too():
    bench = _at("screening")
    assert bench.press(user_events.STOP) == "idle"
    assert bench.session.status.stop_reason == outcome.STOPPED_BY_BUTTON


@pytest.mark.parametrize("state", [name for name in states.NAMES if name != "fault"])
def test_a_fault_in_any_state_lifts_opens_the_relay_and_ends_the_heat_in_the_same_tick(state):
    bench = _at(state)
    bench.hal.emergency_stop.is_on = True
    assert bench.ticks(1) == "fault"
    session = bench.session
    assert (session.demands.drive_mode, session.demands.heat_centi_c, session.demands.wants_relay) == (
        DRIVE_LIFT,
        0,
        False,
    )
    assert session.status.result == outcome.RESULT_FAULT


def test_power_in_a_session_lets_the_feet_go_before_it_switches_off():
    bench = _at("run")
    assert bench.press(user_events.STOP, user_events.POWER) == "retract"
    assert bench.until("off") == "off"
    assert list(bench.scheduler.setpoints) == AT_HOME
    assert (bench.session.demands.wants_relay, bench.session.demands.wants_servos) == (False, False)


def test_heat_and_strokes_do_not_blink_when_one_state_follows_the_other():
    bench = Bench("quick").go_to("warm")
    bench.press(user_events.START)
    modes = []
    bench.session.status.clock.active_ticks = 8 * MINUTE
    while bench.state != "retract":
        modes.append((bench.state, bench.session.demands.drive_mode, bench.session.demands.heat_centi_c))
        bench.ticks()
    assert {(mode, heat) for _, mode, heat in modes} == {(DRIVE_FOLLOW, 3_700)}
    assert {"run", "closing"} <= {state for state, _, _ in modes}


def test_questions_left_alone_for_two_minutes_are_forgotten():
    bench = Bench().go_to("screening")
    bench.press(user_events.PLUS)
    assert bench.ticks(2 * MINUTE - 2) == "screening"
    bench.press(user_events.MINUS)
    assert bench.ticks(2 * MINUTE - 1) == "screening"
    assert bench.session.status.screening.question == screening.ASK_SKIN
    assert bench.ticks() == "idle"
    assert bench.session.status.screening.question == screening.ASK_PHYSICIAN
    assert bench.press(user_events.START) == "screening"


def test_the_answers_of_a_stopped_session_are_forgotten():
    bench = Bench().go_to("screening")
    bench.press(user_events.PLUS, user_events.MINUS, user_events.STOP)
    assert bench.state == "idle"
    assert bench.session.status.screening.question == screening.ASK_PHYSICIAN
