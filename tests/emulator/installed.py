"""What `instep flash` leaves on a board, put straight into its flash: quicker than sending it, the same files."""

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from host_tools.board.load import find
from host_tools.flash.compile import compile_firmware
from host_tools.flash.image import build_image
from tests.emulator.image import FILES_AT, file_system
from tests.emulator.pico import Pico

SLOT = "a"
_MHZ = re.compile(r"^mhz = \d+", re.MULTILINE)


def install(pico: Pico, board: str = "pico", more: Mapping[str, bytes] | None = None) -> None:
    """Put the firmware into slot a of an emulated board, confirmed; `more` are files beside it, or in its place."""
    image, chip = build_image(board)
    files = {f"/{SLOT}/{path}": content for path, content in image.files.items()}
    scripts = [content.decode() for path, content in (more or {}).items() if path.endswith(".py")]
    files |= {f"/{SLOT}/{path}": content for path, content in compile_firmware(chip, scripts).items()}
    files |= {f"/{path}": content for path, content in image.roots.items()}
    files |= {"/slot": SLOT.encode(), f"/{SLOT}/manifest": image.manifest.encode()}
    disk = file_system(files | dict(more or {}))
    pico.mcu.flash[FILES_AT : FILES_AT + len(disk)] = disk


def install_at(pico: Pico, mhz: int, more: Mapping[str, bytes] | None = None) -> None:
    """Do the same with a clock of `mhz`; 0 is the one that the board's file asks for."""
    if not mhz:
        install(pico, more=more)
        return
    text = find("pico").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        board = Path(folder) / "board.toml"
        board.write_text(_MHZ.sub(f"mhz = {mhz}", text), encoding="utf-8")
        install(pico, str(board), more)
