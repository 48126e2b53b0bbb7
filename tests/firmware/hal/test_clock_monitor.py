"""The second clock: milliseconds from the counter of PWM block 7, at both clocks of the boards."""

import pytest

from instep.axes import COUNTER_MASK
from instep.hal.clock_monitor import ClockMonitor

PWM_BASE = 0x4005_0000
BLOCK = PWM_BASE + 7 * 0x14
CSR, DIV, CTR, TOP = BLOCK, BLOCK + 0x04, BLOCK + 0x08, BLOCK + 0x10
WRAP = 1 << 16


def monitor(frequency_hz, count=0):
    registers = {CTR: count}
    return ClockMonitor(registers, PWM_BASE, frequency_hz), registers


def pass_counts(registers, counts):
    registers[CTR] = (registers[CTR] + counts) % WRAP


def test_the_block_divides_by_250_counts_16_bits_and_is_enabled():
    _, registers = monitor(125_000_000)
    assert registers == {CTR: 0, DIV: 250 << 4, TOP: WRAP - 1, CSR: 1}


@pytest.mark.parametrize(("frequency_hz", "counts_per_ms"), [(125_000_000, 500), (200_000_000, 800)])
def test_counts_become_milliseconds_and_a_rest_is_kept_for_the_next_reading(frequency_hz, counts_per_ms):
    clock, registers = monitor(frequency_hz, count=WRAP - 10)
    assert clock.read_ms() == 0
    pass_counts(registers, counts_per_ms - 1)
    assert clock.read_ms() == 0
    pass_counts(registers, 1)
    assert clock.read_ms() == 1
    for _ in range(1_000):
        pass_counts(registers, 10 * counts_per_ms + 1)
        clock.read_ms()
    assert clock.read_ms() == 1 + 10_000 + 1_000 // counts_per_ms


def test_the_counter_may_wrap_once_between_two_readings():
    clock, registers = monitor(200_000_000, count=WRAP - 1)
    pass_counts(registers, 80 * 800)
    assert clock.read_ms() == 80


def test_a_clock_that_stands_shows_no_time():
    clock, _ = monitor(125_000_000, count=1_234)
    assert [clock.read_ms() for _ in range(5)] == [0] * 5


def test_the_milliseconds_wrap_as_the_tick_counter_does():
    clock, registers = monitor(125_000_000)
    clock._ms = COUNTER_MASK
    pass_counts(registers, 500)
    assert clock.read_ms() == 0
