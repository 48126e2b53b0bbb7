"""The whole machine: it rests without commands, is the same for the same seed, and its snapshots are its state."""

import numpy as np
import pytest

from instep.axes import ROLLERS, SERVOS
from sim.people import load_person
from sim.plant.figures import load_figures
from sim.plant.layout import CONTACT_N
from sim.plant.machine import Plant

FIGURES = load_figures(load_person("average"), 1)
AMBIENT_C = 22.0
TICKS = 200


def plant(seed=1, ambient_c=AMBIENT_C):
    return Plant(FIGURES, ambient_c, seed)


def run(machine, ticks=TICKS):
    for _ in range(ticks):
        machine.step(True, True)
    return machine


def snapshots(machine):
    rows = np.frombuffer(machine.snapshot(), dtype=np.uint8)[None, :]
    return machine.unpack_snapshots(rows)


def test_a_machine_without_commands_stands_still_and_keeps_the_temperature_of_the_room():
    machine = plant()
    before = snapshots(machine)
    after = snapshots(run(machine))
    assert after.roller_m == pytest.approx(before.roller_m) and not after.current_a.any()
    assert not after.contact_n.any()
    assert machine.readings.relay[0] == 0
    assert after.element_c == pytest.approx(AMBIENT_C, abs=0.5)


def test_the_same_seed_gives_the_same_readings_and_another_other_noise():
    one, same, other = (run(plant(seed)).readings.array for seed in (1, 1, 2))
    assert (one == same).all() and (one != other).any()


def test_a_driven_roller_moves_once_the_relay_has_closed():
    machine = plant()
    machine.commands.duty[0], machine.commands.driven[0] = 500, 1
    still = run(machine).readings.counts[0]
    machine.commands.relay[0] = 1
    moved = run(machine).readings.counts[0]
    assert abs(moved - still) > 100
    assert machine.readings.current_ma[0] > 0 and machine.readings.current_ma[1] == 0


def test_a_heated_film_gets_warm_and_its_neighbour_does_not():
    machine = plant()
    machine.commands.relay[0], machine.commands.heat[1] = 1, 1_000
    found = snapshots(run(machine, 2_000))
    assert found.element_c[0, 1] > AMBIENT_C + 5 > found.element_c[0, 0]


def test_a_pressed_foot_pushes_back_and_an_empty_well_does_not():
    machine = plant()
    machine.commands.servos_on[0] = 1
    pressed_us = FIGURES.calibration.press_zero_us + 30_000 * FIGURES.calibration.press_us_per_kilo // 1_000
    for servo in range(SERVOS):
        machine.commands.pulse_us[servo] = FIGURES.calibration.press_zero_us
    machine.commands.pulse_us[1] = machine.commands.pulse_us[9] = pressed_us
    for _ in range(TICKS):
        machine.step(True, False)
    contact = machine.state[CONTACT_N : CONTACT_N + ROLLERS]
    assert contact[1] > 1.0 and contact[3] == 0.0


def test_making_safe_takes_every_command_back():
    machine = plant()
    machine.commands.array[:] = 1
    machine.commands.make_safe()
    assert not machine.commands.array.any() and not any(machine.commands.driven)


def test_a_snapshot_is_the_state_of_its_moment():
    machine = run(plant())
    kept = snapshots(machine)
    machine.commands.duty[2] = 7
    assert snapshots(machine).duty[0, 2] == 7 and kept.duty[0, 2] == 0
    assert list(kept.said_mn[0]) == list(machine.readings.force_mn)
