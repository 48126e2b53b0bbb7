"""The thermometer MCP9808 as its data sheet (Microchip, DS25095) describes it: 16-bit registers, high byte first."""

from tests.emulator.chips.chip import WordChip

AMBIENT = 5
CONFIG = 1
RESOLUTION = 8
_IDENTITY = {6: 0x0054, 7: 0x0400, RESOLUTION: 0x0300}
_SHUTDOWN = 0x0100
_STEPS_PER_K = 16
_VALUE_MASK = 0x1FFF
_POINTER_MASK = 0x0F


class Mcp9808(WordChip):
    """It measures `celsius` unless it is shut down; bytes that it has no register for read 0."""

    def __init__(self, address: int) -> None:
        super().__init__(address, _POINTER_MASK)
        self.celsius = 22.0
        self.registers = dict(_IDENTITY)

    def write_word(self, register: int, value: int) -> None:
        """Keep the value."""
        self.registers[register] = value

    def read_word(self, register: int) -> int:
        """Return the temperature, or what the register holds."""
        if register == AMBIENT and not self.registers.get(CONFIG, 0) & _SHUTDOWN:
            self.registers[AMBIENT] = round(self.celsius * _STEPS_PER_K) & _VALUE_MASK
        return self.registers.get(register, 0)
