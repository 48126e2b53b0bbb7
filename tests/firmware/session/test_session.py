"""The session: what each state waits for, what it asks of the drives, and how it ends."""

import pytest

from instep import user_events
from instep.axes import HOME, SOLE_PRESS, SOLE_STROKE, TOE_GRIP, TOP_STROKE
from instep.guard import faults, selftest
from instep.levels import PACE_DEFAULT
from instep.session import outcome, states
from instep.session.demands import DRIVE_FOLLOW, DRIVE_HOME, DRIVE_LIFT, DRIVE_PROBE
from instep.stroke import scheduler as patterns
from tests.firmware.playing import compiled
from tests.firmware.sessions import Bench
from tests.firmware.stroke.test_verify import resealed

AT_HOME = list(HOME * 2)
STILL = ("idle", "screening", "refused", "done")
MOVING = ("self-test", "fit", "warm", "run", "paused", "closing", "retract")
MINUTE = 6_000


def _at(state, program="demo"):
    bench = Bench(program)
    bench.session.selection.choices.heat = 1
    return bench.go_to(state)


def _pause_in_stroke(bench):
    """Pause while a roller is under way."""
    while not bench.scheduler.setpoints[TOP_STROKE]:
        bench.ticks()
    bench.ticks(50)
    bench.press(user_events.START)
    assert bench.state == "paused"


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
    script = iter([user_events.START, user_events.PLUS, *[user_events.MINUS] * 3])
    for _ in range(10_000):
        bench.ticks(1, user_events.START if bench.state == "warm" else next(script, 0))
        if bench.state != seen[-1]:
            seen.append(bench.state)
        if bench.state == "done":
            break
    assert seen == ["idle", "screening", "self-test", "fit", "warm", "run", "closing", "retract", "done"]
    assert bench.session.status.result == outcome.RESULT_DONE
    assert list(bench.scheduler.setpoints) == AT_HOME


def test_a_refusal_is_a_result_with_a_way_back_to_the_menu():
    bench = _at("refused")
    assert bench.session.status.result == outcome.RESULT_REFUSED
    assert bench.press(user_events.START) == "idle"


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


def test_a_foot_that_leaves_while_it_is_measured_is_a_fault():
    bench = _at("fit")
    bench.hal.foot_switches[0].is_on = False
    bench.ticks(10)
    assert (bench.state, bench.guard.fault) == ("fault", faults.FAULT_FOOT_NOT_FOUND)


def test_strokes_wait_for_the_lotion_and_the_warmth():
    bench = Bench("classic").go_to("warm")
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
    bench.session.selection.choices.feet = 0
    bench.hal.foot_switches[1].is_on = False
    bench.heaters[1].skin_centi_c = 1_000
    bench.go_to("run")
    assert bench.session.status.clock.ticks < 200  # what reckoning the ending takes
    assert bench.ticks(100) == "run"


def test_a_well_that_does_not_get_warm_is_not_waited_for_without_end():
    bench = Bench("classic").go_to("warm")
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


def test_power_in_a_session_lets_the_feet_go_before_it_switches_off():
    bench = _at("run")
    assert bench.press(user_events.STOP, user_events.POWER) == "retract"
    assert bench.until("off") == "off"
    assert list(bench.scheduler.setpoints) == AT_HOME
    assert (bench.session.demands.wants_relay, bench.session.demands.wants_servos) == (False, False)


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


@pytest.mark.parametrize(("again", "level"), [(user_events.PLUS_AGAIN, 5), (user_events.MINUS_AGAIN, 1)])
def test_held_intensity_goes_to_its_end_and_answers_no_question(again, level):
    bench = _at("screening")
    question = bench.session.status.screening.question
    bench.press(again)
    assert bench.session.status.screening.question == question
    bench = _at("run")
    bench.press(*[again] * 6)
    assert bench.session.selection.choices.intensity == level


def test_start_pauses_and_start_goes_on():
    bench = _at("run")
    _pause_in_stroke(bench)
    assert bench.ticks(300) == "paused"
    assert bench.scheduler.state == patterns.PAUSED
    assert bench.press(user_events.START) == "run"


def test_a_pause_lifts_the_rollers_until_the_foot_is_let_go_and_keeps_their_place():
    bench = _at("run")
    _pause_in_stroke(bench)
    while bench.scheduler.is_letting_go():
        assert bench.session.demands.drive_mode == DRIVE_LIFT
        bench.ticks()
    bench.ticks(2)
    assert bench.session.demands.drive_mode == DRIVE_FOLLOW
    place = bench.scheduler.setpoints[TOP_STROKE]
    assert place > 0
    bench.ticks(1_000)
    assert bench.scheduler.setpoints[TOP_STROKE] == place


def test_a_pause_does_not_use_up_the_chosen_time():
    bench = _at("run")
    _pause_in_stroke(bench)
    left_s, ticks = bench.session.status.clock.seconds_left(), bench.session.status.clock.ticks
    bench.ticks(1_000)
    assert (bench.session.status.clock.seconds_left(), bench.session.status.clock.ticks) == (left_s, ticks + 1_000)


def test_a_foot_lifted_out_pauses_within_100_ms_and_must_be_back_to_go_on():
    bench = _at("run")
    bench.ticks(100)
    bench.hal.foot_switches[1].is_on = False
    bench.ticks(10)
    assert (bench.state, bench.session.demands.drive_mode) == ("paused", DRIVE_LIFT)
    bench.ticks(300)
    assert bench.press(user_events.START) == "paused"
    bench.hal.foot_switches[1].is_on = True
    assert bench.ticks(100) == "paused"
    assert bench.press(user_events.START) == "run"


def test_a_switch_that_bounces_does_not_pause():
    bench = _at("run")
    for _ in range(20):
        bench.hal.foot_switches[0].is_on = False
        bench.ticks(4)
        bench.hal.foot_switches[0].is_on = True
        assert bench.ticks(1) == "run"


def test_a_pause_that_lasts_until_the_time_is_up_ends_the_session():
    bench = _at("run")
    _pause_in_stroke(bench)
    bench.session.status.clock.ticks = 30 * MINUTE - 3_000
    bench.until("done", maximum=3_000)
    assert bench.session.status.stop_reason == outcome.STOPPED_PAUSED_LONG


def test_a_session_that_is_resumed_at_the_last_moment_still_ends_within_thirty_minutes():
    bench = Bench("classic").go_to("run")
    _pause_in_stroke(bench)
    bench.ticks(300)
    while not bench.session.status.clock.is_limit_near():
        bench.session.status.clock.ticks += 100
    bench.session.status.clock.ticks -= 101
    assert bench.press(user_events.START) == "run"
    bench.until("done")
    assert bench.session.status.clock.ticks <= 30 * MINUTE


@pytest.mark.parametrize("phase", [0, 1], ids=["stroke", "closing"])
def test_a_stroke_that_another_tool_made_longer_than_a_session_is_cut_off(monkeypatch, phase):
    """The checker refuses such a program file; the board's proof knows no time."""
    program = compiled('[[phase]]\ntechnique = "sole"\n[[closing]]\ntechnique = "sole"\n')
    data = bytearray(program.data)
    for lane in range(program.enter_lane(phase), program.end_lane(phase)):
        at = program.lane_offset(lane)
        if data[at] == SOLE_STROKE:
            data[at + 4 : at + 6] = b"\1\0"
    monkeypatch.setattr("tests.firmware.sessions.image", lambda name: resealed(bytes(data)))
    bench = Bench("endless").go_to("run")
    bench.ticks(100)
    if phase:
        bench.session.status.clock.active_ticks = 30 * MINUTE
        bench.until("closing")
        bench.ticks(500)
    bench.session.status.clock.ticks = 30 * MINUTE
    assert bench.scheduler.setpoints[SOLE_PRESS] > 0
    assert bench.ticks() == "retract"
    bench.until("done", maximum=1_000)
    assert bench.session.status.stop_reason == outcome.STOPPED_OVERTIME
    assert list(bench.scheduler.setpoints) == AT_HOME


@pytest.mark.parametrize("minutes", [10, 15])
def test_the_closing_strokes_end_within_the_chosen_time(minutes):
    bench = Bench("quick")
    bench.session.selection.choices.minutes = minutes
    bench.go_to("run")
    bench.session.status.clock.active_ticks = bench.session.status.clock.ticks = (minutes - 3) * MINUTE
    bench.until("done")
    assert bench.session.status.result == outcome.RESULT_DONE
    assert (minutes - 1) * MINUTE <= bench.session.status.clock.active_ticks <= minutes * MINUTE


def test_program_goes_on_to_the_next_technique():
    bench = Bench("classic").go_to("run")
    player = bench.scheduler.players[0]
    while not player.begun:
        bench.ticks()
    assert player.strokes > 1
    bench.press(user_events.PROGRAM)
    while bench.scheduler.phase == 0:
        bench.ticks()
    assert player.given == 1


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


def test_levels_change_by_button_before_and_during_the_strokes():
    bench = Bench("classic")
    bench.press(user_events.PLUS, user_events.HEAT)
    assert (bench.session.selection.choices.intensity, bench.session.selection.choices.heat) == (4, 2)
    bench.go_to("run")
    bench.press(user_events.MINUS, user_events.MINUS, user_events.HEAT)
    bench.ticks()
    assert (bench.session.selection.choices.intensity, bench.session.demands.heat_centi_c) == (2, 4_100)
    assert bench.scheduler.levels.force_permille == bench.session.selection.choices.force_permille()


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


def _gentle(name="classic"):
    bench = Bench(name)
    bench.press(user_events.HEAT, user_events.START, user_events.PLUS, user_events.MINUS, user_events.MINUS)
    bench.press(user_events.PLUS, user_events.PLUS)
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
        user_events.START, user_events.PLUS, user_events.MINUS, user_events.MINUS, user_events.PLUS, user_events.PLUS
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
