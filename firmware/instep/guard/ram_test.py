"""March C- over a block of memory: finds stuck and coupled bits in it. One element of the march a tick."""

from micropython import const

_BLOCK_BYTES = const(64)
_ZEROS = const(0x00)
_ONES = const(0xFF)

# What each cell must hold and what is written into it; up the block, then down, then a last look.
_EXPECTED = bytes((_ZEROS, _ONES, _ZEROS, _ONES, _ZEROS))
_WRITTEN = bytes((_ONES, _ZEROS, _ONES, _ZEROS, _ZEROS))
_FIRST_DOWN = const(2)


class RamTest:
    """Test `block`, a scratch that nothing else uses."""

    def __init__(self) -> None:
        self.block = bytearray(_BLOCK_BYTES)
        self._element = 0

    def begin(self) -> None:
        """Write zeros everywhere."""
        self._element = 0
        for cell in range(_BLOCK_BYTES):
            self.block[cell] = _ZEROS

    def tick(self) -> bool:
        """Do the next element; return False when a cell does not hold what was written into it."""
        element = self._element
        if element == len(_EXPECTED):
            return True
        self._element = element + 1
        expected = _EXPECTED[element]
        written = _WRITTEN[element]
        for step in range(_BLOCK_BYTES):
            cell = step if element < _FIRST_DOWN else _BLOCK_BYTES - 1 - step
            if self.block[cell] != expected:
                return False
            self.block[cell] = written
        return True
