"""File systems that lose their power: a double that behaves as littlefs does, and littlefs on a double of flash."""

import errno
import io
from contextlib import suppress
from typing import Any

from littlefs import LittleFS, LittleFSError, UserContext, lfs

from instep.storage.filesystem import WRITE, Filesystem


class PowerCut(BaseException):
    """The power failed; nothing in the firmware catches it."""


class FakeDisk(Filesystem):
    """Files in memory. The power fails at cut point `cut` (0 is the first; None: never); `points` counts them.

    Before and after every operation that changes something is a cut point, and so is every byte of a write. What is
    written reaches `files` when the file is closed; opening it for writing empties it at once; a rename is done or
    not. With `keeps_part` the bytes before the cut have reached the disk: the records need not be spared that.
    """

    def __init__(self, files=None, cut=None, keeps_part=False):
        self.files = {} if files is None else files
        self.points = 0
        self.keeps_part = keeps_part
        self._cut = cut

    def pass_points(self, count=1):
        """Pass `count` cut points; raise PowerCut at the chosen one, then at every other."""
        self.points += count
        if self._cut is not None and self.points > self._cut:
            raise PowerCut

    def open(self, path, mode):
        if mode == WRITE:
            self.pass_points()
            if "/" in path.strip("/") and path.rpartition("/")[0] not in self.files:
                raise OSError(errno.ENOENT, path)
            self.files[path] = b""
            self.pass_points()
            return _Written(self, path)
        if self.files.get(path) is None:
            raise OSError(errno.ENOENT, path)
        return io.BytesIO(self.files[path])

    def rename(self, old, new):
        self.pass_points()
        self.files[new] = self.files.pop(old)
        self.pass_points()

    def mkdir(self, path):
        self.pass_points()
        if path in self.files:
            raise OSError(errno.EEXIST, path)
        self.files[path] = None
        self.pass_points()

    def listdir(self, path):
        if path != "/" and path not in self.files:
            raise OSError(errno.ENOENT, path)
        parted = [name.rpartition("/") for name in self.files]
        return [name for parent, _, name in parted if (parent or "/") == path]


class _Written(io.RawIOBase):
    """A file open for writing."""

    def __init__(self, disk, path):
        super().__init__()
        self._disk = disk
        self._path = path
        self._data = b""

    def writable(self):
        return True

    def write(self, data):
        passed = self._disk.points
        self._data += bytes(data)
        try:
            self._disk.pass_points(len(data))
        except PowerCut:
            if self._disk.keeps_part:
                self._disk.files[self._path] = self._data[: self._disk._cut - passed]
            raise
        return len(data)

    def close(self):
        if not self.closed:
            super().close()
            self._disk.pass_points()
            self._disk.files[self._path] = self._data
            self._disk.pass_points()


class Flash(UserContext):
    """NOR flash whose power fails `eighths_done` into the program or erase number `cut` (0 is the first; None: never).

    `operations` counts programs and erases; `erases` counts erases.
    """

    def __init__(self, image=None, cut=None, eighths_done=4):
        super().__init__(buffer=bytearray(b"\xff" * FLASH_BYTES if image is None else image))
        self.operations = 0
        self.erases = 0
        self._cut = cut
        self._eighths_done = eighths_done

    def is_dead(self):
        """Return True if the power has failed."""
        return self._cut is not None and self.operations > self._cut

    def _done(self, count):
        """Count one operation on `count` bytes; return how many of them it reaches."""
        self.operations += 1
        if not self.is_dead():
            return count
        return count * self._eighths_done // 8 if self.operations == self._cut + 1 else 0

    def prog(self, cfg, block, off, data):
        start = block * BLOCK_BYTES + off
        for place in range(self._done(len(data))):
            self.buffer[start + place] &= data[place]  # programming only clears bits
        return LittleFSError.Error.LFS_ERR_IO if self.is_dead() else 0

    def erase(self, cfg, block):
        self.erases += 1
        count = self._done(BLOCK_BYTES)
        start = block * BLOCK_BYTES
        self.buffer[start : start + count] = b"\xff" * count
        return LittleFSError.Error.LFS_ERR_IO if self.is_dead() else 0


# As MicroPython mounts it on an RP2: blocks of 4096 bytes, programs of 256, a cache of four of them.
BLOCK_BYTES = 4096
BLOCKS = 24
FLASH_BYTES = BLOCKS * BLOCK_BYTES
_GEOMETRY: dict[str, Any] = {
    "block_size": BLOCK_BYTES,
    "read_size": 32,
    "prog_size": 256,
    "cache_size": 1024,
    "lookahead_size": 32,
    "block_cycles": 100,
}


class LittleDisk(Filesystem):
    """Littlefs on `flash`: mounted as found, or formatted first."""

    def __init__(self, flash, is_new=False):
        self.flash = flash
        self._system = LittleFS(flash, mount=False, block_count=len(flash.buffer) // BLOCK_BYTES, **_GEOMETRY)
        if is_new:
            self._system.format()
        self._system.mount()

    def _do(self, function, *arguments):
        """Call a function of littlefs; raise PowerCut once the power has failed, else OSError as the board does."""
        try:
            return function(self._system.fs, *arguments)
        except LittleFSError as error:
            if self.flash.is_dead():
                raise PowerCut from error
            raise OSError(-error.code, str(error)) from error

    def open(self, path, mode):
        return _LittleFile(self, self._do(lfs.file_open, path, mode))

    def rename(self, old, new):
        self._do(lfs.rename, old, new)

    def mkdir(self, path):
        self._do(lfs.mkdir, path)

    def listdir(self, path):
        handle = self._do(lfs.dir_open, path)
        names = []
        while entry := self._do(lfs.dir_read, handle):
            names.append(entry.name)
        self._do(lfs.dir_close, handle)
        return names


class _LittleFile:
    """An open file of littlefs, as MicroPython gives it."""

    def __init__(self, disk, handle):
        self._disk = disk
        self._handle = handle

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        with suppress(*([PowerCut] if kind is PowerCut else [])):
            self._disk._do(lfs.file_close, self._handle)

    def read(self, count):
        return self._disk._do(lfs.file_read, self._handle, count)

    def readinto(self, buffer):
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def write(self, data):
        return self._disk._do(lfs.file_write, self._handle, bytes(data))
