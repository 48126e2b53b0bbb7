"""Hold one well's skin-side temperature: ten times a second, from two NTCs and a thermometer to a duty, in integers.

The film's lead over the skin side is the heat flow, so the outer loop sets that lead and the inner one makes it.
Outer: proportional on the measurement and integral on the error, which cannot jump or overshoot when a set point
changes; it keeps one number, the lead, so that limits on the lead are all its anti-windup. Inner: proportional.

The skin side counts as being as warm as the warmer of its two sensors says: the NTC, which is fast, plus a trim toward
the thermometer, which is right to 0.5 K. An NTC that reads too cold for any reason then costs comfort, not skin.
"""

from instep.drive.ntc import Probe
from instep.units import PERMILLE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.interface import Heater, Thermistor, Thermometer

# Upper limit of the set point at the skin side: the highest level plus 0.5 K, and 1.5 K under the
# 43 °C at which the guard trips.
SETPOINT_MAX_CENTI_C = 4_150

# No heat so far above the set point, in case a film NTC that reads too cold asks for more.
_OVER_CENTI_K = const(50)

# The film's lead over the skin side. Most: what the guard's model of a well explains at full power, 7 K, and with
# the two figures above it keeps the film under 49 °C, well below its cut-out at 55 °C; 12 W make 3.6 K.
# Least: surely off, even when the sensors differ by 1 K.
_LEAD_MAX_CENTI_K = const(700)
_LEAD_MIN_CENTI_K = const(-200)

# One period: each NTC once, then the control. Three samples of the skin side fit in the guard's 300 ms.
PERIOD_TICKS = 10
_ELEMENT_AT = const(0)
_SKIN_AT = const(4)
_CONTROL_AT = const(5)

# Gains (start values, for the reference heater). Outer: 6 K of lead per kelvin at the skin side, so that its 60 J/K
# behind 0.3 K/W follow with 3 s; the integral's time is 15 s, somewhat over four times that: no overshoot.
# Inner: full power at 1 K, which makes the film's 6 J/K follow with 0.4 s, well ahead of the outer loop.
_LEAD_BITS = const(8)  # the lead is kept in 1/256 of 0.01 K
_HOLD_GAIN = const(6 << 8)  # lead units per 0.01 K that the skin side rises
_PULL_GAIN = const(10)  # lead units per 0.01 K of error, each period
_FULL_BAND_CENTI_K = const(100)  # film below its set point that asks for full power

# The second well starts 12 s after the first, so that the guard sees whose film answers: film and bead take up to 6 s.
_TURN_WAIT_PERIODS = const(120)

# The trim follows the thermometer at 0.2 K/s, faster than a pad warms. Beyond the most, the guard says that the two
# sensors differ: two sound ones are 1.5 K apart, and 0.8 K while one lags behind the other.
_TRIM_STEP_CENTI_K = const(2)
_TRIM_MAX_CENTI_K = const(250)


class HeaterDrive:
    """Drive one heater: `tick` every 10 ms, at most one NTC read in each; `phase` 0..9 spreads several drives.

    `turn` 0 or 1: which of two wells it is, and so whether it waits for the other's start.

    `skin_centi_c` is what the skin side counts as, 0.01 °C: the NTC with its trim. `element_centi_c` is the median of
    three samples; `skin` and `element` are the probes themselves (codes, medians, counts of samples).
    `thermometer_centi_c` is the newest sample of the thermometer; `duty_permille` is what was last set.
    """

    def __init__(
        self,
        heater: "Heater",
        element_ntc: "Thermistor",
        skin_ntc: "Thermistor",
        thermometer: "Thermometer",
        phase: int = 0,
        turn: int = 0,
    ) -> None:
        self._heater = heater
        self._thermometer = thermometer
        self.element = Probe(element_ntc)
        self.skin = Probe(skin_ntc)
        self.element_centi_c = 0
        self.skin_centi_c = 0
        self._trim_centi_k = 0
        self.duty_permille = 0
        self._at = phase % PERIOD_TICKS
        self._lead = 0
        self._last_skin = 0
        self._last_setpoint = 0
        self._turn = turn
        self._begin_turn()

    def tick(self, setpoint_centi_c: int) -> None:
        """Measure, and heat toward a skin-side set point in 0.01 °C; 0 is off, at once."""
        at = self._at
        self._at = at + 1 if at < PERIOD_TICKS - 1 else 0
        if setpoint_centi_c <= 0 and self.duty_permille:
            self.off()
        if at == _ELEMENT_AT:
            self.element.read()
            self.element_centi_c = self.element.centi_c
        elif at == _SKIN_AT:
            self.skin.read()
            self._trim()
        elif at == _CONTROL_AT:
            self._control(setpoint_centi_c)

    def off(self) -> None:
        """Switch the heater off now and reset the control; `tick` continues to measure."""
        self._heater.set_duty_permille(0)
        self.duty_permille = 0
        self._lead = 0
        self._begin_turn()

    def _begin_turn(self) -> None:
        self._wait_periods = self._turn * _TURN_WAIT_PERIODS

    def _trim(self) -> None:
        """Let the trim follow the thermometer, where that is the warmer one."""
        beyond = self._thermometer.read_centi_c() - self.skin.centi_c
        target = max(0, min(beyond, _TRIM_MAX_CENTI_K))
        step = max(-_TRIM_STEP_CENTI_K, min(target - self._trim_centi_k, _TRIM_STEP_CENTI_K))
        self._trim_centi_k += step
        self.skin_centi_c = self.skin.centi_c + self._trim_centi_k

    def _control(self, setpoint_centi_c: int) -> None:
        skin = self.skin.centi_c
        rise = skin - self._last_skin
        self._last_skin = skin
        if setpoint_centi_c <= 0 or not (self.skin.sound and self.element.sound):
            self.off()
            return
        # A lower set point starts without heat flow: the heat in the film is overshoot enough.
        if setpoint_centi_c < self._last_setpoint:
            self._lead = min(self._lead, 0)
        self._last_setpoint = setpoint_centi_c
        error = min(setpoint_centi_c, SETPOINT_MAX_CENTI_C) - self.skin_centi_c
        lead_now = self.element_centi_c - skin
        lead = self._lead + _PULL_GAIN * error - _HOLD_GAIN * rise
        # Limited to the value that asks for full power, and to the film's highest temperature.
        maximum = min(lead_now + _FULL_BAND_CENTI_K, _LEAD_MAX_CENTI_K)
        self._lead = max(min(lead, maximum << _LEAD_BITS), _LEAD_MIN_CENTI_K << _LEAD_BITS)
        self._heat((self._lead >> _LEAD_BITS) - lead_now if error > -_OVER_CENTI_K else 0)

    def _heat(self, film_error_centi_k: int) -> None:
        duty = film_error_centi_k * PERMILLE // _FULL_BAND_CENTI_K
        if self._wait_periods:
            self._wait_periods -= 1
            duty = 0
        self.duty_permille = max(0, min(duty, PERMILLE))
        self._heater.set_duty_permille(self.duty_permille)
