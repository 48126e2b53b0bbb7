"""Receive a new firmware into the unused slot, and let the next start try it.

Until `finish` renames the pointer, no file that the board starts from is changed. If the cable is pulled before,
the old firmware runs again, and the transfer can be repeated.
"""

import json
import os
from binascii import a2b_base64
from io import BytesIO

import deflate

from maintenance.tree import MANIFEST, POINTER, files_in, listing, read_text, sha256_of, sha256_of_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from io import BufferedWriter

NEW = ".new"
BEFORE = ".before"  # files of the user that the first firmware replaces
_WINDOW_BITS = 12  # the laptop packs chunks of 4 KiB
_COPY_BYTES = 2048


class Receiver:
    """Fill one slot's folder with copies of files on the board and with chunks from the laptop."""

    def __init__(self, slot: str, pointer: str) -> None:
        """Begin in `slot`; `pointer`, which names another slot, is written first if the board has a different one."""
        self._folder = "/" + slot
        self._incoming: list[tuple[str, int]] = []
        self._file: BufferedWriter | None = None
        self._left = 0
        self._done = 0
        self._is_first = not read_text(POINTER)
        if pointer and pointer != read_text(POINTER):
            _replace(POINTER, pointer)

    def prepare(self, kept: "list[str]", source: str, copied: "list[str]", incoming: "list[tuple[str, int]]") -> None:
        """Delete all files of the slot except `kept`, then copy files of the slot `source`.

        `incoming` (path, bytes) will follow. Raises OSError after reporting it to the laptop.
        """
        try:
            self._clear(kept)
            for path in copied:
                target = self._folder + "/" + path
                self._make_folders(target)
                _copy("/" + source + "/" + path, target)
            self._incoming = incoming
            self._open_next()
        except OSError as error:
            _report_error(error)
            raise
        _report({"instep": "prepared"})

    def put(self, packed: bytes) -> None:
        """Write one chunk, base64 of raw deflate; raise OSError after reporting it to the laptop."""
        data = deflate.DeflateIO(BytesIO(a2b_base64(packed)), deflate.RAW, _WINDOW_BITS).read()
        try:
            self._write(memoryview(data))
        except OSError as error:
            _report_error(error)
            raise
        self._done += len(data)
        _report({"instep": "received", "bytes": self._done})

    def finish(self, digest: str, roots: "dict[str, str]", pointer: str) -> None:
        """Check every byte on the board, then write `pointer`; if a byte differs, only report the damage.

        digest: SHA-256 of the slot's listing; roots: SHA-256 of the new files outside the slots, by name.
        """
        try:
            text = listing(self._folder)
            is_sound = sha256_of_text(text) == digest
            for name in roots:
                is_sound = is_sound and sha256_of("/" + name + NEW) == roots[name]
            if is_sound:
                self._commit(text, roots, pointer)
        except OSError as error:
            _report_error(error)
            raise
        _report({"instep": "committed" if is_sound else "damaged", "listing": "" if is_sound else text})

    def _commit(self, text: str, roots: "dict[str, str]", pointer: str) -> None:
        _replace(self._folder + "/" + MANIFEST, text)
        for name in roots:
            if self._is_first and name in os.listdir("/"):
                os.rename("/" + name, "/" + name + BEFORE)
            os.rename("/" + name + NEW, "/" + name)
        _replace(POINTER, pointer)

    def _clear(self, kept: "list[str]") -> None:
        for path in files_in(self._folder):
            if path not in kept:
                os.remove(self._folder + "/" + path)

    def _open_next(self) -> None:
        """Open the next incoming file that is not empty; create the empty ones before it."""
        while self._left == 0 and self._incoming:
            path, self._left = self._incoming.pop(0)
            self._make_folders(path)
            self._file = open(path, "wb")  # noqa: SIM115 - closed after its last byte
            if self._left == 0:
                self._file.close()

    def _write(self, data: memoryview) -> None:
        while data:
            if self._left == 0:
                raise ValueError("more bytes than were announced")
            count = min(self._left, len(data))
            self._file.write(data[:count])
            data = data[count:]
            self._left -= count
            if self._left == 0:
                self._file.close()
                self._open_next()

    def _make_folders(self, path: str) -> None:
        parts = path.split("/")[1:-1]
        parent = "/"
        for part in parts:
            if part not in os.listdir(parent):
                os.mkdir(parent.rstrip("/") + "/" + part)
            parent = parent.rstrip("/") + "/" + part


def _copy(source: str, target: str) -> None:
    buffer = bytearray(_COPY_BYTES)
    view = memoryview(buffer)
    with open(source, "rb") as old, open(target, "wb") as new:
        while count := old.readinto(buffer):
            new.write(view[:count])


def _replace(path: str, text: str) -> None:
    """Replace a file by one rename."""
    with open(path + NEW, "w") as file:
        file.write(text)
    os.rename(path + NEW, path)


def _report(report: "dict[str, object]") -> None:
    print(json.dumps(report))


def _report_error(error: OSError) -> None:
    _report({"instep": "error", "errno": error.errno})
