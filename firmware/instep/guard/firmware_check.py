"""Compare the installed files with their manifest: a small slice at a time, while nothing can move."""

from binascii import hexlify
from hashlib import sha256

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from io import BufferedReader, BytesIO

# The result: not known yet, all files are intact, one is damaged.
TESTING, SOUND, DAMAGED = range(3)

MANIFEST = "manifest"
_SLICE_BYTES = const(512)
# A line of the manifest: SHA-256 in hexadecimal digits, two spaces, path.
_DIGEST_DIGITS = const(64)
_PATH_AT = const(66)


class FirmwareCheck:
    """Check every file in the manifest of `folder`, again after each `begin`; `damaged` is the first damaged one.

    `open_file` opens a path for reading bytes, which allocates: `slice` is for the time in which the relay is open.
    """

    def __init__(self, folder: str, open_file: "Callable[[str], BufferedReader | BytesIO]") -> None:
        self._folder = folder
        self._open = open_file
        self._buffer = bytearray(_SLICE_BYTES)
        self._view = memoryview(self._buffer)
        self._manifest: BufferedReader | BytesIO | None = None
        self._stream: BufferedReader | BytesIO | None = None
        self._line = b""
        self._hash = sha256()
        self.begin()

    def begin(self) -> None:
        """Discard the result and start with the first file."""
        self._close()
        self.state = TESTING
        self.damaged = b""

    def slice(self) -> bool:
        """Check one slice; return False if nothing is left to do."""
        if self.state != TESTING:
            return False
        try:
            self._go_on()
        except (OSError, ValueError):  # a missing file, or a path that is not valid
            self._fail()
        return True

    def _go_on(self) -> None:
        if self._manifest is None:
            self._line = b""
            self._manifest = self._open(self._folder + "/" + MANIFEST)
        elif self._stream is None:
            self._open_next(self._manifest)
        else:
            self._read(self._stream)

    def _open_next(self, manifest: "BufferedReader | BytesIO") -> None:
        """Open the file of the manifest's next line; after the last line all are sound, if there was one."""
        line = manifest.readline()
        if line:
            self._line = line
            self._stream = self._open(self._folder + "/" + self._path().decode())
            self._hash = sha256()
        elif self._line:
            self._close()
            self.state = SOUND
        else:
            self._fail()

    def _read(self, stream: "BufferedReader | BytesIO") -> None:
        """Read a slice of the file; at its end its digest has to be the manifest's."""
        size: int = stream.readinto(self._buffer)
        self._hash.update(self._view[:size])
        if size == _SLICE_BYTES:
            return
        if hexlify(self._hash.digest()) == self._line[:_DIGEST_DIGITS]:
            stream.close()
            self._stream = None
        else:
            self._fail()

    def _path(self) -> bytes:
        return self._line[_PATH_AT:].rstrip()

    def _fail(self) -> None:
        self.damaged = self._path() or MANIFEST.encode()
        self.state = DAMAGED
        self._close()

    def _close(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        if self._manifest is not None:
            self._manifest.close()
            self._manifest = None
