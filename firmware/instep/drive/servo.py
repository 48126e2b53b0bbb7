"""A servo axis: value in the axis's unit to pulse, written only when it changed."""

from instep.units import KILO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.interface import Servo
    from instep.kernel import ptr32

_NO_PULSE = 0


class ServoAxis:
    """Drive one servo; a value of v means a pulse of zero_us + v * us_per_kilo // 1000.

    The two are `figures` at `zero` and behind it.
    """

    def __init__(self, servo: "Servo", figures: "ptr32", zero: int) -> None:
        self._servo = servo
        self._figures = figures
        self._zero = zero
        self._value = 0
        self._pulse_us = _NO_PULSE

    def tick(self, value: int) -> None:
        """Ask for `value`; |value * us_per_kilo| < 2^30, the pulse stays in 500..2500 us by calibration."""
        if value == self._value and self._pulse_us:
            return
        self._value = value
        pulse_us = self._figures[self._zero] + value * self._figures[self._zero + 1] // KILO
        if pulse_us != self._pulse_us:
            self._pulse_us = pulse_us
            self._servo.set_us(pulse_us)

    def release(self) -> None:
        """Let the servo go limp; the next tick writes its pulse again."""
        self._pulse_us = _NO_PULSE
        self._servo.release()
