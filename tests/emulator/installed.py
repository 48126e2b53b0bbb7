"""What `instep flash` leaves on a board, put straight into its flash: quicker than sending it, the same files."""

from collections.abc import Mapping

from host_tools.flash.image import build_image
from tests.emulator.image import FILES_AT, file_system
from tests.emulator.pico import Pico

SLOT = "a"


def install(pico: Pico, board: str = "pico", more: Mapping[str, bytes] | None = None) -> None:
    """Put the firmware into slot a of an emulated board, confirmed; `more` are files beside it, or in its place."""
    image, _ = build_image(board)
    files = {f"/{SLOT}/{path}": content for path, content in image.files.items()}
    files |= {f"/{path}": content for path, content in image.roots.items()}
    files |= {"/slot": SLOT.encode(), f"/{SLOT}/manifest": image.manifest.encode()}
    disk = file_system(files | dict(more or {}))
    pico.mcu.flash[FILES_AT : FILES_AT + len(disk)] = disk
