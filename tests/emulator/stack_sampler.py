"""Find the Python functions that are under way on the emulated board by the words on its stack."""

import numpy as np

from tests.emulator.pico import Pico

_STACK_POINTER = 13
_RAM = 0x2000_0000
_RAM_END = 0x2004_2000
_BLOCK_MASK = 0xF  # what the heap hands out begins at multiples of 16
_BYTECODE_AT = 12  # in a function object: type, context, children, bytecode
_LONGEST_BYTECODE = 4_000


class Sampler:
    """The Python functions that are under way on `pico`; `names` are the functions by their addresses."""

    def __init__(self, pico: Pico, names: dict[int, str], function_type: int) -> None:
        self._pico = pico
        self._names = names
        self._type = function_type

    def stack(self) -> list[str]:
        """Return the functions under way, the outermost first."""
        pointer = self._pico.mcu.core.registers[_STACK_POINTER] - _RAM
        words = np.frombuffer(bytes(self._pico.mcu.sram[pointer : _RAM_END - _RAM]), np.uint32)
        is_object = (words >= _RAM) & (words < _RAM_END - _BLOCK_MASK) & (words & _BLOCK_MASK == 0)
        found: list[str] = []
        for index in np.flatnonzero(is_object[:-1]).tolist():
            function = self._function(int(words[index]), int(words[index + 1]))
            if function is not None and found[-1:] != [function]:
                found.append(function)
        return found[::-1]

    def _function(self, first: int, second: int) -> str | None:
        """Return the function whose frame begins with two words, there or where the first of them points to."""
        if not self._is_function(first):
            first, second = self._word(first), self._word(first + 4)
            if not self._is_function(first):
                return None
        bytecode = self._word(first + _BYTECODE_AT)
        if not bytecode <= second < bytecode + _LONGEST_BYTECODE:
            return None
        return self._names.get(first, f"{first:x}")

    def _is_object(self, address: int) -> bool:
        return _RAM <= address < _RAM_END - _BLOCK_MASK and not address & _BLOCK_MASK

    def _is_function(self, address: int) -> bool:
        return self._is_object(address) and self._word(address) == self._type

    def _word(self, address: int) -> int:
        at = address - _RAM
        return int.from_bytes(self._pico.mcu.sram[at : at + 4], "little")
