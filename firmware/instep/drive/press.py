"""A roller's press: target force to servo travel, through a spring of known rate.

Travel = surface + force / spring rate. The surface is not measured, but every reading of the force tells it:
surface = travel - force / spring rate, with the travel that the servo has by then. A tracker of place and rate
(alpha-beta) follows that, so bumps and the give of the tissue are trimmed away like an integral would, and nothing
winds up: it tracks where the surface is, not how long the force was wrong.

In the air the press goes fast to just above the contact that it remembers, then feels its way. What the sensor reads
while the roller is lifted is its zero: a touch is a reading above that.
"""

import micropython
from instep.axes import RATE_PER_TICK, TOP_PRESS
from instep.kernel import ptr32
from instep.units import UM_PER_MM
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.servo import ServoAxis
    from instep.hal.calibration import Calibration
    from instep.hal.interface import ForceSensor, StateMemory

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
_SEARCH_UM = const(25_000)

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

# No force of a machine is larger; a reading beyond is invalid data, and must not leave 32 bits. Start value.
_FORCE_MAX_MN = const(100_000)

# Places in the state of a press: lengths in um, forces in mN, the rate of the surface in 1/16 um per tick.
TRAVEL = 0  # asked for
TRAILING = 1  # where the servo is by then, while it presses
CONTACT = 2  # where the roller usually meets the foot
TOUCHING = 3  # 1 while the roller follows the foot
LANDING = 4  # 1 until the first contact after a lift
_AIM = const(5)
_SURFACE = const(6)
_RATE = const(7)
_MEASURED = const(8)  # the surface by the last reading alone
ZERO = 9  # what the sensor reads while the roller is lifted, mN
_ZERO_FINE = const(10)  # the same in 64ths of a mN
_LIFTED_TICKS = const(11)
AT_END = 12  # 1 at the end of the search for the foot
SPRING = 13  # mN per mm; from here on the words are fixed
TRAVEL_MAX = 14
_AIM_STEP = const(15)  # the greatest change of the aim, mN per tick
SIZE = 16
_FIXED = const(3)


class Press:
    """Press one roller with a force; `contact_um` is the travel at which it usually meets the foot.

    axis: its servo. memory: gives the state.

    state: an array; TRAVEL, TRAILING, CONTACT, TOUCHING, LANDING, AT_END, ZERO and SPRING are for readers.
    force_mn: the last reading. asked_mn: the force that the last tick was to press with, 0 = lifted.
    """

    def __init__(
        self,
        axis: "ServoAxis",
        force_sensor: "ForceSensor",
        calibration: "Calibration",
        contact_um: int,
        memory: "StateMemory",
    ) -> None:
        self._axis = axis
        self._sensor = force_sensor
        self.state = memory.take(SIZE, _FIXED)
        self.state[CONTACT] = contact_um
        self.state[LANDING] = 1
        self.state[SPRING] = calibration.spring_mn_per_mm
        self.state[TRAVEL_MAX] = calibration.press_travel_max_um
        self.state[_AIM_STEP] = RATE_PER_TICK[TOP_PRESS]
        self.force_mn = 0
        self.asked_mn = 0
        self._is_lifted = False  # and nothing to do until it is to press again

    def tick(self, setpoint_mn: int) -> None:
        """Go on toward `setpoint_mn` (0..35000); 0 lifts the roller to the far end."""
        state = self.state
        self.force_mn = force_mn = self._sensor.read_mn()
        self.asked_mn = setpoint_mn
        if setpoint_mn <= 0:
            self._rise()
            return
        self._is_lifted = False
        measure_surface(state, force_mn)
        if not state[TOUCHING]:
            travel_um = feel_foot(state, force_mn)
        elif force_mn >= LOST_MN and force_mn >= state[ZERO] + _LOST_OVER_MN:
            travel_um = follow_surface(state, setpoint_mn)
        else:
            self._end_contact()
            travel_um = state[TRAVEL]
        self._axis.tick(step_travel(state, travel_um))

    def _rise(self) -> None:
        """Go on to the far end, step by step; once there, learn the sensor's zero."""
        if self._is_lifted:
            learn_zero(self.state, self.force_mn)
        else:
            self._leave()
            self._axis.tick(step_travel(self.state, 0))
            self._is_lifted = self.state[TRAVEL] == 0

    def hold_travel(self, travel_um: int) -> None:
        """Go on toward a travel, downward at half speed, whatever the force is."""
        self.force_mn = self._sensor.read_mn()
        self.asked_mn = _FEELING_MN if travel_um else 0
        self._is_lifted = False
        self._end_contact()
        self._axis.tick(step_travel(self.state, min(travel_um, self.state[TRAVEL] + _LOWER_UM)))

    def lift(self) -> None:
        """Lift fully, now: as fast as the servo can; then read the force."""
        self.asked_mn = 0
        if not self._is_lifted:
            self._is_lifted = True
            self._leave()
            self.state[TRAVEL] = 0
            self._axis.tick(0)
        self.force_mn = force_mn = self._sensor.read_mn()
        learn_zero(self.state, force_mn)

    def _leave(self) -> None:
        """End the contact; the next one is a first one."""
        self._end_contact()
        self.state[LANDING] = 1

    def _end_contact(self) -> None:
        self.state[TOUCHING] = self.state[_AIM] = self.state[_LIFTED_TICKS] = self.state[AT_END] = 0


@micropython.viper
def learn_zero(press: ptr32, force_mn: int) -> int:
    """Take the reading of a roller that has lifted, unless something pushes on it; return the zero, mN."""
    zero_mn = press[ZERO]
    if press[_LIFTED_TICKS] < _LIFT_TICKS:
        press[_LIFTED_TICKS] = press[_LIFTED_TICKS] + 1
    elif force_mn - zero_mn >= -_ZERO_MAX_MN and force_mn - zero_mn <= _ZERO_MAX_MN:
        fine = press[_ZERO_FINE] + force_mn - zero_mn
        if fine > _ZERO_MAX_MN << _ZERO_SHIFT:
            fine = _ZERO_MAX_MN << _ZERO_SHIFT
        elif fine < -_ZERO_MAX_MN << _ZERO_SHIFT:
            fine = -_ZERO_MAX_MN << _ZERO_SHIFT
        press[_ZERO_FINE] = fine
        press[ZERO] = fine >> _ZERO_SHIFT
    return zero_mn


@micropython.viper
def measure_surface(press: ptr32, force_mn: int) -> int:
    """Note where the servo is by now, and the surface by this reading; return the surface, um.

    The largest product is a force x 1000: 100 million.
    """
    # The travel that the next reading belongs to comes after the command.
    trailing_um = press[TRAILING] + ((press[TRAVEL] - press[TRAILING]) >> _LAG_SHIFT)
    press[TRAILING] = trailing_um
    if force_mn > _FORCE_MAX_MN:
        force_mn = _FORCE_MAX_MN
    elif force_mn < -_FORCE_MAX_MN:
        force_mn = -_FORCE_MAX_MN
    surface_um = trailing_um - force_mn * UM_PER_MM // press[SPRING]
    press[_MEASURED] = surface_um
    return surface_um


@micropython.viper
def feel_foot(press: ptr32, force_mn: int) -> int:
    """Come closer until the roller touches; return the travel to go to, um. A first contact is remembered."""
    travel_um = press[TRAVEL]
    contact_um = press[CONTACT]
    if force_mn > TOUCH_MN and force_mn > press[ZERO] + _TOUCH_OVER_MN:
        press[TOUCHING] = 1
        press[AT_END] = 0
        press[_AIM] = force_mn
        press[_SURFACE] = press[_MEASURED]
        press[_RATE] = 0
        if press[LANDING] and force_mn <= _LEARN_MAX_MN:
            press[LANDING] = 0
            press[CONTACT] = contact_um + ((press[_MEASURED] - contact_um) >> _LEARN_SHIFT)
        return travel_um
    end_um = contact_um + _SEARCH_UM
    if end_um > press[TRAVEL_MAX]:
        end_um = press[TRAVEL_MAX]
    if travel_um < contact_um - _MARGIN_UM:
        return contact_um - _MARGIN_UM
    if travel_um + _FEEL_UM < end_um:
        return travel_um + _FEEL_UM
    press[AT_END] = 1
    return travel_um if travel_um > end_um else end_um


@micropython.viper
def follow_surface(press: ptr32, setpoint_mn: int) -> int:
    """Track the surface and press on it with the aim; return the travel to go to, um.

    The aim goes to the setpoint no faster than the axis may. The largest product is a force x 1000: 35 million.
    """
    miss_um = press[_MEASURED] - press[_SURFACE]
    if miss_um > _MISS_MAX_UM:
        miss_um = _MISS_MAX_UM
    elif miss_um < -_MISS_MAX_UM:
        miss_um = -_MISS_MAX_UM
    rate_fine = press[_RATE] + ((miss_um << _FINE_SHIFT) >> _RATE_SHIFT)
    press[_RATE] = rate_fine
    surface_um = press[_SURFACE] + (miss_um >> _PLACE_SHIFT) + (rate_fine >> _FINE_SHIFT)
    press[_SURFACE] = surface_um
    aim_mn = setpoint_mn
    if setpoint_mn > press[_AIM] + press[_AIM_STEP]:
        aim_mn = press[_AIM] + press[_AIM_STEP]
    elif setpoint_mn < press[_AIM] - press[_AIM_STEP]:
        aim_mn = press[_AIM] - press[_AIM_STEP]
    press[_AIM] = aim_mn
    travel_um = surface_um + (rate_fine * _AHEAD_TICKS >> _FINE_SHIFT) + aim_mn * UM_PER_MM // press[SPRING]
    change_um = travel_um - press[TRAVEL]
    if change_um >= -_QUIET_UM and change_um <= _QUIET_UM:
        return press[TRAVEL]
    return travel_um


@micropython.viper
def step_travel(press: ptr32, travel_um: int) -> int:
    """Step toward a travel, um, by what a press can do in a tick and at all; return the new travel."""
    now_um = press[TRAVEL]
    if travel_um > now_um + _SLEW_UM:
        travel_um = now_um + _SLEW_UM
    elif travel_um < now_um - _SLEW_UM:
        travel_um = now_um - _SLEW_UM
    if travel_um < 0:
        travel_um = 0
    elif travel_um > press[TRAVEL_MAX]:
        travel_um = press[TRAVEL_MAX]
    press[TRAVEL] = travel_um
    return travel_um
