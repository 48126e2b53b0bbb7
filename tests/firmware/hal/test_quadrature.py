"""The encoders' PIO program, run step by step, and what the firmware makes of its words."""

import random

import pytest

from instep.hal.quadrature import STATE_MACHINE_HZ, QuadratureCounters, QuadratureEncoder
from tests.firmware.hal.chip_modules import Chip, Fifos, install
from tests.firmware.hal.pio import Machine
from tests.firmware.hal.wires import WireFifos

# A leads B when a roller moves away from the toe tips; A is bit 0.
_FORWARD = (0b00, 0b01, 0b11, 0b10)
_TURN = 10  # steps at most between two samples


@pytest.fixture
def machine(monkeypatch):
    program = install(monkeypatch, Chip())._count_edges
    return Machine(program)


def _count(machine):
    idle = [Machine(machine.program) for _ in range(3)]
    counters = QuadratureCounters(Fifos([machine, *idle]), 0)
    counters.drain()
    machine.run(50)  # 0.1 ms
    counters.fetch()
    return QuadratureEncoder(counters, 0).read_counts()


def _turn(machine, edges, steps=_TURN):
    place = _FORWARD.index(machine.pins)
    for _ in range(abs(edges)):
        place += 1 if edges > 0 else -1
        machine.pins = _FORWARD[place % 4]
        machine.run(steps)


@pytest.mark.parametrize("edges", [1, 2, 3, 4, 1_001, -1, -2, -3, -4, -1_003])
def test_every_edge_counts_in_its_direction(machine, edges):
    machine.run(30)
    _turn(machine, edges)
    assert _count(machine) == edges


def test_there_and_back_again_is_zero_through_every_sign(machine):
    machine.run(30)
    for edges in (5, -12, 9, -2):
        _turn(machine, edges)
    assert _count(machine) == 0


def test_a_random_walk_is_followed_exactly(machine):
    machine.run(30)
    chance = random.Random(7)
    place = 0
    for _ in range(3_000):
        step = chance.choice((-1, 1))
        place += step
        _turn(machine, step)
    assert _count(machine) == place


def test_both_pins_at_once_are_no_step(machine):
    machine.run(30)
    machine.pins = 0b11
    machine.run(30)
    assert _count(machine) == 0
    machine.pins = 0b01
    machine.run(30)
    assert _count(machine) == -1


def test_pins_that_are_high_at_the_start_make_no_great_count(machine):
    machine.pins = 0b10
    machine.run(30)
    assert -1 <= _count(machine) <= 1


def test_the_fastest_roller_is_sampled_three_times_an_edge():
    edges_per_s = 251 / 60 * 64 * 43.8  # boards/reference/roller.toml, no load
    assert 3 * edges_per_s < STATE_MACHINE_HZ / _TURN


def test_words_from_before_are_thrown_away():
    fifos = WireFifos()
    counters = QuadratureCounters(fifos, 0)
    fifos.push(2, 1, 2, 3, 4, 5)
    counters.drain()
    fifos.push(2, 18, 19)
    counters.fetch()
    assert list(counters.counts) == [0, 0, 18, 0]


def test_an_encoder_that_is_wired_the_other_way_round_counts_the_other_way_round():
    fifos = WireFifos()
    counters = QuadratureCounters(fifos, 0b1010)
    for index in range(4):
        fifos.push(index, 40)
    counters.fetch()
    assert [QuadratureEncoder(counters, index).read_counts() for index in range(4)] == [40, -40, 40, -40]
