"""Self-test, measuring and warming: what each waits for, and when it gives up."""

import pytest

from instep import user_events
from instep.axes import SOLE_STROKE
from instep.guard import faults, selftest
from instep.people import WAITS_WARM
from instep.session import outcome
from tests.firmware.sessions import Bench

MINUTE = 6_000


def _at(state, program="demo"):
    bench = Bench(program)
    bench.session.selection.choices.heat = 1
    return bench.go_to(state)


def test_the_session_waits_a_minute_for_feet_then_stops():
    bench = Bench().go_to("self-test")
    bench.hal.foot_switches[0].is_on = False
    bench.ticks(10)
    bench.selftest.state = selftest.PASSED
    assert bench.ticks(MINUTE - 20) == "self-test"
    bench.until("done", maximum=50)
    assert bench.session.status.stop_reason == outcome.STOPPED_NO_FEET
    assert bench.session.status.result == outcome.RESULT_STOPPED


def test_feet_that_come_in_time_are_measured():
    bench = Bench().go_to("self-test")
    bench.hal.foot_switches[1].is_on = False
    bench.ticks(10)
    bench.selftest.state = selftest.PASSED
    bench.ticks(1_000)
    bench.fitting.is_over = False
    bench.hal.foot_switches[1].is_on = True
    assert bench.ticks(2) == "fit"


@pytest.mark.parametrize("fault", [faults.FAULT_RELAY_WELDED, faults.FAULT_HOMING_LATE])
def test_a_failed_self_test_is_a_fault(fault):
    bench = _at("self-test")
    bench.selftest.state, bench.selftest.fault = selftest.FAILED, fault
    assert bench.ticks(2) == "fault"
    assert bench.guard.fault == fault


@pytest.mark.parametrize("fault", [faults.FAULT_FOOT_TOO_LONG, faults.FAULT_FOOT_NOT_FOUND])
def test_a_foot_that_cannot_be_measured_is_a_fault(fault):
    bench = _at("fit")
    bench.fitting.is_over, bench.fitting.fault = True, fault
    assert bench.ticks(2) == "fault"
    assert bench.guard.fault == fault


def test_a_foot_that_leaves_while_it_is_measured_is_waited_for_and_measured_again():
    bench = _at("fit")
    bench.hal.foot_switches[0].is_on = False
    assert bench.ticks(10) == "self-test"
    assert bench.guard.fault == faults.NO_FAULT
    bench.hal.foot_switches[0].is_on = True
    bench.selftest.state = selftest.PASSED
    assert bench.ticks(2) == "fit"


def test_a_foot_is_not_measured_again_before_every_setpoint_is_at_home():
    bench = _at("fit")
    bench.scheduler.setpoints[SOLE_STROKE] = 5_000
    bench.hal.foot_switches[0].is_on = False
    assert bench.ticks(10) == "self-test"
    bench.hal.foot_switches[0].is_on = True
    bench.selftest.state = selftest.PASSED
    assert bench.ticks(2) == "self-test"
    bench.ticks(100)
    assert bench.state == "fit" and bench.scheduler.is_home()


def test_strokes_begin_after_the_lotion_while_the_wells_warm_up():
    bench = Bench("classic")
    bench.heaters[1].skin_centi_c = 1_000
    bench.go_to("warm")
    assert bench.ticks(300) == "warm"
    assert bench.press(user_events.START) == "run"
    assert bench.session.demands.heat_centi_c == 3_700
    assert bench.ticks(2) == "run" and bench.session.demands.heat_centi_c == 3_700


def test_a_person_who_waits_until_it_is_warm_gets_the_strokes_then():
    bench = Bench("classic").go_to("warm")
    bench.session.selection.people.put(WAITS_WARM, 1)
    bench.heaters[1].skin_centi_c = 3_500
    assert bench.ticks(100) == "warm"
    assert bench.press(user_events.START) == "warm"
    assert bench.session.status.is_lotion_on
    assert bench.session.demands.heat_centi_c == 3_700
    assert bench.ticks(100) == "warm"
    bench.heaters[1].skin_centi_c = 3_600
    assert bench.ticks(1) == "run"


def test_a_foot_that_is_not_in_use_is_not_waited_for():
    bench = Bench("classic")
    bench.session.selection.people.put(WAITS_WARM, 1)
    bench.session.selection.choices.feet = 0
    bench.hal.foot_switches[1].is_on = False
    bench.heaters[1].skin_centi_c = 1_000
    bench.go_to("run")
    assert bench.session.status.clock.ticks < 200  # the time to compute the ending
    assert bench.ticks(100) == "run"


def test_start_with_a_foot_out_does_not_begin_the_strokes():
    bench = Bench("classic").go_to("warm")
    bench.hal.foot_switches[0].is_on = False
    bench.ticks(10)
    bench.press(user_events.START)
    bench.hal.foot_switches[0].is_on = True
    assert bench.ticks(300) == "warm"
    assert bench.press(user_events.START) == "run"


def test_feet_that_stay_out_after_the_lotion_end_the_session():
    bench = Bench("classic").go_to("warm")
    bench.hal.foot_switches[0].is_on = False
    bench.ticks(5 * MINUTE + 10)
    assert (bench.state, bench.session.status.stop_reason) == ("done", outcome.STOPPED_FEET_OUT)


def test_feet_that_stay_in_are_not_measured_again():
    bench = Bench("demo").go_to("done")
    bench.press(user_events.START)
    measured: list[int] = []
    bench.fitting.begin = measured.append
    bench.go_to("warm")
    assert not measured
    bench.press(user_events.STOP)
    bench.until("done")
    bench.press(user_events.START)
    bench.hal.foot_switches[1].is_on = False
    bench.ticks(10)
    bench.hal.foot_switches[1].is_on = True
    bench.ticks(10)
    bench.go_to("warm")
    assert measured == [3]


@pytest.mark.parametrize("reason", ["feet changed", "a fault"])
def test_feet_are_measured_again_after(reason):
    bench = Bench("demo").go_to("done")
    if reason == "a fault":
        bench.guard.trip(faults.FAULT_SUPPLY_LOW)
        bench.ticks(2)
        assert bench.guard.acknowledge()
        bench.session.status.state = 0
    else:
        bench.session.selection.choices.feet = 0
        bench.press(user_events.START)
        bench.session.selection.choices.feet = 2
    bench.ticks(2)
    assert bench.session.status.fitted_mask == 0


def test_a_well_that_does_not_get_warm_is_not_waited_for_without_end():
    bench = Bench("classic").go_to("warm")
    bench.session.selection.people.put(WAITS_WARM, 1)
    bench.heaters[0].skin_centi_c = 3_000
    bench.press(user_events.START)
    assert bench.ticks(5 * MINUTE - 10) == "warm"
    assert bench.ticks(20) == "run"


def test_a_person_who_does_not_answer_ends_the_session():
    bench = _at("warm")
    bench.ticks(5 * MINUTE + 10)
    assert bench.state == "done"
    assert bench.session.status.stop_reason == outcome.STOPPED_NO_ANSWER


def test_a_program_without_strokes_for_the_feet_stops(monkeypatch):
    bench = Bench().go_to("fit")
    monkeypatch.setattr(bench.scheduler, "load", lambda *_: False)
    bench.fitting.is_over = True
    bench.until("done", maximum=50)
    assert bench.session.status.stop_reason == outcome.STOPPED_NOTHING
