"""Devices on single pins: emergency stop, safety relay, status light, supply."""

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.machine_api import Adc, Pin
    from instep.hal.mcp23017 import Contact

# The converter has 12 bits, which keep every product inside 30.
_SPARE_BITS = const(4)
_BITS = const(12)


class EmergencyStop:
    """The emergency stop's contact, in series with the relay's coil; its pin is low without it."""

    def __init__(self, pin: "Pin") -> None:
        self._pin = pin

    def read(self) -> bool:
        """Return True if it is pressed or its wire is broken."""
        return not self._pin.value()


class Light:
    """The status light."""

    def __init__(self, pin: "Pin") -> None:
        self._pin = pin

    def set(self, on: bool) -> None:
        """Switch it."""
        if on:
            self._pin.on()
        else:
            self._pin.off()


class SafetyRelay:
    """The relay that feeds motors and heaters: a pin to its pump, its second contact at the expander.

    Only a rising edge in every tick holds it (`boards/README.md`): `set` gives one, and the exchange lowers the pin at
    the start of the next tick. A pin that stays at a level opens the relay within 50 ms.
    """

    def __init__(self, pin: "Pin", contact: "Contact") -> None:
        self._pin = pin
        self.read = contact.read

    def set(self, closed: bool) -> None:
        """Ask the relay to stay closed for this tick and two missed ones, or to open."""
        if closed:
            self._pin.on()
        else:
            self._pin.off()


class SupplyMeter:
    """The 12 V supply behind its divider; the jumps of erratum RP2040-E11 are 40 mV here."""

    def __init__(self, adc: "Adc", full_scale_mv: int) -> None:
        self._adc = adc
        self._full_scale_mv = full_scale_mv
        self._mv = 0

    def sample(self) -> None:
        """Take a reading."""
        self._mv = (self._adc.read_u16() >> _SPARE_BITS) * self._full_scale_mv >> _BITS

    def read_mv(self) -> int:
        """Return the supply voltage at the start of this tick, mV."""
        return self._mv
