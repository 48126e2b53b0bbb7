"""A board gets no function and no constant that nothing on it uses."""

import ast

from host_tools.flash.modules import ROOT_FILES, board_modules, root_file
from host_tools.flash.unused import without_unused


def remaining(source, other=""):
    """Return what is left of one module, without empty lines."""
    kept = without_unused({"module": source}, {"other": other})["module"]
    return [line for line in kept.split("\n") if line]


def test_an_unused_function_and_an_unused_constant_are_removed():
    assert remaining("NAMES = ('a', 'b')\ndef name(index):\n    return 1\nprint(2)") == ["print(2)"]


def test_a_constant_that_only_an_unused_function_uses_goes_with_it():
    assert remaining("NAMES = ('a', 'b')\ndef name(index):\n    return NAMES[index]\n") == []


def test_a_definition_stays_if_its_module_another_or_a_start_file_uses_it():
    assert remaining("A = (1, 2)\nprint(A)") == ["A = (1, 2)", "print(A)"]
    assert remaining("A = (1, 2)", "import module\nprint(module.A)") == ["A = (1, 2)"]
    assert remaining("def work():\n    pass", "from module import work") == ["def work():", "    pass"]


def test_an_assignment_that_calls_something_or_sets_an_attribute_stays():
    calls = ["A = make()", "thing.limit = 3", "B, C = 1, 2"]
    assert remaining("\n".join(calls)) == calls


def test_a_class_stays():
    assert remaining("class Thing:\n    pass") == ["class Thing:", "    pass"]


def test_nothing_of_the_installed_firmware_is_unused():
    sources = board_modules().sources
    others = {name: root_file(name).read_text() for name in ROOT_FILES}
    assert without_unused(sources, others) == sources
    core = sources["instep.core"]
    defined = {node.name for node in ast.parse(core).body if isinstance(node, ast.FunctionDef)}
    assert "next_state" in defined and "is_notice" not in defined, "the laptop alone asks for the kind of a fault"
