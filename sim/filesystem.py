"""The board's file system in memory: a write takes effect when its file is closed, as in littlefs."""

import errno
import io
from typing import Any

from instep.storage.filesystem import WRITE, Filesystem
from instep.storage.store import Store


class MemoryFilesystem(Filesystem):
    """Files by path, folders with None for content; `files` outlives resets and power cuts."""

    def __init__(self, files: dict[str, bytes | None] | None = None) -> None:
        self.files = {} if files is None else files

    def open(self, path: str, mode: str) -> Any:
        """Open a file; opening for writing empties it at once."""
        if mode == WRITE:
            if path.rpartition("/")[0] not in self.files:
                raise OSError(errno.ENOENT, path)
            self.files[path] = b""
            return _Written(self.files, path)
        content = self.files.get(path)
        if content is None:
            raise OSError(errno.ENOENT, path)
        return io.BytesIO(content)

    def rename(self, old: str, new: str) -> None:
        """Rename a file, replacing `new`."""
        if old not in self.files:
            raise OSError(errno.ENOENT, old)
        self.files[new] = self.files.pop(old)

    def mkdir(self, path: str) -> None:
        """Make a folder."""
        if path in self.files:
            raise OSError(errno.EEXIST, path)
        self.files[path] = None

    def listdir(self, path: str) -> list[str]:
        """Return the names in a folder."""
        if path != "/" and path not in self.files:
            raise OSError(errno.ENOENT, path)
        parted = [name.rpartition("/") for name in self.files]
        return [name for parent, _, name in parted if (parent or "/") == path]


class _Written(io.BytesIO):
    """A file open for writing."""

    def __init__(self, files: dict[str, bytes | None], path: str) -> None:
        super().__init__()
        self._files = files
        self._path = path

    def close(self) -> None:
        """Write the content to the disk."""
        if not self.closed:
            self._files[self._path] = self.getvalue()
        super().close()


def installed_filesystem() -> MemoryFilesystem:
    """Return a disk as the installer leaves it: folders made, default settings written."""
    disk = MemoryFilesystem()
    store = Store(disk)
    store.load()
    store.set_up()
    store.flush()
    return disk
