"""Explain which MicroPython a board needs and how to install it."""

import string
import sys
from pathlib import Path

from host_tools.errors import InstepError

MIN_VERSION = (1, 28)

# The chip in MicroPython's name of the board, and MicroPython's release for that board.
NAMES = {"rp2040": "RP2040", "rp2350": "RP2350"}
_RELEASES = {"rp2040": "RPI_PICO-20260406-v1.28.0.uf2", "rp2350": "RPI_PICO2-20260406-v1.28.0.uf2"}
_DOWNLOADS = "https://micropython.org/resources/firmware"

# A board that waits for a UF2 file shows a drive with this file.
_DRIVE_MARK = "INFO_UF2.TXT"
_MOUNTS = ("media/*", "media/*/*", "run/media/*/*", "Volumes/*")


def install_advice(chip: str, drive: Path | None = None) -> str:
    """Return how to install MicroPython on a board that waits at `drive`, or has to be set to wait."""
    name = _RELEASES[chip]
    where = str(drive) if drive else "the drive that appears"
    hold = "" if drive else "hold BOOTSEL while plugging the board in, "
    return f"download {_DOWNLOADS}/{name}, {hold}copy {name} onto {where}, then run: instep flash"


def missing(chip: str, none_found: InstepError) -> InstepError:
    """Return the error for a missing board; one may be waiting for MicroPython."""
    drive = next(iter(waiting_drives()), None)
    if drive is None:
        return InstepError(
            none_found.message, f"{none_found.advice}\nWithout MicroPython on it: {install_advice(chip)}"
        )
    message = f"The board at {drive} has no MicroPython: it waits for a UF2 file."
    return InstepError(message, f"Put it there: {install_advice(chip, drive)}")


def waiting_drives(root: Path = Path("/")) -> list[Path]:
    """Return the drives of boards that wait for a UF2 file."""
    if sys.platform.startswith("win"):
        places = [Path(f"{letter}:/") for letter in string.ascii_uppercase]
    else:
        places = [place for pattern in _MOUNTS for place in sorted(root.glob(pattern))]
    return [place for place in places if _has_mark(place)]


def _has_mark(place: Path) -> bool:
    try:
        return (place / _DRIVE_MARK).is_file()
    except OSError:
        return False  # a drive without a medium, or of another user
