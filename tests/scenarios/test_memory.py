"""A bit that flips in what must not change: whichever it is, the machine is safe in the tick that comes next."""

import pytest

from instep.axes import TICKS_PER_S
from instep.guard.faults import FAULT_HEAT_SENSORS_DIFFER, FAULT_MEMORY_DAMAGED, FAULT_SUPPLY_LOW
from instep.hal.calibration import PRESS_ZERO, SHARED
from sim.faults import FAULTS
from sim.faults.effects.memory import WORD_BITS, kept_words
from sim.faults.expected_reactions import is_at_rest
from sim.faults.inject import detected, inject
from sim.faults.parse import parse
from sim.fork import branch
from tests.scenarios.machine import finish, is_let_go, is_powered_off, simulate, until, wait

NAME = "memory_bit_flips"
BITS = 6_176
# Of latches and their inverses, of the places, of bounds, of limits and calibration; none of a servo's figures.
SOME_BITS = (0, 37, 95, 130, 2_000, 2_222, 3_333, 4_444, 5_555, 6_175)
# The words of the figures come after the latches and the places.
FIGURES_AT = 4 + 23


@pytest.fixture(scope="module")
def running():
    simulation = until(simulate("quick", heat="low"), "run")
    wait(simulation, 3 * TICKS_PER_S)
    return simulation


def test_the_memory_has_no_word_too_many(running):
    memory = running.app.guard.memory
    assert memory._used == len(memory.words)


def test_the_catalogue_knows_how_many_bits_there_are(running):
    figure = FAULTS[NAME].value
    assert figure is not None and figure.high == BITS - 1
    assert len(kept_words(running.app.guard)) * WORD_BITS == BITS


@pytest.mark.parametrize("latched", ["nothing", "a fault", "a notice about heat"])
def test_every_bit_of_every_kept_word_is_noticed_in_the_next_tick(running, latched):
    simulation = branch(running)
    guard = simulation.app.guard
    if latched == "a fault":
        guard.trip(FAULT_SUPPLY_LOW)
    elif latched == "a notice about heat":
        guard.forbid_heat(FAULT_HEAT_SENSORS_DIFFER)
    latches = guard.fault, guard.heat_fault
    for word in kept_words(guard):
        assert guard.memory.is_whole(guard.fault, guard.heat_fault)
        for bit in range(WORD_BITS):
            word.flip(bit)
            assert not guard.memory.is_whole(guard.fault, guard.heat_fault), (word.name, bit)
            word.flip(bit)
    assert guard.memory.is_whole(*latches)


@pytest.mark.parametrize("bit", SOME_BITS)
def test_the_machine_is_safe_in_the_next_tick_and_stays_so_whatever_is_pressed(running, bit):
    simulation = branch(running)
    inject(simulation, parse(f"{NAME}@run,value={bit}"))
    simulation.advance(1)
    assert is_powered_off(simulation) and not simulation.plant.commands.relay[0]
    assert detected(simulation).delay_ms == 10
    assert not simulation.app.guard.acknowledge()
    finish(simulation)
    assert simulation.app.guard.fault == FAULT_MEMORY_DAMAGED and is_let_go(simulation)
    assert "The memory fails its" in " ".join(simulation.hal.display.rows)


@pytest.mark.parametrize("bit", [0, 7, 9, 11, 30, 31])
@pytest.mark.parametrize("place", [PRESS_ZERO, PRESS_ZERO + 1, SHARED + PRESS_ZERO])
def test_presses_lift_and_stay_lifted_though_their_pulse_is_damaged(running, place, bit):
    simulation = branch(running)
    inject(simulation, parse(f"{NAME}@run,value={(FIGURES_AT + place) * WORD_BITS + bit}"))
    wait(simulation, 2 * TICKS_PER_S)
    for _ in range(20 * TICKS_PER_S):
        simulation.advance(1)
        assert is_at_rest(simulation)
    assert simulation.app.guard.fault == FAULT_MEMORY_DAMAGED


def test_nobody_s_limit_is_taken_for_damage(running):
    guard = branch(running).app.guard
    for press_max_mn in (10_000, 35_000):
        guard.begin_session(press_max_mn)
        assert guard.memory.is_whole(guard.fault, guard.heat_fault)
