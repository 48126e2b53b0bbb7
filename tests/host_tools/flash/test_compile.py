"""The compiled firmware is the same for every chip and every checkout, and small enough."""

import ast
import builtins
import shutil

import pytest

from host_tools.data_folders import FIRMWARE
from host_tools.flash.compile import ARCHITECTURES, KERNEL, compile_firmware, compile_mpy
from host_tools.flash.modules import board_modules, path_of
from host_tools.flash.scope import defined_names, module_uses

NATIVE = "import micropython\n@micropython.native\ndef add(a, b):\n    return a + b\n"


def test_the_board_gets_a_file_for_what_stays_one_for_the_drivers_and_few_that_it_forgets():
    paths = set(compile_firmware())
    assert {"instep/__init__.mpy", "instep/core.mpy", "instep/hal/chips.mpy", "instep/run.mpy"} <= paths
    assert len(paths) < 12


@pytest.mark.parametrize("bundle", ["instep.core", "instep.hal.chips"])
def test_a_bundle_uses_no_name_that_it_has_not_got(bundle):
    tree = ast.parse(board_modules().sources[bundle])
    known = {*dir(builtins), *defined_names(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            known |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.FunctionDef):
            # What only a type checker reads is not there.
            node.returns = None
            for argument in ast.walk(node.args):
                if isinstance(argument, ast.arg):
                    argument.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
    assert {use.id for use in module_uses(tree)} <= known


@pytest.mark.parametrize("chip", ARCHITECTURES)
def test_a_chip_gets_the_very_bytes_that_the_tests_run_but_for_kernels(chip):
    with_kernels = {path_of(name) for name, text in board_modules().sources.items() if KERNEL in text}
    tested = compile_firmware()
    flashed = compile_firmware(chip)
    assert {path for path in tested if tested[path] != flashed[path]} == with_kernels
    assert with_kernels == {"instep/core.mpy", "instep/hal/chips.mpy"}


@pytest.mark.parametrize("chip", ARCHITECTURES)
def test_machine_code_is_compiled_for_the_chip_alone(chip, tmp_path):
    source = tmp_path / "native.py"
    source.write_text(NATIVE)
    compile_mpy(source, tmp_path / "native.mpy", f"-march={ARCHITECTURES[chip]}")
    with pytest.raises(ValueError, match="invalid arch"):
        compile_mpy(source, tmp_path / "native.mpy")


def test_where_a_checkout_lies_does_not_show_in_the_bytes(tmp_path):
    module = FIRMWARE / "instep/axes.py"
    copy = tmp_path / "elsewhere" / "axes.py"
    copy.parent.mkdir()
    shutil.copy(module, copy)
    for source, name in ((module, "here.mpy"), (copy, "there.mpy")):
        compile_mpy(source, tmp_path / name)
    assert (tmp_path / "here.mpy").read_bytes() == (tmp_path / "there.mpy").read_bytes()
