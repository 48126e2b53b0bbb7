"""Hold the installed files against their CRCs: a small slice at a time, while nothing can move."""

from binascii import crc32

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from io import BufferedReader, BytesIO

# What is known: nothing yet, all files are whole, one is not.
TESTING, SOUND, DAMAGED = range(3)

_SLICE_BYTES = const(512)


class ImageTest:
    """Test `files` (path, CRC-32) one after the other, anew after `begin`; `damaged` names one that is not whole.

    Opening a file allocates: `slice` is for the time in which the relay is open.
    """

    def __init__(
        self, files: "Sequence[tuple[str, int]]", open_file: "Callable[[str, str], BufferedReader | BytesIO]"
    ) -> None:
        self._files = files
        self._open = open_file
        self._buffer = bytearray(_SLICE_BYTES)
        self._view = memoryview(self._buffer)
        self._stream: BufferedReader | BytesIO | None = None
        self._crc = 0
        self.begin()

    def begin(self) -> None:
        """Forget what was found and start with the first file."""
        self._close()
        self._at = 0
        self.state = TESTING
        self.damaged = ""

    def slice(self) -> bool:
        """Test one slice; return whether there was something to do."""
        if self.state != TESTING:
            return False
        if self._at == len(self._files):
            self.state = SOUND
            return True
        path, due = self._files[self._at]
        try:
            is_at_end = self._read(path)
        except OSError:
            self._end_file(path, False)
            return True
        if is_at_end:
            self._end_file(path, self._crc == due)
        return True

    def _read(self, path: str) -> bool:
        """Read a slice of a file; return whether that was its end."""
        if self._stream is None:
            self._stream = self._open(path, "rb")
        size: int = self._stream.readinto(self._buffer)
        self._crc = crc32(self._view[:size], self._crc)
        return size < _SLICE_BYTES

    def _end_file(self, path: str, is_whole: bool) -> None:
        self._close()
        self._at += 1
        if not is_whole:
            self.damaged = path
            self.state = DAMAGED

    def _close(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        self._crc = 0
