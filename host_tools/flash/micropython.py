"""Which MicroPython a board needs, and how it gets it."""

import string
import sys
from pathlib import Path

from host_tools.errors import InstepError

MIN_VERSION = (1, 28)

# What MicroPython calls the chip, at the end of the board's name; and its release for it.
NAMES = {"rp2040": "RP2040", "rp2350": "RP2350"}
_RELEASES = {"rp2040": "RPI_PICO-20260406-v1.28.0.uf2", "rp2350": "RPI_PICO2-20260406-v1.28.0.uf2"}
_DOWNLOADS = "https://micropython.org/resources/firmware"

# A board that waits for a UF2 file is a drive with this file on it.
_DRIVE_MARK = "INFO_UF2.TXT"
_MOUNTS = ("media/*", "media/*/*", "run/media/*/*", "Volumes/*")


def install_advice(chip: str, drive: Path | None = None) -> str:
    """Return how to put MicroPython on a board, which waits for it at `drive` or is yet to be told to."""
    name = _RELEASES[chip]
    where = str(drive) if drive else "the drive that appears"
    hold = "" if drive else "hold BOOTSEL while plugging the board in, "
    return f"download {_DOWNLOADS}/{name}, {hold}copy {name} onto {where}, then run: instep flash"


def missing(chip: str, none_found: InstepError) -> InstepError:
    """Return what to say when no board was found: one may be waiting for MicroPython."""
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
        return False  # a drive without a medium, or somebody else's
