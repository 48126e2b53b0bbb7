"""The expander MCP23017 as its data sheet (Microchip, DS20001952) describes it, registers in pairs (BANK = 0)."""

from tests.emulator.chips.chip import RegisterChip

PINS = 16

IODIR = 0x00
IPOL = 0x02
IOCON = 0x0A
GPPU = 0x0C
GPIO = 0x12
OLAT = 0x14
_LAST = 0x15

_SEQUENTIAL_OFF = 0x20


class Mcp23017(RegisterChip):
    """Sixteen pins, GPA0 is pin 0, GPB0 pin 8; `driven`: the levels of the pins that something outside drives."""

    def __init__(self, address: int) -> None:
        super().__init__(address)
        self.driven: dict[int, bool] = {}
        self.registers = bytearray(_LAST + 1)
        self.power_up()

    def power_up(self) -> None:
        """Take the values after power-up: all inputs, no pull-ups."""
        self.registers[:] = bytes(_LAST + 1)
        self.registers[IODIR] = self.registers[IODIR + 1] = 0xFF

    def next_register(self, register: int) -> int:
        """Go on to the next register, or to the other of the pair when sequential operation is off (3.2.1)."""
        if self.registers[IOCON] & _SEQUENTIAL_OFF:
            return register ^ 1
        return 0 if register >= _LAST else register + 1

    def write_register(self, register: int, value: int) -> None:
        """Store a value; a write to GPIO goes to the latch; IOCON exists once."""
        if register > _LAST:
            return
        if register & ~1 == IOCON:
            self.registers[IOCON] = self.registers[IOCON + 1] = value
        elif register & ~1 == GPIO:
            self.registers[OLAT + (register & 1)] = value
        else:
            self.registers[register] = value

    def read_register(self, register: int) -> int:
        """Return a value; GPIO is what the pins say."""
        if register & ~1 == GPIO:
            return self._port(register & 1)
        return self.registers[register] if register <= _LAST else 0

    def _port(self, port: int) -> int:
        levels = sum(self.level(8 * port + bit) << bit for bit in range(8))
        return levels ^ self.registers[IPOL + port] & self.registers[IODIR + port]

    def _bit(self, register: int, pin: int) -> bool:
        return bool(self.registers[register + (pin >> 3)] >> (pin & 7) & 1)

    def level(self, pin: int) -> bool:
        """Return a pin's level: an output's latch; of an input what drives it, else its pull-up, else low."""
        if not self._bit(IODIR, pin):
            return self._bit(OLAT, pin)
        return self.driven.get(pin, self._bit(GPPU, pin))

    def is_output(self, pin: int) -> bool:
        """Return True if the pin is an output."""
        return not self._bit(IODIR, pin)
