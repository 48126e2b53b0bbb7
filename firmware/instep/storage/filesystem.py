"""The file system as the records use it, and the gate that keeps it from being written while anything moves."""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from io import BufferedReader, BufferedWriter

READ = "rb"
WRITE = "wb"


class MovingError(RuntimeError):
    """A write was asked for while something may move: flash stops all interrupts for up to 400 ms."""


class Filesystem:
    """The board's own file system; a double offers the same methods. All raise OSError."""

    def open(self, path: str, mode: str) -> "BufferedReader | BufferedWriter":
        """Open a file with mode READ or WRITE."""
        return open(path, mode)

    def rename(self, old: str, new: str) -> None:
        """Rename a file, replacing `new`: the old content or the new, never neither."""
        os.rename(old, new)

    def mkdir(self, path: str) -> None:
        """Make a folder."""
        os.mkdir(path)

    def listdir(self, path: str) -> "list[str]":
        """Return the names in a folder."""
        return os.listdir(path)


class Folder:
    """One folder of `disk`; it is written only while `may_write`, which the caller sets when nothing moves."""

    def __init__(self, disk: "Filesystem", path: str) -> None:
        self._disk = disk
        self._path = path
        self.may_write = False

    def has(self, name: str) -> bool:
        """Tell whether a file is there; raise OSError.

        Looking is surer than trying to open it: the number of "no such file" differs between MicroPython's ports.
        """
        return self._is_there() and name in self._disk.listdir(self._path)

    def open(self, name: str, mode: str) -> "BufferedReader | BufferedWriter":
        """Open a file of this folder; raise MovingError, OSError."""
        if mode != READ:
            self._require_rest()
        return self._disk.open(self._path + "/" + name, mode)

    def rename(self, old: str, new: str) -> None:
        """Rename a file of this folder; raise MovingError, OSError."""
        self._require_rest()
        self._disk.rename(self._path + "/" + old, self._path + "/" + new)

    def make(self) -> None:
        """Make the folder unless it is there; raise MovingError, OSError."""
        self._require_rest()
        if not self._is_there():
            self._disk.mkdir(self._path)

    def _is_there(self) -> bool:
        parent, _, name = self._path.rpartition("/")
        return name in self._disk.listdir(parent or "/")

    def _require_rest(self) -> None:
        if not self.may_write:
            raise MovingError("flash must not be written while something may move")
