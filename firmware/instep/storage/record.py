"""A record in two files that are written in turn: one of them can be read after a power cut at any moment.

    magic     4 bytes   "ISKP"
    schema    2 bytes   version of the payload's layout
    length    2 bytes   of the payload
    sequence  4 bytes   counts the saves, from 1; after the greatest comes 0
    payload
    CRC-32    4 bytes   over everything before it

All numbers are little-endian. A save writes a third file, reads it back and renames it over the older of the two.
"""

import struct
from binascii import crc32
from errno import EIO

from instep.storage.filesystem import READ, WRITE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.storage.filesystem import Folder

MAGIC = b"ISKP"
HEADER_FORMAT = "<4sHHI"
HEADER_BYTES = 12
CRC_FORMAT = "<I"
CRC_BYTES = 4

# Outcome of a load. OLDER: the newest file is missing or refused, the one before is used. LOST: no file is usable.
NEVER_SAVED, LOADED, OLDER, LOST = range(4)

# Condition of a file. TOO_NEW: intact, but written by a later firmware.
_ABSENT, _REFUSED, _TOO_NEW, _USABLE = range(4)

# Next step of a save. A step erases at most two blocks of flash: 0.8 s by its data sheet, under the watchdog's 1 s.
# Creating the file is a step of its own: together with writing it, littlefs may have to move its own data twice.
# (Once in 20,000 saves there is a third block, when littlefs moves its own data.)
_NOTHING, _CREATE, _WRITE, _RENAME = range(4)

_NO_SLOT = const(-1)
_FIRST_SEQUENCE = const(1)
_SEQUENCE_MASK = 0xFFFFFFFF
_SEQUENCE_HALF = 0x80000000
_CHUNK_BYTES = const(64)


def is_after(one: int, other: int) -> bool:
    """Return True if sequence number `one` comes after `other`, also across the wrap at 32 bits."""
    return 0 < (one - other & _SEQUENCE_MASK) < _SEQUENCE_HALF


class Record:
    """Load and save up to `capacity` bytes under `name`; `outcome` and `schema_found` are the results of `load`."""

    def __init__(self, folder: "Folder", name: str, schema: int, capacity: int) -> None:
        self._folder = folder
        self._names = (name + ".0", name + ".1")
        self._new_name = name + ".new"
        self._schema = schema
        self._capacity = capacity
        self._image = memoryview(bytearray(HEADER_BYTES + capacity + CRC_BYTES))
        self._chunk = memoryview(bytearray(_CHUNK_BYTES))
        self._size = 0
        self._stage = _NOTHING
        self._conditions = [_ABSENT, _ABSENT]
        self._sequences = [0, 0]
        self._current = _NO_SLOT
        self.schema_found = schema
        self.outcome = NEVER_SAVED

    def load(self) -> "bytes | None":
        """Return the newest usable payload, or None if there is none."""
        images = [self._read(name) for name in self._names]
        for slot in (0, 1):
            self._judge(slot, images[slot])
        self._current = self._newest(_USABLE)
        if self._current == _NO_SLOT:
            self.outcome = NEVER_SAVED if max(self._conditions) == _ABSENT else LOST
            return None
        self.outcome = LOADED if self._is_newest_of_all() else OLDER
        _, self.schema_found, length, _ = struct.unpack_from(HEADER_FORMAT, images[self._current])
        return images[self._current][HEADER_BYTES : HEADER_BYTES + length]

    def needs_repair(self) -> bool:
        """Return True if a save would replace a file that the last load refused or missed."""
        return self.outcome > LOADED and min(self._conditions) < _USABLE

    def begin(self, payload: "bytes | bytearray") -> None:
        """Copy `payload` for a save, which `step` carries out; raise ValueError if it exceeds the capacity."""
        length = len(payload)
        if length > self._capacity:
            raise ValueError("%s holds %d bytes, not %d" % (self._names[0], self._capacity, length))
        end = HEADER_BYTES + length
        struct.pack_into(HEADER_FORMAT, self._image, 0, MAGIC, self._schema, length, self._next_sequence())
        self._image[HEADER_BYTES:end] = payload
        struct.pack_into(CRC_FORMAT, self._image, end, crc32(self._image[:end]) & 0xFFFFFFFF)
        self._size = end + CRC_BYTES
        self._stage = _CREATE

    def is_saving(self) -> bool:
        """Return True if a save waits for its next step."""
        return self._stage != _NOTHING

    def step(self) -> None:
        """Do the next step of a save; OSError ends the save, and the one before stays valid."""
        stage = self._stage
        self._stage = _NOTHING
        if stage == _CREATE:
            with self._folder.open(self._new_name, WRITE):
                self._stage = _WRITE
        elif stage == _WRITE:
            with self._folder.open(self._new_name, WRITE) as file:
                file.write(self._image[: self._size])
            self._stage = _RENAME
        elif stage == _RENAME:
            if not self._is_written():
                raise OSError(EIO)
            self._replace()

    def save(self, payload: "bytes | bytearray") -> None:
        """Save at once; raise OSError if that fails, ValueError if `payload` exceeds the capacity."""
        self.begin(payload)
        while self.is_saving():
            self.step()

    def _read(self, name: str) -> "bytes | None":
        """Return a file's content; None if it is missing, `b""` if it cannot be read."""
        try:
            if not self._folder.has(name):
                return None
            with self._folder.open(name, READ) as file:
                image: bytes = file.read(len(self._image) + 1)
                return image
        except OSError:
            return b""

    def _judge(self, slot: int, image: "bytes | None") -> None:
        self._conditions[slot] = _ABSENT if image is None else _REFUSED
        if not image or len(image) < HEADER_BYTES + CRC_BYTES:
            return
        magic, schema, length, self._sequences[slot] = struct.unpack_from(HEADER_FORMAT, image)
        end = HEADER_BYTES + length
        if magic != MAGIC or len(image) != end + CRC_BYTES:
            return
        if struct.unpack_from(CRC_FORMAT, image, end)[0] == crc32(image[:end]) & 0xFFFFFFFF:
            self._conditions[slot] = _USABLE if schema <= self._schema else _TOO_NEW

    def _newest(self, minimum: int) -> int:
        """Return the slot with the newest file whose condition is at least `minimum`, or _NO_SLOT."""
        newest = _NO_SLOT
        for slot in (0, 1):
            if self._conditions[slot] >= minimum and (
                newest == _NO_SLOT or is_after(self._sequences[slot], self._sequences[newest])
            ):
                newest = slot
        return newest

    def _is_first_save(self) -> bool:
        """Return True if one file is missing because it was never written."""
        return self._conditions[1 - self._current] == _ABSENT and self._sequences[self._current] == _FIRST_SEQUENCE

    def _is_newest_of_all(self) -> bool:
        if self._newest(_TOO_NEW) != self._current:
            return False
        return self._conditions[1 - self._current] >= _TOO_NEW or self._is_first_save()

    def _next_sequence(self) -> int:
        newest = self._newest(_TOO_NEW)
        return _FIRST_SEQUENCE if newest == _NO_SLOT else self._sequences[newest] + 1 & _SEQUENCE_MASK

    def _is_written(self) -> bool:
        """Read the new file back through a small buffer and compare."""
        with self._folder.open(self._new_name, READ) as file:
            at = 0
            while True:
                count = file.readinto(self._chunk)
                if not count:
                    return at == self._size
                if self._chunk[:count] != self._image[at : min(at + count, self._size)]:
                    return False
                at += count

    def _replace(self) -> None:
        slot = self._target()
        self._folder.rename(self._new_name, self._names[slot])
        self._sequences[slot] = struct.unpack_from(HEADER_FORMAT, self._image)[3]
        self._conditions[slot] = _USABLE
        self._current = slot

    def _target(self) -> int:
        """Return the slot to overwrite: not the one that a load would use now."""
        kept = self._current if self._current != _NO_SLOT else self._newest(_TOO_NEW)
        return 0 if kept == _NO_SLOT else 1 - kept
