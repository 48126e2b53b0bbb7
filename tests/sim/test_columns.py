"""The columns of a recording: each compared with the plant and the firmware at the same ticks."""

import numpy as np
import pytest

from instep.axes import AXES_PER_FOOT, FEET, ROLLERS, SOLE_PRESS, SOLE_STROKE, TOE_SELECT, TOP_PRESS, TOP_STROKE
from instep.session import states
from sim.columns import recording_of
from sim.plant import heat, motor
from sim.plant.layout import CONTACT_N, MOTOR, WELL
from tests.scenarios.machine import into_stroke, simulate

TICKS = 40


@pytest.fixture(scope="module")
def stroke():
    """Return a recording of the middle of a stroke, and what plant and firmware had in each of its ticks."""
    simulation = into_stroke(simulate("quick", every=1, heat="low"), SOLE_STROKE, 60_000)
    truth = []
    for _ in range(TICKS):
        simulation.advance(1)
        plant = simulation.plant
        truth.append(
            {
                "tick": simulation.ticks,
                "setpoints": list(simulation.app.scheduler.setpoints),
                "state": plant.state.copy(),
                "force_mn": list(plant.readings.force_mn),
                "duty": list(plant.commands.duty),
                "heat": list(plant.commands.heat),
            }
        )
    return recording_of(simulation, {"result": ""}), truth


def column(truth, key):
    return np.array([tick[key] for tick in truth])


def test_ticks_states_and_commands_are_those_of_the_firmware(stroke):
    recording, truth = stroke
    assert recording.tick[-TICKS:].tolist() == [tick["tick"] for tick in truth]
    assert recording.setpoint[-TICKS:].tolist() == [tick["setpoints"] for tick in truth]
    assert recording.duty_permille[-TICKS:].tolist() == [tick["duty"] for tick in truth]
    assert recording.heat_permille[-TICKS:].tolist() == [tick["heat"] for tick in truth]
    assert {recording.state_names[state] for state in recording.state[-TICKS:]} == {states.NAMES[states.RUN]}
    left, right = recording.technique[-1]
    assert recording.technique_names[left] == "sole" and right == -1


def test_measured_strokes_and_presses_are_the_plant_s_truth_in_the_axes_units(stroke):
    recording, truth = stroke
    state = column(truth, "state")
    for roller in range(ROLLERS):
        base = roller // 2 * AXES_PER_FOOT + roller % 2
        place_um = state[:, MOTOR + roller * motor.STATES + motor.POSITION_M] * 1e6
        force_mn = state[:, CONTACT_N + roller] * 1000
        assert recording.measured[-TICKS:, base + TOP_STROKE].tolist() == np.rint(place_um).tolist()
        assert recording.measured[-TICKS:, base + TOP_PRESS].tolist() == np.rint(force_mn).tolist()
        assert recording.force_mn[-TICKS:, roller].tolist() == np.rint(force_mn).tolist()
    assert recording.measured[-1, SOLE_PRESS] > 10_000 and recording.measured[-1, SOLE_STROKE] > 60_000


def test_measured_servo_axes_are_in_the_units_of_their_setpoints(stroke):
    recording, _ = stroke
    for foot in range(FEET):
        servos = slice(foot * AXES_PER_FOOT + TOE_SELECT, (foot + 1) * AXES_PER_FOOT)
        # At rest between two moves a servo is within its dead band of the setpoint.
        away = np.abs(recording.measured[-1, servos] - recording.setpoint[-1, servos])
        assert (away <= np.maximum(100, np.abs(recording.setpoint[-1, servos]) // 20)).all()


def test_temperatures_are_the_plant_s_truth_and_readings_are_what_its_sensors_give(stroke):
    recording, truth = stroke
    wells = column(truth, "state")[:, WELL : WELL + FEET * heat.STATE_SIZE].reshape(TICKS, FEET, -1)
    for name, node in (("element_c", heat.ELEMENT_C), ("skin_c", heat.PAD_C), ("foot_c", heat.SKIN_C)):
        assert getattr(recording, name)[-TICKS:].tolist() == wells[:, :, node].astype(np.float32).tolist(), name
    assert recording.said_mn[-TICKS:].tolist() == [tick["force_mn"] for tick in truth]
    assert np.abs(recording.said_skin_c - recording.skin_c)[-TICKS:].max() < 0.3
    assert np.abs(recording.said_element_c - recording.element_c)[-TICKS:].max() < 0.3
    assert (recording.element_c[-1] > recording.skin_c[-1] + 0.5).all()  # so that the two cannot be mixed up


def test_levels_and_lengths_are_those_of_the_session(stroke):
    recording, _ = stroke
    assert recording.target_c == 37.0 and recording.ticks_per_sample == 1
    assert recording.length_mm == pytest.approx((262, 262), abs=3)
    assert recording.summary == {"result": ""} and recording.told is None
