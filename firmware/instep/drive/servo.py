"""A servo axis: value in the axis's unit to pulse, written only when it changed."""

from array import array

from instep.units import KILO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.interface import Servo

_NO_PULSE = 0


class ServoAxis:
    """Drive one servo; a value of v means a pulse of zero_us + v * us_per_kilo // 1000."""

    def __init__(self, servo: "Servo", zero_us: int, us_per_kilo: int) -> None:
        self._servo = servo
        self._figures = array("i", (zero_us, us_per_kilo))
        self._at = 0
        self._value = 0
        self._pulse_us = _NO_PULSE

    def move(self, figures: "array[int]", at: int) -> None:
        """Keep the two figures in `figures` from `at` on, where they are compared with second copies."""
        figures[at], figures[at + 1] = self._figures[self._at], self._figures[self._at + 1]
        self._figures = figures
        self._at = at

    def tick(self, value: int) -> None:
        """Ask for `value`; |value * us_per_kilo| < 2^30, the pulse stays in 500..2500 us by calibration."""
        if value == self._value and self._pulse_us:
            return
        self._value = value
        pulse_us = self._figures[self._at] + value * self._figures[self._at + 1] // KILO
        if pulse_us != self._pulse_us:
            self._pulse_us = pulse_us
            self._servo.set_us(pulse_us)

    def release(self) -> None:
        """Let the servo go limp; the next tick writes its pulse again."""
        self._pulse_us = _NO_PULSE
        self._servo.release()
