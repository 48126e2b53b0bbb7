"""Broken parts: each is in the plant's figures while it lasts, and the truth stays beside what is said."""

from collections.abc import Callable

import numpy as np
import pytest

from instep import user_events
from instep.axes import SERVOS
from instep.guard.faults import NO_FAULT
from instep.guard.force_monitor import ForceMonitor
from sim.campaign.plan import PROGRAMS
from sim.faults import parse
from sim.faults.effects.pins import StuckBridgePin
from sim.faults.inject import inject
from sim.plant import force_sensor, heat, motor, servo
from sim.plant.layout import CONTACT_N, DUTY, FORCE_ROW, MOTOR, RELAY, SERVO, SERVOS_ON, WELL
from sim.simulation import Simulation
from tests.scenarios.machine import finish, into_stroke, simulate, until, wait

LEFT_SOLE = 1
SOLE = str(PROGRAMS / "sole.toml")


def _during(fault: str, program: str = "quick", **choices) -> Simulation:
    return into_stroke(simulate(program, heat="off", faults=(parse(fault),), **choices))


def _forces(simulation: Simulation, ticks: int) -> tuple[np.ndarray, np.ndarray]:
    """Return true force and reading of the left sole roller, N, tick by tick."""
    rows = []
    for _ in range(ticks):
        wait(simulation, 1)
        rows.append(
            (simulation.plant.state[CONTACT_N + LEFT_SOLE], simulation.plant.readings.force_mn[LEFT_SOLE] / 1000)
        )
    true_n, said_n = np.array(rows).T
    return true_n, said_n


@pytest.fixture
def blind_guard(monkeypatch):
    """Let the guard believe every force: these sessions show the plant, and the guard would end them."""
    monkeypatch.setattr(ForceMonitor, "check", lambda monitor, force_mn: NO_FAULT)


@pytest.mark.usefixtures("blind_guard")
def test_a_frozen_force_sensor_says_one_number_while_the_force_rises():
    true_n, said_n = _forces(_during("force_sensor_frozen@run,left,sole", SOLE, feet="left"), 2_000)
    assert len(set(said_n)) == 1
    assert true_n.max() > 25
    assert len(set(true_n)) > 100


@pytest.mark.usefixtures("blind_guard")
@pytest.mark.parametrize("gain", [0.5, 2.0])
def test_a_force_sensor_of_another_gain_says_that_multiple_of_the_truth(gain):
    true_n, said_n = _forces(_during(f"force_sensor_gain@run,left,sole,value={gain}", SOLE, feet="left"), 800)
    pressed = true_n > 5
    assert pressed.sum() > 100
    assert said_n[pressed] == pytest.approx(gain * true_n[pressed], abs=0.3)


@pytest.mark.usefixtures("blind_guard")
def test_a_jammed_press_holds_its_force_after_the_session():
    simulation = _during("press_servo_jammed@run,left,sole,value=10", SOLE, feet="left")
    true_n, _ = _forces(simulation, 1_500)
    place_um = simulation.plant.state[SERVO + servo.STATES + servo.POSITION_US]
    simulation.press("stop")
    wait(simulation, 300)
    assert true_n.max() > 10
    assert simulation.plant.state[SERVO + servo.STATES + servo.POSITION_US] == pytest.approx(place_um)


def test_a_finger_of_10_n_per_mm_feels_more_than_the_inertia_of_the_rotor_gives():
    simulation = _during("finger_in_track@sole+2s,left,sole", SOLE, pace=3, feet="left")
    peaks = []
    for _ in range(1_500):
        wait(simulation, 1)
        peaks.append(simulation.plant.state[MOTOR + motor.STATES + motor.TRACK_N])
    speed_m_s = 0.03
    assert max(peaks) > speed_m_s * np.sqrt(10e3 * simulation.figures.rollers[1].mass_kg)


@pytest.mark.parametrize("fault", ["ntc_other_pull_up@0s", "ntc_other_type@0s", "ntc_common_ground@0s"])
def test_ntcs_that_were_always_wrong_do_not_jump_at_the_start(fault):
    simulation = simulate("quick", faults=(parse(fault),))
    wait(simulation, 2)
    before = np.array(simulation.plant.readings.ntc_code)
    sound = np.array(simulate("quick").plant.readings.ntc_code)
    wait(simulation, 2)
    assert np.abs(np.array(simulation.plant.readings.ntc_code) - before).max() < 20
    assert np.abs(before - sound)[: heat.NTCS].min() > 300


def test_a_leaking_switch_warms_a_well_whose_heat_is_off():
    warm, cold = (
        simulate(SOLE, heat="off", faults=faults) for faults in ((parse("heater_switch_leaks@0s,left"),), ())
    )
    for simulation in (warm, cold):
        until(simulation, "run")
        wait(simulation, 3_000)
    assert warm.plant.state[WELL + heat.PAD_C] > cold.plant.state[WELL + heat.PAD_C] + 1.0


def test_what_is_broken_for_a_while_is_sound_again_after_it():
    simulation = simulate(
        "quick", faults=(parse("force_feet_swapped@0s,for=1s"), parse("servo_chip_asleep@0s,for=1s"))
    )
    sound = simulate("quick").plant.constants
    wait(simulation, 50)
    assert (simulation.plant.constants != sound).sum() == 4 + SERVOS
    wait(simulation, 100)
    assert (simulation.plant.constants == sound).all()
    assert simulation.plant.constants[FORCE_ROW + force_sensor.SOURCE] == 0.0


# IN1 is stuck; asked for (duty, drives), given (duty, drives), by DRV8874's table.
BRIDGE = [
    (1, (300, 1), (300, 1)),
    (1, (-300, 1), (0, 1)),
    (1, (0, 0), (1000, 1)),
    (1, (0, 1), (0, 1)),
    (0, (-300, 1), (-1000, 1)),
    (0, (0, 0), (0, 0)),
    (0, (0, 1), (-1000, 1)),
    (0, (1000, 1), (0, 0)),
]


@pytest.mark.parametrize(("level", "asked_for", "given"), BRIDGE)
def test_a_stuck_input_of_a_bridge_acts_as_its_truth_table_says(level, asked_for, given):
    effect = StuckBridgePin(simulate("quick"), parse(f"bridge_pin_stuck@0s,value={level}"))
    assert effect.given(asked_for) == given


STUCK = [
    ("relay_pin_stuck@run,value=0", RELAY),
    ("relay_pin_stuck@run,value=1", RELAY),
    ("servo_enable_pin_stuck@run", SERVOS_ON),
]


@pytest.mark.parametrize(("text", "place"), STUCK)
def test_a_stuck_pin_reaches_the_hardware_and_not_the_firmware_s_own_commands(text, place, monkeypatch):
    simulation = until(simulate("quick", heat="off"), "run")
    wait(simulation, 200)
    inject(simulation, parse(text))
    seen: list[int] = []
    step: Callable[[bool, bool], None] = simulation.plant.step

    def watched(is_left_in: bool, is_right_in: bool) -> None:
        seen.append(int(simulation.plant.commands.array[place]))
        step(is_left_in, is_right_in)

    monkeypatch.setattr(simulation.plant, "step", watched)
    wait(simulation, 3)
    assert set(seen) == {0}
    assert simulation.plant.commands.array[place] == 1


@pytest.mark.parametrize(("fault", "read"), [("buttons_inverted", 0b11_1101), ("buttons_deaf", 0)])
def test_a_disturbed_expander_hides_a_pressed_button_and_the_finger_stays_on_it(fault, read, monkeypatch):
    simulation = simulate("quick", faults=(parse(f"{fault}@0s"),))
    masks: list[int] = []
    read_mask = simulation.hal.buttons.read_mask

    def watched() -> int:
        masks.append(read_mask())
        return masks[-1]

    monkeypatch.setattr(simulation.hal.buttons, "read_mask", watched)
    simulation.press("stop")
    wait(simulation, 3)
    assert set(masks) == {read}
    assert simulation.hal.buttons.held == user_events.STOP


def test_a_value_out_of_range_is_refused_with_the_range():
    from host_tools.errors import InstepError

    for text, words in (
        ("force_sensor_gain@run,value=9", "0 to 4"),
        ("force_sensor_gain@run,value=nan", "0 to 4"),
        ("emergency_stop@run,value=1", "takes no value"),
        ("force_sensor_gain@run,severity=1", "no degrees"),
    ):
        with pytest.raises(InstepError, match=words):
            parse(text)


def test_a_value_comes_back_in_the_text():
    assert str(parse("force_sensor_gain@run,top,value=0.5")) == "force_sensor_gain@run,left,top,value=0.5"
    assert parse("force_sensor_gain@run").value is None


def test_a_broken_part_does_not_change_a_session_before_it_breaks():
    whole = finish(simulate("demo", faults=(parse("force_sensor_gain@500s"),)))
    sound = finish(simulate("demo"))
    assert whole.plant.snapshot() == sound.plant.snapshot()
    assert whole.plant.commands.array[DUTY] == 0
