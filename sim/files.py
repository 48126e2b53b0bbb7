"""The installed files of the simulated board, in memory, where they can be damaged."""

from binascii import hexlify
from hashlib import sha256
from io import BytesIO

from instep.guard.firmware_check import MANIFEST, FirmwareCheck

FOLDER = "/a"


class StoredFiles:
    """Files by path, with a manifest of their first contents."""

    def __init__(self, contents: list[bytes]) -> None:
        self.stored = {f"{FOLDER}/programs/{index}.bin": content for index, content in enumerate(contents)}
        lines = [
            f"{hexlify(sha256(data).digest()).decode()}  {path[len(FOLDER) + 1 :]}\n"
            for path, data in self.stored.items()
        ]
        self._last = list(self.stored)[-1]
        self.stored[f"{FOLDER}/{MANIFEST}"] = "".join(lines).encode()

    def test(self) -> FirmwareCheck:
        """Return the firmware's test of these files."""
        return FirmwareCheck(FOLDER, self.open)

    def damage(self) -> None:
        """Flip a bit in the middle of the last file."""
        damaged = bytearray(self.stored[self._last])
        damaged[len(damaged) // 2] ^= 1
        self.stored[self._last] = bytes(damaged)

    def open(self, path: str) -> BytesIO:
        """Open a file for reading."""
        return BytesIO(self.stored[path])
