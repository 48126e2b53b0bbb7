"""The forces: each converted once a tick and known in the next one, with and without slack."""

import pytest

from instep.hal.board import ROLLER_NAMES
from tests.firmware.hal.board_rig import BOARD, BoardRig
from tests.firmware.hal.chip_modules import WRAP, Chip


@pytest.fixture
def machine(monkeypatch):
    return BoardRig(monkeypatch)


def test_every_force_is_converted_once_a_tick(machine):
    machine.tick(3)
    before = [adc.conversions for adc in machine.forces]
    machine.tick(10)
    assert [adc.conversions - old for adc, old in zip(machine.forces, before, strict=True)] == [20, 20]


@pytest.mark.parametrize("roller", range(4))
def test_a_force_is_measured_within_one_tick(machine, roller):
    machine.tick(3)
    zero = BOARD.ratings[f"force_zero_{ROLLER_NAMES[roller]}"]
    for adc in machine.forces:
        adc.inputs_mv[:] = [zero / 8] * 4
    machine.tick(2)
    assert [sensor.read_mn() for sensor in machine.hal.forces] == [0] * 4
    channel = BOARD.channels["force_sole" if roller % 2 else "force_top"]
    machine.forces[roller // 2].inputs_mv[channel] = (zero + 1_024) / 8
    machine.tick(2)
    expected = [0] * 4
    expected[roller] = BOARD.ratings[f"force_mn_per_1024_{ROLLER_NAMES[roller]}"]
    assert [sensor.read_mn() for sensor in machine.hal.forces] == expected


@pytest.mark.parametrize("slices", range(3))
def test_a_force_is_as_new_after_a_tick_without_slack(machine, slices):
    machine.slices = slices
    machine.tick(4)
    for adc in machine.forces:
        adc.inputs_mv[:] = [500.0, 1_000.0, 0.0, 0.0]
    machine.tick(3)
    assert [sensor._codes[sensor._channel] for sensor in machine.hal.forces[:2]] == [4_000, 8_000]


def test_a_short_tick_does_not_fetch_a_conversion_that_still_runs(machine):
    for adc in machine.forces:
        adc.slow = 1.1
        adc.inputs_mv[:] = [500.0, 1_000.0, 0.0, 0.0]
    machine.tick(20, work_us=0)
    assert machine.hal.bus_faults() == 0
    assert [sensor._codes[sensor._channel] for sensor in machine.hal.forces[:2]] == [4_000, 8_000]


def test_forces_are_converted_while_the_clock_wraps(monkeypatch):
    chip = Chip()
    chip.start_us = WRAP - 50_000
    machine = BoardRig(monkeypatch, chip=chip)
    machine.tick(30)
    before = [adc.conversions for adc in machine.forces]
    machine.tick(10)
    assert machine.hal.bus_faults() == 0
    assert [adc.conversions - old for adc, old in zip(machine.forces, before, strict=True)] == [20, 20]
