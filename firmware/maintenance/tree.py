"""List the files of a folder on the board, each with its SHA-256.

The laptop sends these modules to a board in maintenance mode and runs them there; they are never installed.
"""

import hashlib
import os
from binascii import hexlify

POINTER = "/slot"
REASON = "/reason"
SLOTS = ("a", "b")
MANIFEST = "manifest"

_FOLDER = 0x4000
_BUFFER_BYTES = 2048
_buffer = bytearray(_BUFFER_BYTES)


def sha256_of(path: str) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits; raise OSError."""
    digest = hashlib.sha256()
    view = memoryview(_buffer)
    with open(path, "rb") as file:
        while count := file.readinto(_buffer):
            digest.update(view[:count])
    return hexlify(digest.digest()).decode()


def sha256_of_text(text: str) -> str:
    """Return the SHA-256 of a text as 64 hexadecimal digits."""
    return hexlify(hashlib.sha256(text.encode()).digest()).decode()


def read_text(path: str) -> str:
    """Return a file's text; empty if it is missing."""
    try:
        with open(path) as file:
            text: str = file.read()
            return text
    except OSError:
        return ""


def files_in(folder: str) -> "list[str]":
    """Return the paths below a folder, `programs/demo.bin`, sorted; empty if the folder is missing."""
    found: list[str] = []
    if folder[1:] in os.listdir("/"):
        _collect(folder, "", found)
    return sorted(found)


def _collect(folder: str, prefix: str, found: "list[str]") -> None:
    for entry in os.ilistdir(folder):
        path = prefix + entry[0]
        if entry[1] == _FOLDER:
            _collect(folder + "/" + entry[0], path + "/", found)
        else:
            found.append(path)


def listing(folder: str) -> str:
    """Return the text that the manifest should have: a line `SHA-256  path` for every other file, sorted by path."""
    paths = [path for path in files_in(folder) if path != MANIFEST]
    return "".join(["%s  %s\n" % (sha256_of(folder + "/" + path), path) for path in paths])
