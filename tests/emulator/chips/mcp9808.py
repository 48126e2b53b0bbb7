"""The thermometer MCP9808 as its data sheet (Microchip, DS25095) describes it: 16-bit registers, high byte first."""

from tests.emulator.chips.chip import Chip

AMBIENT = 5
CONFIG = 1
RESOLUTION = 8
_IDENTITY = {6: 0x0054, 7: 0x0400, RESOLUTION: 0x0300}
_SHUTDOWN = 0x0100
_STEPS_PER_K = 16
_VALUE_MASK = 0x1FFF


class Mcp9808(Chip):
    """It measures `celsius` unless it is shut down; bytes that it has no register for read 0."""

    def __init__(self, address: int) -> None:
        super().__init__(address)
        self.celsius = 22.0
        self.registers = dict(_IDENTITY)
        self._pointer = 0
        self._written: list[int] = []
        self._reads = 0

    def start(self, is_read: bool) -> None:
        """Begin a transfer."""
        self._written.clear()
        self._reads = 0

    def write(self, value: int) -> bool:
        """Take the pointer, then two bytes for the register."""
        self._written.append(value)
        if len(self._written) == 1:
            self._pointer = value & 0x0F
        elif len(self._written) == 3:
            self.registers[self._pointer] = self._written[1] << 8 | self._written[2]
        return True

    def read(self) -> int:
        """Give the register's high byte, then its low byte."""
        if self._pointer == AMBIENT and not self.registers.get(CONFIG, 0) & _SHUTDOWN:
            self.registers[AMBIENT] = round(self.celsius * _STEPS_PER_K) & _VALUE_MASK
        value = self.registers.get(self._pointer, 0)
        self._reads += 1
        return value >> 8 if self._reads & 1 else value & 0xFF
