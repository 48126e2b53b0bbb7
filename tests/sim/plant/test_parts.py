"""Parts within their tolerances: ranges, seeds, grades, and what they do to the whole plant."""

import numpy as np
import pytest

from instep.axes import ROLLERS
from sim.grades import GRADES, IDEAL, TYPICAL, WORST
from sim.people import load_person
from sim.plant import force_sensor, ntc, servo, servo_current, supply
from sim.plant.figures import load_figures
from sim.plant.heat import POWER_W
from sim.plant.layout import (
    BUS_V,
    CONSTANTS,
    CURRENT,
    CURRENT_NOISE_MA,
    FORCE_ROW,
    FRAME_PHASE,
    HEAT,
    HEAT_LEAK,
    NTC_ROW,
    OSCILLATOR,
    PARTS_STREAM,
    RELAY,
    SERVO,
    SERVO_A,
    SERVO_CURRENT_ROW,
    SERVOS_ON,
    STREAMS,
    SUPPLY_ROW,
    WELL,
)
from sim.plant.machine import Plant
from sim.plant.noise import seeded
from sim.plant.parts import load_parts

FIGURES = load_figures(load_person("average"), 1)
SEEDS = 200


def plant(grade=IDEAL, seed=1):
    return Plant(FIGURES, 22.0, seed, grade)


def drawn(grade, seed):
    constants = np.zeros(CONSTANTS)
    load_parts(grade).apply(constants, seeded(seed, STREAMS), PARTS_STREAM)
    return constants


def test_typical_parts_fill_their_ranges_and_never_leave_them():
    spans = load_parts(TYPICAL).spans
    places = spans[:, 0].astype(int)
    found = np.array([drawn(TYPICAL, seed)[places] for seed in range(SEEDS)])
    low, high = spans[:, 1:].min(axis=1), spans[:, 1:].max(axis=1)
    assert (found >= low - 1e-12).all() and (found <= high + 1e-12).all()
    width = high - low
    assert (found.max(axis=0) - found.min(axis=0) >= 0.9 * width).all()


def test_worst_parts_stand_at_either_end_of_their_ranges():
    spans = load_parts(WORST).spans
    found = np.array([drawn(WORST, seed)[spans[:, 0].astype(int)] for seed in range(SEEDS)])
    is_low, is_high = np.isclose(found, spans[:, 1]), np.isclose(found, spans[:, 2])
    assert (is_low | is_high).all()
    assert is_low.any(axis=0).all() and is_high.any(axis=0).all()


def test_no_place_is_drawn_twice():
    places = load_parts(TYPICAL).spans[:, 0]
    assert len(set(places)) == len(places)


def test_the_ranges_are_those_that_a_sound_machine_must_bear():
    spans = {int(place): (low, high) for place, low, high in load_parts(WORST).spans}
    assert spans[FORCE_ROW + force_sensor.GAIN] == pytest.approx((0.95, 1.05))
    assert spans[FORCE_ROW + force_sensor.OFFSET_N] == pytest.approx((-0.4, 0.4))
    assert spans[NTC_ROW + ntc.OFFSET_K] == (-1.0, 1.0)
    assert spans[CURRENT_NOISE_MA][1] == 60.0
    assert sorted(spans[OSCILLATOR]) == pytest.approx([1 / 1.08, 1 / 0.92])
    assert spans[SUPPLY_ROW + supply.OPEN_V] == (11.2, 12.6)


@pytest.mark.parametrize("grade", GRADES)
def test_the_same_seed_gives_the_same_machine_to_the_bit_and_another_seed_another(grade):
    runs = []
    for seed in (5, 5, 6):
        machine = plant(grade, seed)
        machine.commands.array[[RELAY, SERVOS_ON]] = 1
        machine.commands.pulse_us[0] = 1_500
        for _ in range(300):
            machine.step(True, True)
        runs.append(machine.snapshot())
    assert runs[0] == runs[1] != runs[2]


def test_a_slow_oscillator_makes_longer_pulses_in_longer_frames():
    machine = plant()
    machine.constants[OSCILLATOR] = 1.08
    machine.commands.servos_on[0] = 1
    machine.commands.pulse_us[0] = 1_000
    starts, before = 0, machine.state[FRAME_PHASE]
    for _ in range(1_080):
        machine.step(True, True)
        starts += machine.state[FRAME_PHASE] < before
        before = machine.state[FRAME_PHASE]
    assert machine.state[SERVO + servo.PULSE_US] == pytest.approx(1_080)
    assert starts == pytest.approx(500, abs=1)


def test_noise_of_the_current_has_its_standard_deviation_and_no_sign():
    machine = plant()
    machine.constants[CURRENT_NOISE_MA] = 60.0
    readings = []
    for _ in range(10_000):
        machine.step(True, True)
        readings += machine.readings.array[CURRENT : CURRENT + ROLLERS].tolist()
    assert min(readings) == 0
    # Half of a bell: the mean of what is above zero.
    assert np.mean(readings) == pytest.approx(60 / np.sqrt(2 * np.pi), rel=0.05)


def test_servos_draw_by_speed_and_force_and_pull_the_bus_down():
    row = np.array((0.01, 0.5, 2.5, 97.0, 46.0, 0.588))
    assert servo_current.servo_current_a(row, 0.0, 0.0, 97.0) == pytest.approx(0.01)
    assert servo_current.servo_current_a(row, 1.0, 0.0, 97.0) == pytest.approx(0.51)
    assert servo_current.servo_current_a(row, 0.0, 48.5, 97.0) == pytest.approx(0.01 + 2.49 / 2)
    assert servo_current.servo_current_a(row, 1.0, 97.0, 97.0) == pytest.approx(2.5)
    machine = plant()
    machine.constants[SERVO_CURRENT_ROW : SERVO_CURRENT_ROW + servo_current.CONSTANTS] = row
    machine.commands.servos_on[0] = 1
    machine.commands.array[8:24] = 1_500
    machine.step(True, True)
    machine.step(True, True)
    drawn_a = 0.588 * machine.state[SERVO_A]
    machine.step(True, True)
    expected_v = FIGURES.supply.open_v - FIGURES.supply.resistance_ohm * (FIGURES.supply.standing_a + drawn_a)
    assert drawn_a > 1.0
    assert machine.state[BUS_V] == pytest.approx(expected_v)


@pytest.mark.parametrize(("duty", "leak", "share"), [(0, 0.3, 0.3), (500, 0.3, 0.65), (0, 1.0, 1.0), (1000, 0.5, 1.0)])
def test_a_leaking_switch_passes_its_share_of_what_is_off(duty, leak, share):
    machine = plant()
    machine.constants[HEAT_LEAK] = leak
    machine.commands.relay[0] = 1
    machine.commands.array[HEAT] = duty
    machine.step(True, True)
    film_ohm = FIGURES.heater.rated_v**2 / FIGURES.heater.rated_w
    assert machine.state[WELL + POWER_W] == pytest.approx(share * machine.state[BUS_V] ** 2 / film_ohm)


def test_a_swapped_sensor_reads_the_other_roller():
    machine = plant()
    machine.constants[FORCE_ROW + force_sensor.SOURCE] = 1.0
    machine.constants[FORCE_ROW + force_sensor.NOISE_N] = 0.0
    machine.commands.servos_on[0] = 1
    machine.commands.pulse_us[0], machine.commands.pulse_us[1] = 600, 1_500
    for _ in range(200):
        machine.step(True, True)
    said_mn = machine.readings.force_mn
    assert said_mn[0] == pytest.approx(said_mn[1], abs=300)
    assert said_mn[0] > 5_000
