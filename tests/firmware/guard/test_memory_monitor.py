"""States are parts of one memory; the guard sees when a fixed word, its inverse, a latch or the places change."""

from array import array

import pytest

from instep.guard.faults import (
    FAULT_FORCE_HIGH,
    FAULT_HEAT_CROSSED,
    FAULT_MEMORY_DAMAGED,
    FAULT_ROLLER_BLOCKED,
    NO_FAULT,
    NO_ROLLER,
)
from instep.guard.memory_monitor import MemoryMonitor
from instep.hal.calibration import SHARED
from tests.fakes import stand_in

FIXED = 2
WORKING = 3
# The memory of the whole machine; `scenarios/test_memory.py` compares it with what is taken.
WORDS = 374


@pytest.fixture
def memory():
    return MemoryMonitor()


@pytest.fixture
def states(memory):
    """Two states with fixed words of either sign, in a memory that is watched."""
    states = [memory.take(WORKING + FIXED, FIXED) for _ in range(2)]
    for state in states:
        state[WORKING], state[WORKING + 1] = 12_345, -1
    memory.begin(array("i"))
    return states


def is_whole(memory, fault=NO_FAULT, heat_fault=NO_FAULT):
    return memory.is_whole(fault, heat_fault)


def test_states_are_apart_and_begin_with_zeros(memory):
    first, second = memory.take(4, 1), memory.take(2, 2)
    assert (list(first), list(second)) == ([0] * 5, [0] * 4)
    first[4], second[0] = 1, 2
    assert (list(first), list(second)) == ([0, 0, 0, 0, 1], [2, 0, 0, 0])


def test_a_memory_that_is_too_small_says_so(memory):
    memory.take(WORDS - 1, 1)
    with pytest.raises(ValueError, match="states take 375 words"):
        memory.take(1, 0)


def test_working_words_may_change(memory, states):
    states[0][WORKING - 1] = states[1][0] = 77
    assert is_whole(memory)


@pytest.mark.parametrize("state", range(2))
@pytest.mark.parametrize("place", range(WORKING, WORKING + 2 * FIXED))
def test_a_fixed_word_or_an_inverse_that_changes_is_seen(memory, states, state, place):
    assert is_whole(memory)
    states[state][place] ^= 1
    assert not is_whole(memory)


def test_one_value_over_everything_is_no_agreement(memory, states):
    for place in range(WORKING, WORKING + 2 * FIXED):
        states[0][place] = 0
    assert not is_whole(memory)


def test_who_changes_both_may(memory, states):
    states[1][WORKING], states[1][WORKING + FIXED] = 99, ~99
    assert is_whole(memory)


@pytest.mark.parametrize("index", range(3))
def test_places_that_change_are_seen_before_they_are_used(memory, states, index):
    memory.runs[index] ^= 1 << 30
    assert not is_whole(memory)


def test_a_latch_is_compared_with_its_inverse(memory, states):
    assert not is_whole(memory, fault=FAULT_FORCE_HIGH)
    assert not is_whole(memory, heat_fault=FAULT_FORCE_HIGH)
    memory.not_fault = ~FAULT_FORCE_HIGH
    assert is_whole(memory, fault=FAULT_FORCE_HIGH) and not is_whole(memory)


class Guard:
    """A guard while a roller backs off, and heat is kept off for a notice; its memory has figures of servos."""

    def __init__(self):
        self.fault, self.last_fault, self.heat_fault = FAULT_ROLLER_BLOCKED, FAULT_ROLLER_BLOCKED, FAULT_HEAT_CROSSED
        self.fault_roller = 2
        self.has_lost_servos = self.is_cancelled = False
        self.back_off = stand_in(cancel=self._cancel)
        self.memory = MemoryMonitor()
        self.figures = self.memory.take(SHARED, SHARED)
        self.other = self.memory.take(1, 1)
        self.memory.begin(self.figures)
        self.memory.not_fault, self.memory.not_heat_fault = ~FAULT_ROLLER_BLOCKED, ~FAULT_HEAT_CROSSED

    def _cancel(self):
        self.is_cancelled = True

    def check(self):
        self.memory.check(self)
        return self.fault, self.last_fault, self.heat_fault, self.fault_roller, self.is_cancelled, self.has_lost_servos


BACKING_OFF = (FAULT_ROLLER_BLOCKED, FAULT_ROLLER_BLOCKED, FAULT_HEAT_CROSSED, 2, False, False)
DAMAGED = (FAULT_MEMORY_DAMAGED, FAULT_MEMORY_DAMAGED, NO_FAULT, NO_ROLLER, True)


def test_a_guard_whose_memory_is_whole_keeps_what_it_has_latched():
    guard = Guard()
    assert guard.check() == guard.check() == BACKING_OFF


def test_a_damaged_word_takes_the_place_of_every_latch_and_ends_a_back_off():
    guard = Guard()
    guard.other[0] ^= 1
    assert guard.check() == guard.check() == (*DAMAGED, False)
    guard.other[0] ^= 1
    assert guard.check() == (*DAMAGED, False), "nothing but a restart ends it"


def test_damaged_latches_are_whole_again_once_the_damage_is_latched():
    guard = Guard()
    guard.fault = NO_FAULT
    assert guard.check() == (*DAMAGED, False)
    assert guard.memory.is_whole(guard.fault, guard.heat_fault)


@pytest.mark.parametrize("place", [0, SHARED - 1, SHARED, 2 * SHARED - 1])
def test_servos_with_a_damaged_figure_go_limp(place):
    guard = Guard()
    guard.figures[place] ^= 1 << 20
    assert guard.check() == (*DAMAGED, True)
