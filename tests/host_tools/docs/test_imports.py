"""Imports read from a source: at any depth, absolute, and apart where only a type checker reads them."""

import pytest

from host_tools.docs.imports import imports_of, module_of, project_modules

SOURCE = """\
import a.b, c as d
from a import b
from . import near
from ..far import thing
if TYPE_CHECKING:
    from types_only import T
else:
    import real
def f():
    import late
"""


def test_every_import_has_its_full_name_line_and_time():
    found = [(one.name, one.line, one.at_run_time) for one in imports_of("p.q.module", SOURCE)]
    assert found == [
        ("a.b", 1, True),
        ("c", 1, True),
        ("a.b", 2, True),
        ("p.q.near", 3, True),
        ("p.far.thing", 4, True),
        ("types_only.T", 6, False),
        ("real", 8, True),
        ("late", 10, True),
    ]


@pytest.mark.parametrize(
    ("name", "module"), [("a.b.c.D", "a.b"), ("a.b", "a.b"), ("a.x", "a"), ("b", None), ("", None)]
)
def test_a_name_belongs_to_the_longest_module_that_it_lies_in(name, module):
    assert module_of(name, {"a", "a.b"}) == module


def test_the_project_s_modules_go_by_the_names_that_they_are_imported_by():
    modules = project_modules()
    assert modules["instep.axes"].name == "axes.py"
    assert modules["sim.people"].name == "__init__.py"
    assert modules["host_tools.docs.imports"].as_posix().endswith("host_tools/docs/imports.py")
