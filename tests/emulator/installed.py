"""What `instep flash` leaves on a board, put straight into its flash: quicker than sending it, the same files."""

from host_tools.flash.image import build_image
from tests.emulator.image import FILES_AT, file_system
from tests.emulator.pico import Pico

SLOT = "a"


def install(pico: Pico, board: str = "pico") -> None:
    """Put the firmware into slot a of an emulated board, confirmed."""
    image, _ = build_image(board)
    files = {f"/{SLOT}/{path}": content for path, content in image.files.items()}
    files |= {f"/{path}": content for path, content in image.roots.items()}
    files |= {"/slot": SLOT.encode(), f"/{SLOT}/manifest": image.manifest.encode()}
    disk = file_system(files)
    pico.mcu.flash[FILES_AT : FILES_AT + len(disk)] = disk
