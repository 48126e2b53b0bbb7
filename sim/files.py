"""The files that the simulated board's firmware is installed as, held in memory, where they can be damaged."""

from binascii import crc32
from io import BytesIO

from instep.guard.image import ImageTest


class StoredFiles:
    """What is stored at each path; the CRCs are of what was stored first."""

    def __init__(self, contents: list[bytes]) -> None:
        self.stored = {f"programs/{index}.bin": content for index, content in enumerate(contents)}
        self._due = [(path, crc32(content)) for path, content in self.stored.items()]

    def test(self) -> ImageTest:
        """Return the firmware's test of these files."""
        return ImageTest(self._due, self._open)

    def damage(self) -> None:
        """Flip a bit in the middle of the last file."""
        path = self._due[-1][0]
        damaged = bytearray(self.stored[path])
        damaged[len(damaged) // 2] ^= 1
        self.stored[path] = bytes(damaged)

    def _open(self, path: str, mode: str) -> BytesIO:
        return BytesIO(self.stored[path])
