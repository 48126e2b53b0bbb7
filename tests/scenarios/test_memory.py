"""A bit that flips in what must not change: whichever it is, the machine is safe in the tick that comes next."""

import pytest

from instep.guard.faults import FAULT_MEMORY_DAMAGED, FAULT_ROLLER_BLOCKED, NO_FAULT
from sim.faults import FAULTS
from sim.faults.effects.memory import WORD_BITS, flip, guarded_words
from sim.faults.inject import detected, inject
from sim.faults.parse import parse
from tests.scenarios.machine import finish, is_let_go, is_powered_off, simulate, until, wait

NAME = "memory_bit_flips"


@pytest.fixture(scope="module")
def running():
    simulation = until(simulate("quick", heat="low"), "run")
    wait(simulation, 300)
    return simulation


def _is_noticed(guard):
    """Return True if this tick's check finds something, and forget it."""
    guard.check_inputs()
    guard.memory.check_inverse(guard)
    is_found = guard.fault == FAULT_MEMORY_DAMAGED
    guard.fault = NO_FAULT
    guard.memory.not_fault = ~NO_FAULT
    return is_found


def test_the_catalogue_knows_how_many_bits_there_are(running):
    words = len(guarded_words(running.app.guard)) + 2
    figure = FAULTS[NAME].value
    assert figure is not None and figure.high == words * WORD_BITS - 1


def test_every_bit_of_every_guarded_word_is_noticed_by_the_next_tick(running):
    guard = running.app.guard
    assert not _is_noticed(guard)
    for state, place in guarded_words(guard):
        word = state[place]
        for bit in range(WORD_BITS):
            state[place] = flip(word, bit)
            guard.check_inputs()
            assert guard.fault == FAULT_MEMORY_DAMAGED, (place, bit)
            state[place] = word
            guard.fault, guard.memory.not_fault = NO_FAULT, ~NO_FAULT
    assert not _is_noticed(guard)


@pytest.mark.parametrize("name", ["_copy", "_inverse"])
def test_every_bit_of_a_second_copy_is_noticed_too(running, name):
    guard = running.app.guard
    copy = getattr(guard.memory, name)
    for place, word in enumerate(copy.tolist()):
        for bit in range(WORD_BITS):
            copy[place] = flip(word, bit)
            assert _is_noticed(guard), (place, bit)
        copy[place] = word
    assert not _is_noticed(guard)


def test_every_bit_of_a_roller_s_twins_is_noticed_too(running):
    guard = running.app.guard
    for *_, motion in guard.memory.rollers:
        for place in range(len(motion) - 10, len(motion)):
            word = motion[place]
            for bit in range(WORD_BITS):
                motion[place] = flip(word, bit)
                assert _is_noticed(guard), (place, bit)
            motion[place] = word
    assert not _is_noticed(guard)


@pytest.mark.parametrize("name", ["fault", "heat_fault"])
@pytest.mark.parametrize("bit", range(WORD_BITS))
@pytest.mark.parametrize("latched", [NO_FAULT, FAULT_ROLLER_BLOCKED])
def test_every_bit_of_a_latch_is_noticed(running, latched, bit, name):
    guard = running.app.guard
    if latched and name == "fault":
        guard.trip(latched)
    word = getattr(guard, name)
    setattr(guard, name, flip(word, bit))
    assert _is_noticed(guard)
    guard.heat_fault = NO_FAULT


def test_one_write_over_words_and_their_copy_is_noticed_by_the_inverted_one(running):
    memory = running.app.guard.memory
    words = memory.words[:]
    for place in range(len(words)):
        memory.words[place] = memory._copy[place] = 0
    assert memory.is_whole() and not memory.is_inverse_whole()
    for place in range(len(words)):
        memory.words[place] = memory._copy[place] = words[place]
    assert memory.is_inverse_whole()


@pytest.mark.parametrize("bit", [0, 40, 64, 700, 1_500, 2_400, 2_900, 3_647])
def test_the_machine_is_safe_in_the_next_tick_and_stays_so_whatever_is_pressed(bit):
    simulation = until(simulate("quick", heat="low"), "run")
    wait(simulation, 300)
    inject(simulation, parse(f"{NAME}@run,value={bit}"))
    simulation.advance(1)
    assert is_powered_off(simulation) and not simulation.plant.commands.relay[0]
    assert detected(simulation).delay_ms == 10
    assert not simulation.app.guard.acknowledge()
    finish(simulation)
    assert simulation.app.guard.fault == FAULT_MEMORY_DAMAGED and is_let_go(simulation)
    assert "The memory fails its" in " ".join(simulation.hal.display.rows)


def test_a_person_s_limit_may_change_from_session_to_session():
    simulation = until(simulate("quick", heat="off"), "run")
    guard = simulation.app.guard
    for press_max_mn in (10_000, 35_000):
        guard.begin_session(press_max_mn)
        assert guard.memory.is_whole()
