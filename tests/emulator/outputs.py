"""What the emulated chip's pins do: level, or the duty of the PWM slice that drives them.

The slices' own edges are switched off: at 20 kHz they would take more of the host's time than the program does. What
its output follows the registers (CC, TOP, enable) at once; the wait for the end of a PWM period is left out.
"""

from rp2040py.gpio_pin import FUNCTION_PWM, GPIOPinState
from rp2040py.rp2040 import RP2040

from instep.units import PERMILLE

_ENABLED = 1
_A_INVERTED = 1 << 2
_B_INVERTED = 1 << 3
_SLICES = 8
_HELD_LOW = 2  # OUTOVER of a pin; 3 holds it high


def silence_pwm_edges(mcu: RP2040) -> None:
    """Keep the slices from making edges."""
    for channel in mcu.pwm.channels:
        for alarm in (channel.alarm_a, channel.alarm_b, channel.alarm_bottom):
            alarm.enable = False


class Output:
    """One pin; `when_floating` is the level that a resistor gives it while the chip does not drive it."""

    def __init__(self, mcu: RP2040, pin: int, when_floating: bool = False) -> None:
        self._pin = mcu.gpio[pin]
        self._channel = mcu.pwm.channels[pin // 2 % _SLICES]
        self._is_b = bool(pin & 1)
        self._when_floating = when_floating

    @property
    def is_driven(self) -> bool:
        """Return True if the chip drives the pin."""
        return self._pin.function_select == FUNCTION_PWM or self._pin.value in (GPIOPinState.LOW, GPIOPinState.HIGH)

    @property
    def is_held_low(self) -> bool:
        """Return True if the pad itself holds the pin low, whatever drives it."""
        return bool(self._pin.output_override == _HELD_LOW)

    @property
    def is_high(self) -> bool:
        """Return True if the pin is high, more often than not."""
        return self.permille > PERMILLE // 2

    @property
    def permille(self) -> float:
        """How much of the time the pin is high, ‰."""
        if self._pin.output_override >= _HELD_LOW:
            return float(PERMILLE) if self._pin.output_override > _HELD_LOW else 0.0
        if self._pin.function_select == FUNCTION_PWM:
            return self._pwm_permille()
        value = self._pin.value
        if value == GPIOPinState.HIGH or (value != GPIOPinState.LOW and self._when_floating):
            return float(PERMILLE)
        return 0.0

    def _pwm_permille(self) -> float:
        channel = self._channel
        if not channel.csr & _ENABLED:
            return 0.0
        level = channel.cc >> 16 if self._is_b else channel.cc & 0xFFFF
        duty = min(level / (channel.top + 1), 1.0)
        is_inverted = channel.csr & (_B_INVERTED if self._is_b else _A_INVERTED)
        return PERMILLE * (1.0 - duty if is_inverted else duty)


class Bridge:
    """An H-bridge in PWM mode: IN1 forward, IN2 back, both low: coast, both high: brake."""

    def __init__(self, in1: Output, in2: Output) -> None:
        self._in1 = in1
        self._in2 = in2

    @property
    def duty_permille(self) -> float:
        """Drive, -1000..1000 ‰ of the supply."""
        return self._in1.permille - self._in2.permille

    @property
    def is_coasting(self) -> bool:
        """Return True if the bridge is open."""
        return self._in1.permille == 0.0 and self._in2.permille == 0.0

    def is_held(self) -> bool:
        """Return True if the pads hold the bridge open, whatever the PWM does."""
        return self._in1.is_held_low and self._in2.is_held_low
