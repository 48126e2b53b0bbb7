"""A roller's press: target force to servo travel, through a spring of known rate.

Travel = surface + force / spring rate. The surface is not measured, but every reading of the force tells it:
surface = travel - force / spring rate, with the travel that the servo has by then. A tracker of place and rate
(alpha-beta) follows that, so bumps and the give of the tissue are trimmed away like an integral would, and nothing
winds up: it tracks where the surface is, not how long the force was wrong.

In the air the press goes fast to just above the contact that it remembers, then feels its way. What the sensor reads
while the roller is lifted is its zero: a touch is a reading above that.
"""

from instep.axes import RATE_PER_TICK, TOP_PRESS
from instep.drive.servo import ServoAxis
from instep.units import UM_PER_MM
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.calibration import Calibration
    from instep.hal.interface import ForceSensor, Servo

# Contact begins above and ends below; six and two standard deviations of the sensor's noise. Start values.
TOUCH_MN = 400
LOST_MN = 150
# The same above a zero that is off: a sound sensor's is by 0.4 N at most, so more is not taken for one.
_TOUCH_OVER_MN = const(350)
_LOST_OVER_MN = const(100)
_ZERO_MAX_MN = const(500)
# The zero is the mean of 64 readings, in 64ths of a mN; a servo has lifted from anywhere after 0.5 s.
_ZERO_SHIFT = const(6)
_LIFT_TICKS = const(50)

# Travel per tick: in the air and for corrections (the servo can do 1300), the last way to the foot, and downward to a
# travel that was asked for. Start values.
_SLEW_UM = const(1000)
_FEEL_UM = const(300)
_LOWER_UM = const(500)

# Feeling begins this far before the remembered contact and gives up this far behind it. Start values: feet differ
# by 3 mm at the toes, a foot's own surface by 20 mm.
_MARGIN_UM = const(5_000)
SEARCH_UM = 25_000

# The servo's travel trails its command by about 1 << this ticks less one (frame, lag, conversion).
_LAG_SHIFT = const(2)

# Gains of the tracker: 1/4 for place, 1/16 for rate; its rate counts 1/16 um per tick. The clamp keeps one wild
# sample from moving the press by more than 0.5 mm.
_PLACE_SHIFT = const(2)
_RATE_SHIFT = const(4)
_FINE_SHIFT = const(4)
_MISS_MAX_UM = const(2_000)

# Smaller changes are not sent: the servo's dead band. Start value.
_QUIET_UM = const(150)

# Prediction of the surface, ticks: the delay between a reading and its effect.
_AHEAD_TICKS = const(2)

# Share of a first touch in the remembered contact: a half. A touch beyond 5 N is none that was felt for: a foot came
# up to the roller, or one reading was wild. A press that goes 1 mm a tick, on readings three ticks old, feels 4 N.
_LEARN_SHIFT = const(1)
_LEARN_MAX_MN = const(5_000)

# What a press that holds a travel may press with: it feels a foot at 1.2 N and is lifted 30 ms later. Start value.
_FEELING_MN = const(5_000)

_AIM_STEP_MN = RATE_PER_TICK[TOP_PRESS]


class Press:
    """Press one roller with a force; `contact_um` is the travel at which it usually meets the foot.

    force_mn: the last reading. travel_um: the travel asked for. trailing_um: where the servo is by then, while it
    presses. contact_um: learnt from first touches. is_touching: the roller follows the foot.
    asked_mn: the force that the last tick was to press with, 0 = lifted. zero_mn: what the sensor reads while lifted.
    """

    def __init__(
        self, servo: "Servo", force_sensor: "ForceSensor", calibration: "Calibration", contact_um: int
    ) -> None:
        self._axis = ServoAxis(servo, calibration.press_zero_us, calibration.press_us_per_kilo)
        self._sensor = force_sensor
        self._spring_mn_mm = calibration.spring_mn_per_mm
        self._travel_max_um = calibration.press_travel_max_um
        self.contact_um = contact_um
        self.force_mn = 0
        self.asked_mn = 0
        self.travel_um = 0
        self.trailing_um = 0
        self._aim_mn = 0
        self._surface_um = 0
        self._rate_fine = 0
        self.is_touching = False
        self._is_landing = True
        self._is_lifted = False  # and nothing to do until it is to press again
        self._lifted_ticks = 0
        self._zero_fine = 0
        self.zero_mn = 0

    def tick(self, setpoint_mn: int) -> None:
        """Go on toward `setpoint_mn` (0..35000); 0 lifts the roller to the far end."""
        self.force_mn = force_mn = self._sensor.read_mn()
        self.asked_mn = setpoint_mn
        if setpoint_mn > 0:
            # The travel that the next reading belongs to comes after the command.
            self._is_lifted = False
            self.trailing_um += (self.travel_um - self.trailing_um) >> _LAG_SHIFT
            if not self.is_touching:
                self._feel()
            elif force_mn < LOST_MN or force_mn < self.zero_mn + _LOST_OVER_MN:
                self._end_contact()
            else:
                self._follow(setpoint_mn, force_mn)
        elif self._is_lifted:
            self._learn_zero()
        else:
            self._end_contact()
            self._is_landing = True
            self._go(0)
            self._is_lifted = self.travel_um == 0

    def hold_travel(self, travel_um: int) -> None:
        """Go on toward a travel, downward at half speed, whatever the force is."""
        self.force_mn = self._sensor.read_mn()
        self.asked_mn = _FEELING_MN if travel_um else 0
        self._is_lifted = False
        self._end_contact()
        self._go(min(travel_um, self.travel_um + _LOWER_UM))

    def lift(self) -> None:
        """Lift fully, now: as fast as the servo can; then read the force."""
        self.asked_mn = 0
        if not self._is_lifted:
            self._is_lifted = True
            self._end_contact()
            self._is_landing = True
            self.travel_um = 0
            self._axis.tick(0)
        self.force_mn = self._sensor.read_mn()
        self._learn_zero()

    def _learn_zero(self) -> None:
        """Take the reading of a lifted roller, unless something pushes on it."""
        if self._lifted_ticks < _LIFT_TICKS:
            self._lifted_ticks += 1
        elif -_ZERO_MAX_MN <= self.force_mn - self.zero_mn <= _ZERO_MAX_MN:
            self._zero_fine += self.force_mn - self.zero_mn
            self.zero_mn = max(-_ZERO_MAX_MN, min(self._zero_fine >> _ZERO_SHIFT, _ZERO_MAX_MN))

    def _end_contact(self) -> None:
        self.is_touching = False
        self._lifted_ticks = 0
        self._aim_mn = 0

    def _feel(self) -> None:
        """Come closer until the roller touches."""
        if self.force_mn > TOUCH_MN and self.force_mn > self.zero_mn + _TOUCH_OVER_MN:
            self._touch()
            return
        near_um = self.contact_um - _MARGIN_UM
        if self.travel_um < near_um:
            self._go(near_um)
        else:
            self._go(min(self.travel_um + _FEEL_UM, max(self.travel_um, self.contact_um + SEARCH_UM)))

    def _touch(self) -> None:
        """Start to follow the surface; the first contact after a lift is remembered."""
        self._surface_um = self.trailing_um - self.force_mn * UM_PER_MM // self._spring_mn_mm
        self._rate_fine = 0
        self._aim_mn = self.force_mn
        self.is_touching = True
        if self._is_landing and self.force_mn <= _LEARN_MAX_MN:
            self._is_landing = False
            self.contact_um += (self._surface_um - self.contact_um) >> _LEARN_SHIFT

    def _follow(self, setpoint_mn: int, force_mn: int) -> None:
        """Track the surface and press on it with the aim, which goes to the setpoint no faster than the axis may."""
        spring_mn_mm = self._spring_mn_mm
        surface_um = self._surface_um
        miss_um = self.trailing_um - force_mn * UM_PER_MM // spring_mn_mm - surface_um
        if miss_um > _MISS_MAX_UM:
            miss_um = _MISS_MAX_UM
        elif miss_um < -_MISS_MAX_UM:
            miss_um = -_MISS_MAX_UM
        self._rate_fine = rate_fine = self._rate_fine + ((miss_um << _FINE_SHIFT) >> _RATE_SHIFT)
        self._surface_um = surface_um = surface_um + (miss_um >> _PLACE_SHIFT) + (rate_fine >> _FINE_SHIFT)
        aim_mn = self._aim_mn
        if aim_mn != setpoint_mn:
            if setpoint_mn > aim_mn + _AIM_STEP_MN:
                aim_mn += _AIM_STEP_MN
            elif setpoint_mn < aim_mn - _AIM_STEP_MN:
                aim_mn -= _AIM_STEP_MN
            else:
                aim_mn = setpoint_mn
            self._aim_mn = aim_mn
        travel_um = surface_um + (rate_fine * _AHEAD_TICKS >> _FINE_SHIFT) + aim_mn * UM_PER_MM // spring_mn_mm
        if not -_QUIET_UM <= travel_um - self.travel_um <= _QUIET_UM:
            self._go(travel_um)

    def _go(self, travel_um: int) -> None:
        """Ask for a travel, inside what the press can do in a tick and at all."""
        now_um = self.travel_um
        if travel_um != now_um:
            # Written out, as in the roller: a call costs the chip 12 us.
            if travel_um > now_um + _SLEW_UM:
                travel_um = now_um + _SLEW_UM
            elif travel_um < now_um - _SLEW_UM:
                travel_um = now_um - _SLEW_UM
            if travel_um < 0:
                travel_um = 0
            elif travel_um > self._travel_max_um:
                travel_um = self._travel_max_um
            self.travel_um = travel_um
        self._axis.tick(travel_um)
