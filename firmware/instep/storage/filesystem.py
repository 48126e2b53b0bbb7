"""The file system as the records use it, and the lock against writing while anything may move."""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from io import BufferedReader, BufferedWriter

READ = "rb"
WRITE = "wb"


class MovingError(RuntimeError):
    """A write was requested while something may move: writing flash stops all interrupts for up to 400 ms."""


class Filesystem:
    """The board's own file system; the simulator's has the same methods. All raise OSError."""

    def open(self, path: str, mode: str) -> "BufferedReader | BufferedWriter":
        """Open a file with mode READ or WRITE."""
        return open(path, mode)

    def rename(self, old: str, new: str) -> None:
        """Rename a file, replacing `new` in one step: a power cut leaves the old or the new content."""
        os.rename(old, new)

    def mkdir(self, path: str) -> None:
        """Create a folder."""
        os.mkdir(path)

    def listdir(self, path: str) -> "list[str]":
        """Return the names in a folder."""
        return os.listdir(path)


class Folder:
    """One folder of `disk`; it is written only while `may_write` is True, which the caller sets when nothing moves."""

    def __init__(self, disk: "Filesystem", path: str) -> None:
        self._disk = disk
        self._path = path
        self.may_write = False

    def has(self, name: str) -> bool:
        """Return True if the folder has the file; raise OSError.

        It is listed, not opened: the error number of "no such file" differs between MicroPython's ports.
        """
        return self._exists() and name in self._disk.listdir(self._path)

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
        """Create the folder if it is missing; raise MovingError, OSError."""
        self._require_rest()
        if not self._exists():
            self._disk.mkdir(self._path)

    def _exists(self) -> bool:
        parent, _, name = self._path.rpartition("/")
        return name in self._disk.listdir(parent or "/")

    def _require_rest(self) -> None:
        if not self.may_write:
            raise MovingError("flash must not be written while something may move")
