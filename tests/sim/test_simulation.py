"""A simulated session from outside: choices in, view, recording, events and summary out."""

import zlib

import numpy as np
import pytest

from instep import user_events
from instep.axes import AXES, AXES_PER_FOOT, ROLLERS, SOLE_STROKE, TOE_REACH, TOP_PRESS
from instep.session import states
from sim.plant.machine import CONTACT_N, MOTOR
from sim.plant.motor import POSITION_M
from sim.plant.motor import STATES as MOTOR_STATES
from tests.scenarios.machine import finish, into_stroke, press, simulate, until

AFTER_FAULT_TICKS = 500


def test_a_new_session_waits_in_the_menu_without_a_result():
    simulation = simulate()
    assert (simulation.ticks, simulation.is_over, simulation.result) == (0, False, "")


def test_the_choices_reach_the_firmware():
    simulation = simulate(minutes=30, intensity=5, pace=1, feet="right", heat="medium")
    choices = simulation.app.session.selection.choices
    assert (choices.minutes, choices.intensity, choices.pace, choices.feet_mask()) == (30, 5, 1, 0b10)
    assert choices.heat_centi_c() == 3_900


def test_levels_that_are_not_chosen_are_the_program_s():
    choices = simulate("evening").app.session.selection.choices
    assert (choices.minutes, choices.heat_centi_c()) == (20, 3_900)


@pytest.mark.parametrize("name", user_events.NAMES)
def test_a_button_is_down_until_it_is_released(name):
    simulation = simulate()
    simulation.press("heat" if name != "heat" else "plus")
    before = simulation.hal.buttons.held
    simulation.press(name)
    assert simulation.hal.buttons.held == before | 1 << user_events.NAMES.index(name)
    simulation.release(name)
    assert simulation.hal.buttons.held == before


def test_a_button_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="not in tuple"):
        simulate().press("reset")


def test_it_advances_by_the_given_ticks_and_by_none_after_the_end(demo):
    simulation = simulate()
    simulation.advance(123)
    assert simulation.ticks == 123
    assert demo.recorder.events[-1].tick == demo.ticks


def test_a_fault_is_watched_for_five_seconds_more():
    simulation = until(simulate(), "screening")
    simulation.hal.emergency_stop.is_on = True
    begun = simulation.ticks
    finish(simulation)
    assert simulation.ticks == begun + AFTER_FAULT_TICKS
    assert simulation.result == "fault"


def test_stop_during_the_questions_ends_it_as_stopped():
    simulation = until(simulate(), "screening")
    press(simulation, "stop")
    assert (simulation.is_over, simulation.result) == (True, "stopped")


def test_a_sample_is_kept_every_so_many_ticks(demo):
    assert demo.recorder.sample_ticks == list(range(1, demo.ticks + 1))
    fifth = simulate(every=5)
    fifth.advance(52)
    assert fifth.recorder.sample_ticks == list(range(5, 55, 5))[:10]
    without = simulate(every=None)
    without.advance(52)
    assert without.recorder.samples == []


def test_the_checksum_is_that_of_all_setpoints(demo, seen):
    assert seen.setpoint.dtype == np.int32
    assert zlib.crc32(seen.setpoint.tobytes()) == demo.recorder.setpoint_crc32


def test_the_recording_holds_the_plant_s_truth(demo, seen):
    count = demo.ticks
    assert seen.setpoint.shape == seen.measured.shape == (count, AXES)
    assert seen.force_mn.shape == seen.current_ma.shape == seen.duty_permille.shape == (count, ROLLERS)
    assert seen.skin_c.shape == seen.foot_c.shape == seen.heat_permille.shape == seen.technique.shape == (count, 2)
    state = demo.plant.state
    for roller in range(ROLLERS):
        axis = roller // 2 * AXES_PER_FOOT + roller % 2
        place_um = state[MOTOR + roller * MOTOR_STATES + POSITION_M] * 1e6
        assert seen.measured[-1, axis] == round(place_um)
        assert (seen.measured[:, axis + TOP_PRESS] == seen.force_mn[:, roller]).all()
        assert seen.force_mn[-1, roller] == round(state[CONTACT_N + roller] * 1000)
    assert seen.force_mn.max() > 5_000


def test_measured_values_follow_the_setpoints(seen):
    running = seen.state == states.RUN
    for axis in range(AXES):
        if axis % AXES_PER_FOOT not in (TOP_PRESS, TOP_PRESS + 1):
            span = max(1, int(np.ptp(seen.setpoint[running, axis])))
            error = np.abs(seen.setpoint[running, axis] - seen.measured[running, axis])
            assert np.median(error) <= span * 0.05, axis
            assert np.ptp(seen.measured[running, axis]) >= span * 0.8 or span == 1, axis


def test_the_toes_reach_clear_is_not_mistaken_for_the_base(seen):
    assert seen.measured[seen.state == states.RUN, TOE_REACH].max() > 55_000


def test_every_state_is_recorded_in_order(seen):
    found = [event.text for event in seen.events if event.kind == "state"]
    assert found == ["idle", "screening", "self-test", "fit", "warm", "run", "closing", "retract", "done"]
    changes = seen.tick[1:][np.diff(seen.state) != 0]
    assert [event.tick for event in seen.events if event.kind == "state"][1:] == list(changes)


def test_every_press_of_the_person_is_recorded(seen):
    found = [event.text for event in seen.events if event.kind == "button"]
    assert found == ["start", "plus", *["minus"] * 5, "start"]


def test_techniques_begin_and_end_with_their_strokes(demo, seen):
    runs = demo.recorder.techniques
    assert [(run.technique, run.foot, run.strokes) for run in runs] == [
        ("path", "left", 1),
        ("path", "right", 1),
        ("smooth", "left", 1),
        ("smooth", "right", 1),
    ]
    for kind, place in (("technique", "start_tick"), ("technique_end", "end_tick")):
        found = [(event.text, event.foot, event.tick) for event in seen.events if event.kind == kind]
        assert found == [(run.technique, run.foot, getattr(run, place)) for run in runs]
    strokes = [event for event in seen.events if event.kind == "stroke"]
    assert [(event.foot, event.text) for event in strokes] == [("left", "1"), ("right", "1")] * 2


def test_a_fault_is_recorded():
    simulation = until(simulate(), "screening")
    simulation.hal.emergency_stop.is_on = True
    finish(simulation)
    assert [event.text for event in simulation.recorder.events if event.kind == "fault"] == ["emergency_stop"]


def test_a_technique_that_is_stopped_has_an_end():
    simulation = into_stroke(simulate("quick", heat="off"), SOLE_STROKE)
    press(simulation, "stop")
    finish(simulation)
    last = simulation.recorder.techniques[-1]
    assert (last.technique, last.foot) == ("sole", "left")
    assert last.start_tick < last.end_tick <= simulation.ticks
