"""The digital thermometer MCP9808: it converts by itself, four times a second, in sixteenths of a degree.

Registers from Microchip's MCP9808 data sheet, DS25095: typically 0.25 °C and at most 0.5 °C off, -20 to 100 °C. The
drivers that circulate make a bytes object a read, and none looks whether the chip still converts.
"""

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.bus import Port

_CONFIG = b"\x01"
_AMBIENT = b"\x05"

# Ambient register: three alert flags, the sign, twelve bits of 1/16 °C in two's complement.
_SIGNED_MASK = const(0x1FFF)
_SIGN = const(0x1000)
_RANGE = const(0x2000)
# 1/16 °C is 25/4 hundredths.
_TIMES = const(25)
_BITS = const(2)


class Mcp9808:
    """One chip: `visit` it now and then; `read_centi_c` gives its newest good value."""

    def __init__(self, port: "Port") -> None:
        self._port = port
        self._answer = bytearray(2)
        self._is_checked = False
        self._centi_c = 0

    def is_silent(self) -> bool:
        """Return True if the chip did not answer the last time."""
        return self._port.is_silent

    def visit(self) -> None:
        """Check the settings or take the temperature, by turns: a chip in shutdown repeats its last value for ever."""
        if self._is_checked:
            self._is_checked = False
            self._take()
        else:
            self._is_checked = self._check()

    def _check(self) -> bool:
        """Return True if the chip converts: all its settings are zero, as after power-up."""
        answer = self._answer
        if not self._port.read(_CONFIG, answer):
            return False
        is_good = answer[0] == 0 and answer[1] == 0
        if is_good == self._port.is_confused:
            self._port.note_nonsense(not is_good)
        return is_good

    def _take(self) -> None:
        answer = self._answer
        if self._port.read(_AMBIENT, answer):
            value = (answer[0] << 8 | answer[1]) & _SIGNED_MASK
            if value & _SIGN:
                value -= _RANGE
            self._centi_c = value * _TIMES >> _BITS

    def read_centi_c(self) -> int:
        """Return the newest value, 0.01 °C."""
        return self._centi_c
