"""A file that is being written, for the simulator's disk in memory: MicroPython's own streams cannot be extended."""

from io import BytesIO


class WrittenFile:
    """A file open for writing; its content reaches the disk when it is closed."""

    def __init__(self, files: "dict[str, bytes | None]", path: str) -> None:
        self._files = files
        self._path = path
        self._stream = BytesIO()
        self._is_closed = False

    def __enter__(self) -> "WrittenFile":
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.close()

    def write(self, data: "bytes | bytearray | memoryview[int]") -> int:
        """Append bytes."""
        return self._stream.write(data)

    def flush(self) -> None:
        """Do nothing: memory needs no flushing."""

    def close(self) -> None:
        """Write the content to the disk."""
        if not self._is_closed:
            self._is_closed = True
            self._files[self._path] = self._stream.getvalue()
