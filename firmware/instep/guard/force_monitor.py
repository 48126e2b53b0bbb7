"""Judge the force of one roller by what was asked of its press.

A press that follows its set point reads that force, within what parts and strokes make of it. A press that is asked
to lift reads nothing within the time that a servo needs. A new conversion differs from the last by its noise.
So a force over the set point is a jammed press, a foot that is too high or a lost regulation; a force that stays
after lifting is a roller that still presses; a reading that does not change is no measurement.
"""

from instep.axes import HIGH, TOP_PRESS
from instep.drive.press import TRAVEL
from instep.guard import limits
from instep.guard.faults import (
    FAULT_FOOT_TOO_HIGH,
    FAULT_FORCE_FROZEN,
    FAULT_PRESS_HIGH,
    FAULT_ROLLER_PRESSES,
    NO_FAULT,
)
from instep.units import PERMILLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.press import Press
    from instep.guard.travel_monitor import TravelMonitor


class ForceMonitor:
    """Judge one roller once a tick; `still_presses` is True while it presses though it should have lifted."""

    def __init__(self, press: "Press", travel: "TravelMonitor") -> None:
        self._press = press
        self._travel = travel
        self._max_mn = 0
        self._read_mn = 0
        self._alike_ticks = 0
        self._over_ticks = 0
        # A roller that has not pressed since the start has lifted.
        self._clear_ticks = limits.LIFTED_TICKS
        self._held_ticks = 0
        self.still_presses = False
        self.begin_session(HIGH[TOP_PRESS])

    def begin_session(self, press_max_mn: int) -> None:
        """Take over the greatest set point that a roller may have for this person."""
        self._max_mn = press_max_mn * limits.PRESS_MAX_PERMILLE // PERMILLE

    def check(self, force_mn: int) -> int:
        """Return the fault that this reading completes."""
        asked_mn = self._press.asked_mn
        if asked_mn == 0:
            if force_mn <= limits.LIFTED_MAX_MN and self._clear_ticks >= limits.LIFTED_TICKS and not self._held_ticks:
                return NO_FAULT
            return self._check_lifted(force_mn)
        if self._clear_ticks or self._held_ticks:
            self._begin_pressing()
        if force_mn == self._read_mn:
            self._alike_ticks += 1
            if self._alike_ticks >= limits.FORCE_FROZEN_TICKS:
                return FAULT_FORCE_FROZEN
        else:
            self._read_mn = force_mn
            self._alike_ticks = 0
        limit_mn = asked_mn + (asked_mn >> limits.PRESS_OVER_SHIFT) + limits.PRESS_OVER_MN
        if limit_mn > self._max_mn:
            limit_mn = self._max_mn
        if force_mn <= limit_mn:
            self._over_ticks = 0
            return self._travel.check(force_mn)
        self._over_ticks += 1
        is_up = self._press.state[TRAVEL] == 0 and self._travel.has_rolled
        if is_up and self._over_ticks >= limits.FOOT_HIGH_TICKS:
            return FAULT_FOOT_TOO_HIGH
        return FAULT_PRESS_HIGH if self._over_ticks >= limits.PRESS_OVER_TICKS else NO_FAULT

    def _begin_pressing(self) -> None:
        self._clear_ticks = self._held_ticks = self._over_ticks = self._alike_ticks = 0
        self.still_presses = False

    def _check_lifted(self, force_mn: int) -> int:
        """Judge a roller that is asked to lift; once it has been clear, only a foot can push on it."""
        is_alive = force_mn != self._read_mn
        self._read_mn = force_mn
        if force_mn <= limits.LIFTED_MAX_MN:
            self._clear_ticks += 1
        has_lifted = self._clear_ticks >= limits.LIFTED_TICKS
        if force_mn <= (limits.PUSHED_MAX_MN if has_lifted else limits.LIFTED_MAX_MN):
            self._held_ticks = 0
            self.still_presses = False
            return NO_FAULT
        if not has_lifted:
            self._clear_ticks = 0
        # A frozen reading shows nothing of the roller.
        if is_alive and self._held_ticks < limits.HELD_TRIP_TICKS:
            self._held_ticks += 1
        self.still_presses = self._held_ticks >= limits.HELD_TRIP_TICKS
        return FAULT_ROLLER_PRESSES if self.still_presses else NO_FAULT
