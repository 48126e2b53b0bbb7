"""Feet that need care get the gentle program, and the next session is the person's own again."""

from instep import user_events
from instep.guard import faults
from instep.levels import PACE_DEFAULT
from sim.answers import CAREFUL
from tests.firmware.sessions import Bench


def _gentle(name="classic"):
    bench = Bench(name)
    bench.press(user_events.HEAT, user_events.START, user_events.PLUS, user_events.MINUS, user_events.MINUS)
    bench.press(user_events.MINUS, user_events.PLUS, user_events.MINUS, user_events.PLUS)
    return bench


def test_feet_that_need_care_get_the_gentle_program_without_heat():
    bench = _gentle()
    bench.until("warm")
    bench.press(user_events.START, user_events.HEAT, user_events.PLUS)
    bench.until("run")
    session = bench.session
    assert session.selection.library.chosen().name == "gentle"
    for _ in range(1_000):
        bench.ticks(1, user_events.HEAT)
        assert session.demands.heat_centi_c == 0
    assert bench.scheduler.levels.press_max_mn <= 10_000
    assert session.selection.choices.minutes <= 10


def test_without_the_gentle_program_there_is_no_session_for_feet_that_need_care(monkeypatch):
    bench = Bench()
    monkeypatch.setattr(bench.session.selection.library, "choose", lambda name: False)
    bench.press(
        user_events.START,
        *CAREFUL,
    )
    assert bench.ticks(1) == "fault"
    assert bench.guard.fault == faults.FAULT_PROGRAM_DAMAGED


def test_the_session_after_a_gentle_one_is_the_one_that_was_chosen():
    bench = _gentle()
    bench.until("warm")
    bench.press(user_events.STOP)
    bench.until("done", maximum=2_000)
    bench.press(user_events.START)
    choices = bench.session.selection.choices
    assert bench.session.selection.library.chosen().name == "classic"
    assert (choices.is_gentle, choices.pace, choices.minutes, choices.heat) == (False, PACE_DEFAULT, 15, 2)
