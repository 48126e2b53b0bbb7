"""The port expander MCP23017: buttons, foot switches, relay contact in; buzzer and current multiplexer out.

Registers from Microchip's MCP23017 data sheet, DS20001952. Its interrupt line is not wired: the chip is read in every
tick, which also tells within 10 ms that it is silent. The drivers that circulate for MicroPython make a bytes object
a read and know pins, not whole ports.

Inputs are contacts to ground with the chip's pull-ups, inverted in the chip: a closed contact reads 1. A disturbed
direction, inversion or pull-up makes a held STOP read as free, so the settings are read back every 20 ms.
"""

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.bus import Port

PINS = 16
_ALL_PINS = const(0xFFFF)

_IODIRA = const(0x00)
_GPIOA = b"\x12"
_OLATA = const(0x14)
_PORTS = const(4)  # bytes from GPIOA on: both ports, both output latches

# Latches of inputs drive nothing, and hold this while the chip has kept its settings: a reset clears them.
_MARK = const(0x5A5A)


class Expander:
    """The chip behind `port`, with a bit a pin: 0..7 port A, 8..15 port B. `outputs`: the mask of its outputs."""

    def __init__(self, port: "Port", outputs: int) -> None:
        self._port = port
        inputs = _ALL_PINS & ~outputs
        self._answer = bytearray(_PORTS)
        self._latches = bytearray((_OLATA, 0, 0))
        low = inputs & 0xFF
        high = inputs >> 8
        # From IODIRA on: direction, inversion, no interrupts (GPINTEN, DEFVAL, INTCON, IOCON twice), pull-ups.
        self._settings = bytes((_IODIRA, low, high, low, high, 0, 0, 0, 0, 0, 0, 0, 0, low, high))
        self._register = bytes((_IODIRA,))
        self._expected = self._settings[1:]
        self._found = bytearray(len(self._expected))
        self._is_set_up = False
        self._is_kept = True
        self._wanted = _MARK & inputs
        self._written = -1
        self.closed = 0

    def read(self) -> None:
        """Take all pins into `closed`, a bit each; if the reply is missing or implausible, keep the previous value."""
        answer = self._answer
        if not self._is_set_up or not self._port.read(_GPIOA, answer):
            self._is_set_up = False
            return
        latches = self._latches
        if answer[2] == latches[1] and answer[3] == latches[2]:
            if self._is_kept:
                self.closed = answer[0] | answer[1] << 8
                if self._port.is_confused:
                    self._port.note_nonsense(False)
        else:
            self._is_set_up = False
            self._port.note_nonsense(True)

    def check(self) -> None:
        """Check that the chip has kept its settings; while it has not, keep the previous pins."""
        if not self._is_set_up or not self._port.read(self._register, self._found):
            return
        self._is_kept = self._found == self._expected
        if not self._is_kept:
            self._is_set_up = False
            self._port.note_nonsense(True)

    def set(self, pin: int, level: bool) -> None:
        """Ask for an output's level; it is written by `flush`."""
        if level:
            self._wanted |= 1 << pin
        else:
            self._wanted &= ~(1 << pin)

    def flush(self) -> None:
        """Write the outputs if they have changed, and the settings if the chip has lost them."""
        wanted = self._wanted
        if wanted == self._written and self._is_set_up:
            return
        latches = self._latches
        latches[1] = wanted & 0xFF
        latches[2] = wanted >> 8
        has_arrived = self._port.write(latches)
        self._written = wanted
        self._is_set_up = has_arrived and (self._is_set_up or self._port.write(self._settings))


class ExpanderOutput:
    """One output."""

    def __init__(self, expander: Expander, pin: int) -> None:
        self._expander = expander
        self._pin = pin

    def set(self, on: bool) -> None:
        """Switch it, when the chips have their turn after this tick."""
        self._expander.set(self._pin, on)


class Contact:
    """One input as a switch."""

    def __init__(self, expander: Expander, pin: int) -> None:
        self._expander = expander
        self._mask = 1 << pin

    def read(self) -> bool:
        """Return True if the contact is closed."""
        return self._expander.closed & self._mask != 0


class ButtonRow:
    """Six buttons on neighbouring inputs."""

    def __init__(self, expander: Expander, first: int) -> None:
        self._expander = expander
        self._first = first

    def read_mask(self) -> int:
        """Return a bit per pressed button."""
        return self._expander.closed >> self._first & 0b11_1111
