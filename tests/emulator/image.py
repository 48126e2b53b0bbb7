"""MicroPython's image, and file systems to put beside it."""

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from littlefs import LittleFS, UserContext
from rp2040py.utils.firmware_retrieve import MICROPYTHON

VARIABLE = "INSTEP_UF2"
_CACHE = Path.home() / ".cache/rp2040py"
_OLDEST = (1, 28)

FILES_AT = 0xA0000
_BLOCK_BYTES = 4096
_BLOCKS = 352
_PROGRAM_BYTES = 256
_DISK_VERSION = 0x00020000

HOW_TO_GET_ONE = (
    f"no MicroPython image: set {VARIABLE} to the path of one for the Raspberry Pi Pico, 1.28 or newer"
    " (RPI_PICO-…-v1.28.0.uf2 from micropython.org),"
    " or let `rp2040py micropython --image 1.28.0` put it into its cache"
)


def find_uf2() -> Path | None:
    """Return the image that the environment names, else the newest fit one in the emulator's cache, else None.

    Raises FileNotFoundError when the environment names a missing file.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).resolve(strict=True)
    return next((path for path in map(_cached, _fit_versions()) if path.is_file()), None)


def _fit_versions() -> list[str]:
    """Return the names of images that will do, the newest first."""
    assert MICROPYTHON.boards is not None
    known = MICROPYTHON.boards["pico"].fw
    released = [version for version in known if version.replace(".", "").isdigit()]
    fit = [version for version in released if _parts(version) >= _OLDEST]
    return [known[version] for version in sorted(fit, key=_parts, reverse=True)]


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _cached(url: str) -> Path:
    return _CACHE / PurePosixPath(url).name


def file_system(files: Mapping[str, bytes]) -> bytes:
    """Return a file system as MicroPython makes it on a Pico's flash, with `files` (absolute path → content) in it."""
    disk = LittleFS(
        context=UserContext(buffsize=_BLOCK_BYTES * _BLOCKS),
        block_size=_BLOCK_BYTES,
        block_count=_BLOCKS,
        prog_size=_PROGRAM_BYTES,
        disk_version=_DISK_VERSION,
    )
    for path, content in files.items():
        disk.makedirs(str(PurePosixPath(path).parent), exist_ok=True)
        with disk.open(path, "wb") as file:
            file.write(content)
    disk.unmount()
    return bytes(disk.context.buffer)
