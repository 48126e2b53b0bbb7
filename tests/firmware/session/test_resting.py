"""Idle, done, refused, fault and off: what the buttons do there, and the way out."""

import pytest

from instep import user_events
from instep.axes import HOME, TOE_GRIP
from instep.guard import faults
from instep.session import outcome
from tests.firmware.sessions import Bench

AT_HOME = list(HOME * 2)


def _at(state, program="demo"):
    bench = Bench(program)
    bench.session.selection.choices.heat = 1
    return bench.go_to(state)


def test_a_refusal_is_a_result_with_a_way_back_to_the_menu():
    bench = _at("refused")
    assert bench.session.status.result == outcome.RESULT_REFUSED
    assert bench.press(user_events.START) == "idle"


def test_a_fault_stays_until_its_cause_is_gone_and_start_is_pressed():
    bench = _at("run")
    bench.hal.emergency_stop.is_on = True
    bench.ticks(2_000)
    assert bench.press(user_events.START) == "fault"
    bench.hal.emergency_stop.is_on = False
    assert bench.ticks(100) == "fault"
    for button in (user_events.STOP, user_events.PROGRAM, user_events.PLUS, user_events.HEAT):
        assert bench.press(button) == "fault"
    assert bench.press(user_events.START) == "idle"


def test_a_fault_is_not_left_while_a_toe_is_still_held():
    bench = Bench("toes").go_to("run")
    while bench.scheduler.setpoints[TOE_GRIP] < 1_000:
        bench.ticks()
    bench.guard.trip(faults.FAULT_FORCE_HIGH)
    bench.ticks(5)
    assert bench.press(user_events.START) == "fault"
    bench.ticks(2_000)
    assert bench.press(user_events.START) == "idle"
    assert list(bench.scheduler.setpoints) == AT_HOME


@pytest.mark.parametrize("state", ["idle", "done", "refused"])
def test_power_switches_a_resting_machine_off_and_start_wakes_it(state):
    bench = _at(state)
    assert bench.press(user_events.POWER) == "off"
    for button in (user_events.STOP, user_events.PROGRAM, user_events.PLUS, user_events.MINUS, user_events.HEAT):
        assert bench.press(button) == "off"
    assert bench.press(user_events.START) == "idle"
    assert bench.ticks(10) == "idle"


def test_a_fault_is_not_switched_off_but_acknowledged():
    bench = _at("fault")
    bench.ticks(1_000)
    assert bench.press(user_events.STOP, user_events.POWER) == "fault"
    assert bench.press(user_events.START) == "idle"
    assert bench.ticks(10) == "idle"


def test_a_fault_on_the_way_to_off_stays_to_be_seen():
    bench = _at("run")
    bench.press(user_events.STOP, user_events.POWER)
    bench.guard.trip(faults.FAULT_FORCE_HIGH)
    assert bench.until("fault") == "fault"
    bench.ticks(2_000)
    assert bench.press(user_events.START) == "idle"
    assert bench.ticks(10) == "idle"


def test_program_in_the_menu_chooses_the_next_with_its_minutes_and_heat():
    bench = Bench("classic", "evening")
    titles = []
    for _ in range(4):
        titles.append(
            (
                bench.session.selection.title,
                bench.session.selection.choices.minutes,
                bench.session.selection.choices.heat,
            )
        )
        bench.press(user_events.PROGRAM)
    assert titles == [(b"classic", 15, 1), (b"gentle", 10, 0), (b"evening", 20, 2), (b"classic", 15, 1)]
