"""A board without a processor: code of the board runs on CPython over littlefs on a flash that may lose its power."""

import builtins
import io
import json
import traceback
import zlib
from collections import defaultdict
from types import SimpleNamespace
from typing import ClassVar

from littlefs import lfs

from host_tools.data_folders import FIRMWARE
from tests.keep_disk import BLOCK_BYTES, Flash, LittleDisk, _LittleFile

PICO = "Raspberry Pi Pico with RP2040"
FOLDER = 0x4000
_BLOCKS = 96
_IS_FOLDER = 2  # littlefs


class Reset(BaseException):
    """The board was reset."""


class BoardDisk(LittleDisk):
    """The board's file system, as MicroPython's `os` and `open` show it."""

    def open(self, path, mode="r"):
        return _BoardFile(self, self._do(lfs.file_open, path, mode.replace("b", "")), "b" in mode)

    def ilistdir(self, path):
        handle = self._do(lfs.dir_open, path)
        entries = []
        while entry := self._do(lfs.dir_read, handle):
            if entry.name not in (".", ".."):
                entries.append((entry.name, FOLDER if entry.type == _IS_FOLDER else 0, 0))
        self._do(lfs.dir_close, handle)
        return iter(entries)

    def listdir(self, path):
        return [entry[0] for entry in self.ilistdir(path)]

    def remove(self, path):
        self._do(lfs.remove, path)

    def statvfs(self, path):
        blocks = len(self.flash.buffer) // BLOCK_BYTES
        return (BLOCK_BYTES, BLOCK_BYTES, blocks, blocks - self._system.used_block_count, 0, 0, 0, 0, 0, 255)


class _BoardFile(_LittleFile):
    def __init__(self, disk, handle, is_binary):
        super().__init__(disk, handle)
        self._is_binary = is_binary

    def read(self, count=1 << 16):
        data = super().read(count)
        return data if self._is_binary else data.decode()

    def readinto(self, buffer):
        data = super().read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def write(self, data):
        return super().write(data.encode() if isinstance(data, str) else data)

    def close(self):
        self._disk._do(lfs.file_close, self._handle)


class _DeflateIO:
    """MicroPython's own `deflate`, of which the firmware only reads raw streams."""

    def __init__(self, stream, form, window_bits):
        self._data = zlib.decompress(stream.read(), wbits=-max(window_bits, 9))

    def read(self):
        return self._data


class _Timer:
    ONE_SHOT = 0

    def __init__(self, number, *, mode, period, callback, hard):
        self.is_armed = (mode, hard) == (self.ONE_SHOT, True)
        self.period_ms = period
        self.callback = callback
        LittleBoard.timers.append(self)

    def deinit(self):
        self.is_armed = False


class LittleBoard:
    """Run the board's own code; `printed` is what it said, `scratch` lives through resets."""

    timers: ClassVar[list[_Timer]] = []  # of the latest start

    def __init__(self, flash, machine=PICO):
        self.disk = BoardDisk(flash)
        self.printed = ""
        self.scratch = defaultdict(int)
        self.application = None
        self._sys = SimpleNamespace(
            path=["", ".frozen", "/lib"],
            implementation=SimpleNamespace(name="micropython", version=(1, 28, 0, ""), _machine=machine, _mpy=0x1706),
            print_exception=self._print_exception,
        )
        self.path = self._sys.path

    def _print_exception(self, error, file=None):
        text = "".join(traceback.format_exception_only(error))
        if file is None:
            self.printed += text
        else:
            file.write(text)

    def _print(self, *values):
        self.printed += " ".join(map(str, values)) + "\n"

    def _import(self, name, *_):
        modules = {
            "os": self.disk,
            "sys": self._sys,
            "machine": SimpleNamespace(mem32=self.scratch, reset=self._reset, Timer=_Timer),
            "deflate": SimpleNamespace(DeflateIO=_DeflateIO, RAW=0),
            "hashlib": __import__("hashlib"),
            "json": json,
            "io": io,
            "binascii": __import__("binascii"),
            "micropython": SimpleNamespace(const=lambda value: value),
        }
        if name == "instep.run":
            return self._application()
        if name not in modules:
            raise ImportError(name)
        return modules[name]

    def _application(self):
        """Return the firmware that `start` was given, with the folder of its modules."""
        if isinstance(self.application, Exception):
            raise self.application
        return SimpleNamespace(run=SimpleNamespace(main=self.application))

    def _reset(self):
        raise Reset

    def run(self, code):
        """Run code as the board's; what it prints is added to `printed`, and its JSON lines are returned."""
        before = len(self.printed)
        names = vars(builtins) | {"__import__": self._import, "open": self.disk.open, "print": self._print}
        space = {"__builtins__": names, "__name__": "board"}
        exec(compile(code, "board", "exec"), space)
        lines = self.printed[before:].splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def start(self, application):
        """Power up with `application` as the firmware's main; return whether it ended in a reset."""
        LittleBoard.timers = []
        self._sys.path[:] = ["", ".frozen", "/lib"]
        self.application = application
        source = (FIRMWARE / "ab_boot.py").read_text()
        try:
            self.run(source + "\nstart()\n")
        except Reset:
            return True
        return False

    def put(self, files):
        """Write files by path, with their folders."""
        for path, data in files.items():
            parts = path.split("/")[1:-1]
            for depth in range(1, len(parts) + 1):
                folder = "/" + "/".join(parts[:depth])
                if folder.rpartition("/")[2] not in self.disk.listdir(folder.rpartition("/")[0] or "/"):
                    self.disk.mkdir(folder)
            with self.disk.open(path, "wb") as file:
                file.write(data)

    def text(self, path):
        """Return a file's text."""
        with self.disk.open(path) as file:
            return file.read()


def new_flash():
    """Return a formatted flash."""
    flash = Flash(b"\xff" * (BLOCK_BYTES * _BLOCKS))
    LittleDisk(flash, is_new=True)
    return flash
