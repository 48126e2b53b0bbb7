"""The catalogue of faults: each entry once, with an effect that exists; no effect without an entry."""

from importlib import import_module
from inspect import getmembers, isclass
from pkgutil import iter_modules

import pytest

from instep.guard import faults
from sim.faults import FAULTS, catalogue, effects, parse
from sim.faults.catalogue import JUDGED
from sim.faults.effects.effect import Effect
from sim.faults.expected_reactions import REACTIONS

UNJUDGED = (
    "finger_in_track",
    "grip_servo_jammed",
    "hold_servos_jammed",
)
PARTS = [module.name for module in iter_modules(catalogue.__path__)]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: fault.name)
def test_every_entry_is_whole(fault):
    assert FAULTS[fault.name] is fault
    assert fault.reaction in REACTIONS
    assert parse(fault.example).fault is fault
    names = {faults.name(number) for number in range(faults.count())}
    assert set(fault.expects) <= names
    assert issubclass(fault.effect_class(), Effect)


@pytest.mark.parametrize("part", PARTS)
def test_the_entries_of_a_part_are_in_the_catalogue_with_an_effect_of_the_same_part(part):
    for entry in import_module(f"sim.faults.catalogue.{part}").ENTRIES:
        assert FAULTS[entry.name] is entry
        assert entry.effect.startswith(f"{part}.")


def test_no_name_stands_twice():
    entries = [entry for part in PARTS for entry in import_module(f"sim.faults.catalogue.{part}").ENTRIES]
    assert len(entries) == len(FAULTS) == len({entry.name for entry in entries})


def test_every_effect_without_a_subclass_is_used_by_a_fault():
    used = {fault.effect_class() for fault in FAULTS.values()}
    modules = [import_module(f"sim.faults.effects.{module.name}") for module in iter_modules(effects.__path__)]
    found = {effect for module in modules for _, effect in getmembers(module, isclass) if issubclass(effect, Effect)}
    assert {effect for effect in found if not effect.__subclasses__()} <= used


def test_every_reaction_is_expected_by_a_fault():
    assert {fault.reaction for fault in FAULTS.values()} == set(REACTIONS)


def test_the_campaign_leaves_out_what_the_guard_does_not_judge_yet_and_nothing_else():
    """A fault that the guard has learned to notice loses its mark, and its name here."""
    assert sorted(FAULTS.keys() - set(JUDGED)) == sorted(UNJUDGED)
