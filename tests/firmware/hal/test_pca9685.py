"""The servo chip, on a model of its registers: pulses, bursts, and settings that were lost."""

import pytest

from instep.hal.bus import Bus, Port
from instep.hal.pca9685 import ServoChannel, ServoChip
from tests.emulator.chips.pca9685 import Pca9685
from tests.firmware.hal.wires import ChipBus

_ADDRESS = 0x40


class Rig:
    def __init__(self, clock_khz=25_000):
        self.wire = ChipBus()
        self.model = Pca9685(_ADDRESS)
        self.model.is_enabled = True
        self.wire.chips[_ADDRESS] = self.model
        self.bus = Bus(self.wire, lambda: None)
        self.port = Port(self.bus, _ADDRESS, 1)
        self.chip = ServoChip(self.port, clock_khz)

    def started(self):
        self.chip.flush()
        self.wire.transfers.clear()
        return self


@pytest.fixture
def rig():
    return Rig().started()


def test_it_starts_at_50_hz_awake_and_without_a_pulse(rig):
    assert rig.model.period_us == pytest.approx(20_000, rel=0.002)
    assert rig.model.registers[0] == 0x20
    assert rig.model.pulses_us() == [0.0] * 16


def test_a_clock_that_was_disturbed_is_nonsense_and_is_set_up_again(rig):
    rig.model.registers[0xFE] += 10
    rig.chip.check()
    assert rig.bus.faults() == 0x0100
    rig.chip.flush()
    assert rig.model.period_us == pytest.approx(20_000, rel=0.002)
    rig.chip.check()
    assert rig.bus.faults() == 0


def test_every_pulse_comes_out_within_a_step(rig):
    for pulse_us in range(500, 2_501, 7):
        rig.chip.set_us(3, pulse_us)
        rig.chip.flush()
        assert rig.model.pulse_us(3) == pytest.approx(pulse_us, abs=3)


def test_a_pulse_outside_the_range_is_cut_to_it(rig):
    rig.chip.set_us(0, 4_000)
    rig.chip.set_us(1, 0)
    rig.chip.flush()
    assert rig.model.pulse_us(0) == pytest.approx(2_500, abs=3)
    assert rig.model.pulse_us(1) == pytest.approx(500, abs=3)


def test_a_restarted_firmware_sets_up_a_chip_that_still_makes_pulses(rig):
    rig.chip.set_us(3, 1_500)
    rig.chip.flush()

    restarted = ServoChip(rig.port, 25_000)
    restarted.flush()
    restarted.check()

    assert rig.model.pulses_us() == [0.0] * 16
    assert not rig.port.is_confused
    assert restarted._is_set_up


@pytest.mark.parametrize("clock_khz", [23_000, 26_350, 27_000])
def test_an_oscillator_that_is_off_is_made_up_for(clock_khz):
    rig = Rig(clock_khz).started()
    rig.chip.set_us(5, 1_500)
    rig.chip.flush()
    real_us = rig.model.pulse_us(5) * 25_000 / clock_khz
    assert real_us == pytest.approx(1_500, abs=3)
    assert rig.model.period_us * 25_000 / clock_khz == pytest.approx(20_000, rel=0.005)


def test_neighbours_are_sent_in_one_burst_and_unchanged_values_are_not_sent(rig):
    for channel in (2, 3, 4, 9, 15):
        rig.chip.set_us(channel, 1_500)
    rig.chip.flush()
    assert [(data[0], len(data)) for data in rig.wire.writes(_ADDRESS)] == [
        (0x08 + 2 * 4, 1 + 2 + 2 * 4),
        (0x08 + 9 * 4, 1 + 2),
        (0x08 + 15 * 4, 1 + 2),
    ]
    assert [channel for channel, us in enumerate(rig.model.pulses_us()) if us] == [2, 3, 4, 9, 15]
    rig.chip.set_us(3, 1_500)
    rig.chip.flush()
    assert rig.wire.writes(_ADDRESS) == []


def test_all_sixteen_go_in_one_burst(rig):
    for channel in range(16):
        rig.chip.set_us(channel, 1_000 + 50 * channel)
    rig.chip.flush()
    assert len(rig.wire.writes(_ADDRESS)) == 1
    assert rig.model.pulses_us() == pytest.approx([1_000 + 50 * channel for channel in range(16)], abs=3)


def test_a_released_servo_gets_no_pulse(rig):
    servo = ServoChannel(rig.chip, 7)
    servo.set_us(1_500)
    rig.chip.flush()
    servo.release()
    rig.chip.flush()
    assert rig.model.pulse_us(7) == 0.0
    servo.set_us(1_500)
    rig.chip.flush()
    assert rig.model.pulse_us(7) == pytest.approx(1_500, abs=3)


def test_what_did_not_arrive_is_sent_again(rig):
    rig.model.is_silent = True
    rig.chip.set_us(0, 1_200)
    rig.chip.set_us(5, 1_300)
    rig.chip.flush()
    assert rig.bus.faults() == 1
    rig.model.is_silent = False
    rig.chip.flush()
    assert rig.model.pulse_us(0) == pytest.approx(1_200, abs=3)
    assert rig.model.pulse_us(5) == pytest.approx(1_300, abs=3)
    assert rig.bus.faults() == 0


def test_a_chip_that_was_reset_is_nonsense_once_and_then_set_up_as_it_was(rig):
    rig.chip.set_us(4, 1_700)
    rig.chip.flush()
    rig.chip.check()
    assert rig.bus.faults() == 0
    rig.model.power_up()
    rig.chip.check()
    assert rig.bus.faults() == 0x0100
    rig.chip.flush()
    rig.chip.check()
    assert rig.bus.faults() == 0
    assert rig.model.pulse_us(4) == pytest.approx(1_700, abs=3)
    assert rig.model.period_us == pytest.approx(20_000, rel=0.002)


def test_a_chip_that_lost_its_power_is_set_up_when_it_answers_again(rig):
    rig.chip.set_us(4, 1_700)
    rig.chip.flush()
    rig.model.is_silent = True
    rig.chip.check()
    assert rig.bus.faults() == 1
    rig.chip.flush()
    rig.model.is_silent = False
    rig.model.power_up()
    rig.chip.flush()
    rig.chip.check()
    assert rig.bus.faults() == 0
    assert rig.model.pulse_us(4) == pytest.approx(1_700, abs=3)


def test_a_chip_that_keeps_answering_nonsense_stays_a_fault(rig):
    rig.model.write_register = lambda register, value: None
    rig.model.power_up()
    rig.chip.check()
    for _ in range(4):
        rig.chip.flush()
        rig.chip.check()
        assert rig.bus.faults() == 0x0100
