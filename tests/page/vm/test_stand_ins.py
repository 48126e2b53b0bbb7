"""Functions of CPython's library that MicroPython lacks do the same where the simulator uses them."""

import dataclasses
import importlib

from sim.page.vm import stand_ins


@dataclasses.dataclass
class Thing:
    one: int
    two: str = "x"


def test_replace_changes_some_fields_of_a_copy():
    thing = Thing(1)
    assert stand_ins.replace(thing, two="y") == dataclasses.replace(thing, two="y")
    assert thing == Thing(1)


def test_a_module_is_imported_by_its_whole_name():
    assert stand_ins.import_module("sim.page.vm.chance") is importlib.import_module("sim.page.vm.chance")


def test_the_page_guesses_no_word():
    assert stand_ins.get_close_matches("both", ["both"]) == []
