"""Scripts for a board: the modules of maintenance without what only a laptop reads, and still the same code."""

import ast
import hashlib
from typing import Any

import pytest

from host_tools.data_folders import FIRMWARE
from host_tools.flash.scripts import script

MODULES = sorted(path.stem for path in (FIRMWARE / "maintenance").glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("module", MODULES)
def test_a_script_has_the_names_of_its_module_and_no_text_for_readers(module):
    source = ast.parse((FIRMWARE / "maintenance" / f"{module}.py").read_text(encoding="utf-8"))
    made = ast.parse(script(module))
    kinds = (ast.FunctionDef, ast.ClassDef)
    assert [node.name for node in made.body if isinstance(node, kinds)] == [
        node.name for node in source.body if isinstance(node, kinds)
    ]
    for node in ast.walk(made):
        assert not isinstance(node, ast.AnnAssign)
        if isinstance(node, kinds):
            assert ast.get_docstring(node) is None
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None and not any(argument.annotation for argument in node.args.args)


def test_modules_of_one_script_need_no_import_of_each_other():
    text = script("tree", "inspect")
    assert "maintenance" not in text and "TYPE_CHECKING" not in text.replace("TYPE_CHECKING = False", "")


def test_a_script_runs_by_itself(tmp_path):
    names: dict[str, Any] = {}
    exec(compile(script("tree"), "tree", "exec"), names)
    file = tmp_path / "file"
    file.write_bytes(b"content" * 1_000)
    assert names["sha256_of"](str(file)) == hashlib.sha256(b"content" * 1_000).hexdigest()
