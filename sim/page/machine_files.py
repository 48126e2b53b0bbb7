"""Make the files of the page's MicroPython: the .mpy files that a board gets, and the simulator around them."""

import functools
import tempfile
from pathlib import Path

from sim.page.errors import PageBuildError
from sim.page.shake import ROOT, Gathering, Place
from sim.page.sources import (
    FAULTS,
    FIRMWARE,
    board_modules,
    compile_firmware,
    compile_mpy,
)

_VM = "sim.page.vm"
# The entry points that JavaScript calls.
_ENTRIES = ((f"{_VM}.world", "World"), (f"{_VM}.doctor", "verdicts"))

# Replacements of modules that MicroPython lacks, by the name that the simulator imports.
_STAND_INS = {
    "numpy": "arrays",
    "zlib": "stand_ins",
    "dataclasses": "stand_ins",
    "difflib": "stand_ins",
    "types": "stand_ins",
    "random": "chance",
    "importlib": "stand_ins",
}

# Replaced definitions: the display shows points, the plant steps in JavaScript, and the figures come from there.
_INSTEAD: dict[Place, Place] = {
    ("sim.hal", "SimDisplay"): (f"{_VM}.display", "PageDisplay"),
    ("sim.plant.machine", "Plant"): (f"{_VM}.plant", "PagePlant"),
    ("sim.filesystem", "_Written"): (f"{_VM}.disk", "WrittenFile"),
    ("sim.people", "load_person"): (f"{_VM}.figures", "same_person"),
    ("sim.plant.figures", "load_figures"): (f"{_VM}.figures", "same_figures"),
}
_FIRMWARE_SLOT = "/lib"


def machine_files() -> dict[str, bytes]:
    """Return every file of the page's MicroPython by its path; raise PageBuildError if one cannot be made."""
    texts = _simulator_texts()
    files = {f"{_FIRMWARE_SLOT}/{path}": data for path, data in compile_firmware(outsiders=texts.values()).items()}
    for name, text in texts.items():
        files[f"{_FIRMWARE_SLOT}/{_path_of(name)}.mpy"] = _compiled(name, text)
    return files


def _simulator_texts() -> dict[str, str]:
    gathering = Gathering(_find, _INSTEAD, frozenset(_STAND_INS))
    for entry in _ENTRIES:
        gathering.add(*entry)
    # A fault names its effect's class in a text, which no import shows.
    for fault in FAULTS.values():
        module, _, name = fault.effect.partition(".")
        gathering.add(f"sim.faults.effects.{module}", name)
    adapt = board_modules().outsider
    return {name: adapt(text) for name, text in gathering.texts().items()}


def _path_of(module: str) -> str:
    """Return the path at which MicroPython looks for a module: a package is a folder with `__init__.py`."""
    found = _find(module)
    is_package = found is not None and found.name == "__init__.py"
    return module.replace(".", "/") + ("/__init__" if is_package else "")


def _find(module: str) -> Path | None:
    """Return the file of a module of the simulator, None for a module that MicroPython or the board has."""
    if module in _STAND_INS:
        return ROOT / _VM.replace(".", "/") / f"{_STAND_INS[module]}.py"
    top = module.partition(".")[0]
    if top == "instep":
        path = FIRMWARE.joinpath(*module.split(".")).with_suffix(".py")
        return path if path.is_file() and not _is_on_board(module) else None
    if top in ("sim", "host_tools"):
        path = ROOT.joinpath(*module.split("."))
        for candidate in (path.with_suffix(".py"), path / "__init__.py"):
            if candidate.is_file():
                return candidate
    return None


@functools.cache
def _is_on_board(module: str) -> bool:
    """Return True if a board gets this firmware module; some are for the laptop, or hold only folded constants."""
    package, _, name = module.rpartition(".")
    plain = f"from {package} import {name}"
    return module in board_modules().sources or plain not in board_modules().outsider(f"{plain}\n{name}\n")


def _compiled(name: str, text: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{name.rpartition('.')[2]}.py"
        source.write_text(text, encoding="utf-8")
        output = source.with_suffix(".mpy")
        try:
            compile_mpy(source, output)
        except ValueError as error:
            raise PageBuildError(f"MicroPython cannot compile {name} as the page needs it: {error}") from None
        return output.read_bytes()
