"""The rollers' H-bridges: two PWM inputs each, and their current by way of a multiplexer.

Truth table of TI's DRV8874 data sheet, SLVSF66, PWM mode: 1/0 forward, 0/1 reverse, 1/1 brakes, 0/0 lets go. A drive
alternates with the brake and not with letting go, so that a motor's speed goes with its duty.
"""

from array import array

from instep.axes import ROLLERS, ROLLERS_PER_FOOT
from instep.units import PERMILLE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.machine_api import Adc, Pwm
    from instep.hal.mcp23017 import Expander

_HIGH = const(65_535)
# The converter has 12 bits, which keep every product inside 30.
_SPARE_BITS = const(4)
_BITS = const(12)


class Currents:
    """The four bridges' currents, mA: two converter channels (left, right), each switched between top and sole.

    The RP2040's converter jumps by up to 8 of its 4096 codes in four places (erratum RP2040-E11): 7 mA with 1010 mA
    per volt, where the guard's smallest limit is 100 mA.
    """

    def __init__(self, adcs: "tuple[Adc, Adc]", expander: "Expander", select: int, full_scale_ma: int) -> None:
        self._adcs = adcs
        self._expander = expander
        self._select = select
        self._full_scale_ma = full_scale_ma
        self._side = 0
        self.ma = array("i", [0] * ROLLERS)

    def read(self) -> None:
        """Take the side that is switched through; call at the start of a tick, it has settled since the last."""
        side = self._side
        full_scale_ma = self._full_scale_ma
        left, right = self._adcs
        self.ma[side] = (left.read_u16() >> _SPARE_BITS) * full_scale_ma >> _BITS
        self.ma[ROLLERS_PER_FOOT + side] = (right.read_u16() >> _SPARE_BITS) * full_scale_ma >> _BITS

    def switch(self) -> None:
        """Switch to the other side; call before the expander is flushed."""
        self._side ^= 1
        self._expander.set(self._select, self._side == 1)


class Bridge:
    """One roller's bridge; `sign` is -1 where its motor is wired the other way round."""

    def __init__(self, in1: "Pwm", in2: "Pwm", currents: Currents, roller: int, sign: int) -> None:
        self._forward = in1 if sign > 0 else in2
        self._reverse = in2 if sign > 0 else in1
        self._ma = currents.ma
        self._roller = roller

    def set_duty_permille(self, duty_permille: int) -> None:
        """Drive with -1000..1000 ‰ of the supply voltage, beyond it with the nearest end; 0 brakes."""
        full, part = self._forward, self._reverse
        if duty_permille < 0:
            duty_permille = -duty_permille
            full, part = part, full
        if duty_permille > PERMILLE:
            duty_permille = PERMILLE
        full.duty_u16(_HIGH)
        part.duty_u16(_HIGH - duty_permille * _HIGH // PERMILLE)

    def coast(self) -> None:
        """Open the bridge."""
        self._forward.duty_u16(0)
        self._reverse.duty_u16(0)

    def read_ma(self) -> int:
        """Return the size of the bridge's current, at most 20 ms old, mA."""
        return self._ma[self._roller]


class HeaterSwitch:
    """A heater's MOSFET."""

    def __init__(self, pwm: "Pwm") -> None:
        self._pwm = pwm

    def set_duty_permille(self, duty_permille: int) -> None:
        """Set the power, 0..1000 ‰ of full; beyond it, the nearest end."""
        self._pwm.duty_u16(max(0, min(duty_permille, PERMILLE)) * _HIGH // PERMILLE)
