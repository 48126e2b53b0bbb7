"""What the firmware must not use, because a board has not got it or because the tick must stay exact and cheap."""

import ast

import pytest

from host_tools.data_folders import FIRMWARE
from host_tools.docs.imports import imports_of
from host_tools.flash.compile import compile_mpy
from host_tools.flash.fold import fold
from host_tools.flash.modules import NOT_INSTALLED, installed_files, module_name

# Modules of MicroPython 1.28 on an RP2 that the firmware uses. Not there: enum, dataclasses, typing, functools.
BUILT_IN = frozenset(
    {"array", "binascii", "errno", "gc", "hashlib", "micropython", "os", "select", "struct", "sys", "time"}
)
CHIP = frozenset({"machine", "rp2", "uctypes"})

# The rooms that may touch the chip's own modules.
CHIP_ROOMS = ("boot", "ab_boot", "maintenance.restart", "instep.hal.rp2")

# What else stands beside the slots, and what only the laptop's scripts in maintenance mode need.
BESIDE = {"main": {"ab_boot"}, "maintenance": {"maintenance", "ab_boot", "deflate", "io", "json"}}

# Module: why it may use floats or true division, outside the tick.
FLOATS: dict[str, str] = {}

# With values in place of constants, as a board gets them: machine code takes no name of another module.
FOLDED = fold({module: path.read_text() for module, path in installed_files().items()})

INSTALLED = installed_files() | {
    module_name(path): path for folder in (".", "maintenance") for path in sorted((FIRMWARE / folder).glob("*.py"))
}


def missing_imports(module: str, source: str) -> list[str]:
    """Return what `source` imports at run time though the board has not got it."""
    at_hand = BUILT_IN | {"instep"}
    if module.startswith(CHIP_ROOMS):
        at_hand |= CHIP
    at_hand |= BESIDE.get(module.partition(".")[0], set())
    return [
        f"{module}, line {found.line}: {found.name}"
        for found in imports_of(module, source)
        if found.at_run_time
        and (found.name.partition(".")[0] not in at_hand or found.name.startswith(tuple(NOT_INSTALLED)))
    ]


def floats(module: str, source: str) -> list[str]:
    """Return where `source` makes a float."""
    return [
        f"{module}, line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("float", "round"))
    ]


def negated_names(module: str, source: str) -> list[str]:
    """Return where a kernel negates a name: machine code of MicroPython 1.28 changes a parameter itself by that."""
    kernels = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and "micropython.viper" in map(ast.unparse, node.decorator_list)
    ]
    return [
        f"{module}, line {node.lineno}: {ast.unparse(node)}"
        for kernel in kernels
        for node in ast.walk(kernel)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Name)
    ]


@pytest.mark.parametrize("module", FOLDED)
def test_no_kernel_negates_a_name(module):
    assert not negated_names(module, FOLDED[module])


def test_a_negated_name_is_found_in_a_kernel_alone():
    size = "def size(x: int) -> int:\n    return x if x > 0 else -x\n"
    assert negated_names("m", f"@micropython.viper\n{size}") == ["m, line 3: -x"]
    assert not negated_names("m", size + "@micropython.viper\ndef low() -> int:\n    return -3 - array[0]\n")


@pytest.mark.parametrize("module", INSTALLED)
def test_the_firmware_imports_only_what_a_board_has(module):
    assert not missing_imports(module, INSTALLED[module].read_text())


@pytest.mark.parametrize("module", sorted(INSTALLED.keys() - FLOATS.keys()))
def test_the_firmware_computes_in_integers(module):
    assert not floats(module, INSTALLED[module].read_text())


@pytest.mark.parametrize("module", INSTALLED)
def test_the_firmware_compiles_for_the_board(module, tmp_path):
    source = tmp_path / "module.py"
    source.write_text(FOLDED.get(module) or INSTALLED[module].read_text())
    compile_mpy(source, tmp_path / "module.mpy", "-march=armv6m")


@pytest.mark.parametrize(
    "source",
    [
        "import enum",
        "from dataclasses import dataclass",
        "from typing import TYPE_CHECKING",
        "import collections.abc",
        "import machine",
        "from instep.hal.interface import Motor",
        "from instep.hal.machine_api import Pin",
        "def late():\n    import functools",
    ],
)
def test_an_import_that_a_board_lacks_is_found(source):
    assert missing_imports("instep.drive.roller", source)


@pytest.mark.parametrize(
    "source",
    [
        "if TYPE_CHECKING:\n    from instep.hal.interface import Motor",
        "from micropython import const",
        "import instep.axes",
    ],
)
def test_an_import_that_a_board_has_or_never_runs_is_not_reported(source):
    assert not missing_imports("instep.drive.roller", source)


@pytest.mark.parametrize("module", sorted(name for name in INSTALLED if name.startswith("instep.")))
def test_one_module_alone_touches_the_chip(module):
    assert bool(missing_imports(module, "import machine\nimport rp2")) == (module != "instep.hal.rp2")


@pytest.mark.parametrize("source", ["x = 0.5", "y = x / 2", "y /= 2", "z = float(x)", "LIMITS = (1, 2e3)"])
def test_a_float_is_found(source):
    assert floats("instep.drive.roller", source)


@pytest.mark.parametrize("source", ["x = 5 // 2", "y = '1.5'", "z = x >> 3", "# 0.5"])
def test_an_integer_is_not_reported_as_a_float(source):
    assert not floats("instep.drive.roller", source)


def test_a_file_that_does_not_compile_is_reported_with_its_line(tmp_path):
    source = tmp_path / "wrong.py"
    source.write_text("x = 1\ny = = 2\n")
    with pytest.raises(ValueError, match="line 2"):
        compile_mpy(source, tmp_path / "wrong.mpy")


def test_a_module_goes_by_its_dotted_name():
    assert module_name(FIRMWARE / "instep/stroke/foot_scaling.py") == "instep.stroke.foot_scaling"
    assert module_name(FIRMWARE / "instep/stroke/__init__.py") == "instep.stroke"
