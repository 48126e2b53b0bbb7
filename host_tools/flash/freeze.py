"""Write what a MicroPython image freezes: the modules as a board gets them, and a mark that identifies them."""

import functools
import hashlib
import shutil
from pathlib import Path

from host_tools.flash.modules import ROOT_FILES, board_modules, path_of, root_file
from instep.version import VERSION

# The module by which a board knows that the firmware is frozen into its MicroPython, and which one.
MARK_FILE = "instep_frozen.py"


@functools.cache
def source_digest() -> str:
    """Return the SHA-256 of the modules' sources, which identifies the firmware whatever compiles it."""
    digest = hashlib.sha256()
    for name, text in sorted(_modules().items()):
        digest.update(f"{name} {len(text)}\n{text}".encode())
    return digest.hexdigest()


def frozen_sources() -> dict[str, str]:
    """Return the sources to freeze by path: the modules, the files that start them, and the mark."""
    return _modules() | {MARK_FILE: f'VERSION = "{VERSION}"\nDIGEST = "{source_digest()}"\n'}


def write_frozen_sources(folder: Path) -> None:
    """Replace the content of `folder` by the sources to freeze; raise OSError."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in frozen_sources().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _modules() -> dict[str, str]:
    modules = {path_of(name).replace(".mpy", ".py"): text for name, text in board_modules().sources.items()}
    return modules | {name: root_file(name).read_text(encoding="utf-8") for name in ROOT_FILES}
