"""Measure one foot: the sole roller goes behind the heel, lifted, and comes back lightly until it touches the heel.

Positions are micrometres from the toe tips, which rest on the toe stop; the heel is at 203..323 mm.
"""

from instep.hal.calibration import PROBE_OFFSET, PROBE_TRAVEL
from instep.stroke.foot_scaling import FOOT_MAX_UM, FOOT_MIN_UM
from instep.stroke.glide import Glide
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.kernel import ptr32

# States.
PROBE_IDLE, PROBE_GO_OUT, PROBE_LOWER, PROBE_APPROACH, PROBE_LIFT, PROBE_RETURN, PROBE_DONE = range(7)

# Results, valid in PROBE_DONE.
PROBE_PENDING = 0
PROBE_OK = 1
PROBE_NO_CONTACT = 2  # no contact down to 8 mm less than the shortest foot
PROBE_TOO_LONG = 3
PROBE_TOO_SHORT = 4
PROBE_TIMEOUT = 5  # the roller did not follow

# Behind the longest foot's heel, short of the end of the rail.
FAR_UM = 335_000

# Contact: a force above 20 standard deviations of the sensor's noise, for CONTACT_TICKS in a row. Start values.
CONTACT_MN = 1_200
CONTACT_TICKS = 3

# A person's feet differ by less. A sensor that feels nothing lets its roller press on a heel with 10 N until there.
# Start value.
_FEET_DIFFER_UM = const(10_000)

# Speeds, um per tick: 40 mm/s lifted, 20 mm/s pressed. Rotor and gear weigh as much as 31 kg in a roller's way: at
# 40 mm/s no finger of 3 to 30 N/mm feels 60 N, and hands are still about the wells while the feet are measured.
LIFTED_UM = 400
_FEEL_UM = const(200)

# Measuring error: a length outside the range by no more than this counts as the range's end. Start value.
_ERROR_UM = const(2_000)
_MARGIN_UM = const(8_000)

# The roller is at its goal within _NEAR_UM. It has lost its setpoint while pressed when it is more than _LOST_UM away
# for _LOST_TICKS in a row, and passes a heel for as many; a single such position is noise. Start values.
_NEAR_UM = const(2_000)
_LOST_UM = const(10_000)
_LOST_TICKS = const(3)

# Longest time out or home (it takes 8 s), and duration of the press from end to end, ticks. Start values.
_WAY_TICKS = const(1_200)
_PRESS_TICKS = const(60)


class Probe:
    """Measure the length of one foot; read `state` and `result` after each tick.

    figures: those that the drives share. move.place_um, press_travel_um: setpoints of the sole's axes.
    length_um: the length, with PROBE_OK.
    """

    def __init__(self, figures: "ptr32") -> None:
        self._figures = figures
        self.move = Glide()
        self._ticks = 0
        self._felt_ticks = 0
        self._felt_um = 0
        self._lost_ticks = 0
        self._missed_ticks = 0
        self.press_travel_um = 0
        self.length_um = 0
        self.result = PROBE_PENDING
        self.state = PROBE_IDLE

    def begin(self) -> None:
        """Start from home: roller lifted at the toe tips."""
        self.move.begin()
        self.length_um = 0
        self.result = PROBE_PENDING
        self._enter(PROBE_GO_OUT)

    def miss(self, position_um: int, length_um: int) -> None:
        """Give up if the roller has passed a heel at `length_um`, the other foot's, by more than feet differ."""
        if self.state != PROBE_APPROACH or position_um + self._figures[PROBE_OFFSET] >= length_um - _FEET_DIFFER_UM:
            self._missed_ticks = 0
            return
        self._missed_ticks += 1
        if self._missed_ticks >= _LOST_TICKS:
            self._end(PROBE_NO_CONTACT)

    def tick(self, position_um: int, force_mn: int) -> None:
        """Advance by one tick; `position_um` and `force_mn` are those of the sole roller."""
        self._ticks += 1
        state = self.state
        if state == PROBE_GO_OUT:
            self._go_out(position_um)
        elif state == PROBE_LOWER:
            self._lower(position_um, force_mn)
        elif state == PROBE_APPROACH:
            self._approach(position_um, force_mn)
        elif state == PROBE_LIFT:
            self._lift()
        elif state == PROBE_RETURN:
            self._return(position_um)

    def _enter(self, state: int) -> None:
        self.state = state
        self._ticks = 0
        self._felt_ticks = 0
        self._lost_ticks = 0
        is_down = PROBE_LOWER <= state <= PROBE_APPROACH
        self.press_travel_um = self._figures[PROBE_TRAVEL] if is_down else 0

    def _end(self, result: int) -> None:
        self.result = result
        self._enter(PROBE_LIFT)

    def _go_out(self, position_um: int) -> None:
        self.move.to(FAR_UM, LIFTED_UM)
        if self.move.speed_um == 0 and abs(position_um - FAR_UM) <= _NEAR_UM:
            self._enter(PROBE_LOWER)
        elif self._ticks > _WAY_TICKS:
            self._end(PROBE_TIMEOUT)

    def _lower(self, position_um: int, force_mn: int) -> None:
        if self._feels(position_um, force_mn):
            self._end(PROBE_TOO_LONG)
        elif self._ticks >= _PRESS_TICKS:
            self._enter(PROBE_APPROACH)

    def _approach(self, position_um: int, force_mn: int) -> None:
        goal_um = FOOT_MIN_UM - _MARGIN_UM - self._figures[PROBE_OFFSET]
        self.move.to(goal_um, _FEEL_UM)
        if abs(position_um - self.move.place_um) > _LOST_UM:
            self._lost_ticks += 1
            if self._lost_ticks >= _LOST_TICKS:
                self._end(PROBE_TIMEOUT)
            return
        self._lost_ticks = 0
        if self._feels(position_um, force_mn):
            self._measure(self._felt_um + self._figures[PROBE_OFFSET])
        elif self.move.speed_um == 0:
            self._end(PROBE_NO_CONTACT)

    def _measure(self, length_um: int) -> None:
        if length_um > FOOT_MAX_UM + _ERROR_UM:
            self._end(PROBE_TOO_LONG)
        elif length_um < FOOT_MIN_UM - _ERROR_UM:
            self._end(PROBE_TOO_SHORT)
        else:
            self.length_um = max(FOOT_MIN_UM, min(FOOT_MAX_UM, length_um))
            self._end(PROBE_OK)

    def _lift(self) -> None:
        """Stop and let the press rise before the roller moves along the foot."""
        self.move.stop()
        if self._ticks >= _PRESS_TICKS:
            self._enter(PROBE_RETURN)

    def _return(self, position_um: int) -> None:
        self.move.to(0, LIFTED_UM)
        if self.move.speed_um == 0 and abs(position_um) <= _NEAR_UM:
            self._enter(PROBE_DONE)
        elif self._ticks > _WAY_TICKS:
            self.result = PROBE_TIMEOUT
            self._enter(PROBE_DONE)

    def _feels(self, position_um: int, force_mn: int) -> bool:
        """Return True after CONTACT_TICKS in contact; keep the position at which the contact began."""
        if force_mn <= CONTACT_MN:
            self._felt_ticks = 0
            return False
        if self._felt_ticks == 0:
            self._felt_um = position_um
        self._felt_ticks += 1
        return self._felt_ticks >= CONTACT_TICKS
