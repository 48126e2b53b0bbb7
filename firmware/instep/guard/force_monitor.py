"""Judge the force of one roller by what was asked of its press.

A press that follows its set point reads that force, within what parts and strokes make of it. A press that is asked
to lift reads nothing within the time that a servo needs. A new conversion differs from the last by its noise.
So a force over the set point is a jammed press, a foot that is too high or a lost regulation; a force that stays
after lifting is a roller that still presses; a reading that does not change is no measurement.
"""

import micropython
from instep.axes import HIGH, TOP_PRESS
from instep.drive.press import TRAVEL
from instep.guard import limits
from instep.guard.faults import (
    FAULT_FOOT_TOO_HIGH,
    FAULT_FORCE_FROZEN,
    FAULT_FORCE_LOW,
    FAULT_PRESS_HIGH,
    FAULT_ROLLER_PRESSES,
    NO_FAULT,
)
from instep.kernel import ptr32
from instep.units import PERMILLE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.press import Press
    from instep.guard.travel_monitor import TravelMonitor
    from instep.hal.interface import StateMemory

# What all monitors share: whether a lifted roller bears a load, in this tick and in the one before.
LOADED_NOW = 0
LOADED_BEFORE = 1

# Places in the state of a monitor; ticks are those in a row of a condition.
_READ_MN = const(0)  # the last reading
_ALIKE_TICKS = const(1)
_OVER_TICKS = const(2)
_CLEAR_TICKS = const(3)  # since the roller was asked to lift
_HELD_TICKS = const(4)
_NEGATIVE_TICKS = const(5)
_MAX_MN = const(6)  # no set point of this person allows more: a fixed word
_NOT_MAX_MN = const(7)
_SIZE = const(7)
_FIXED = const(1)


class ForceMonitor:
    """Judge one roller once a tick, with a state from `memory`."""

    def __init__(self, press: "Press", travel: "TravelMonitor", loaded: "ptr32", memory: "StateMemory") -> None:
        self._press = press
        self._loaded = loaded
        self._travel = travel
        self._state = memory.take(_SIZE, _FIXED)
        # A roller that has not pressed since the start has lifted.
        self._state[_CLEAR_TICKS] = limits.LIFTED_TICKS
        self.begin_session(HIGH[TOP_PRESS])

    def begin_session(self, press_max_mn: int) -> None:
        """Take over the greatest set point that a roller may have for this person."""
        self._travel.begin_session()
        self._state[_MAX_MN] = max_mn = press_max_mn * limits.PRESS_MAX_PERMILLE // PERMILLE
        self._state[_NOT_MAX_MN] = ~max_mn

    def still_presses(self) -> bool:
        """Return True while the roller presses though it should have lifted."""
        return self._state[_HELD_TICKS] >= limits.HELD_TRIP_TICKS

    def has_foot(self, fault: int) -> bool:
        """Return True if the fault is a roller that presses on a foot: that is one at rest too."""
        return fault == FAULT_ROLLER_PRESSES and self._travel.has_foot()

    def check(self, force_mn: int) -> int:
        """Return the fault that this reading completes."""
        asked_mn = self._press.asked_mn
        if asked_mn == 0:
            return judge_lifted(self._state, self._loaded, force_mn)
        fault = judge_pressing(self._state, force_mn, asked_mn)
        if fault == FAULT_PRESS_HIGH:
            return self._judge_over()
        return fault or self._travel.check(force_mn, self._loaded[LOADED_BEFORE])

    def _judge_over(self) -> int:
        """Return the fault of a force that is over the set point for as long as it is by now."""
        over_ticks = self._state[_OVER_TICKS]
        is_up = self._press.state[TRAVEL] == 0 and self._travel.has_rolled()
        if is_up and over_ticks >= limits.FOOT_HIGH_TICKS:
            return FAULT_FOOT_TOO_HIGH
        return FAULT_PRESS_HIGH if over_ticks >= limits.PRESS_OVER_TICKS else NO_FAULT


@micropython.viper
def judge_pressing(monitor: ptr32, force_mn: int, asked_mn: int) -> int:
    """Find a reading that does not change, or one over the set point: FAULT_PRESS_HIGH, however long it lasts."""
    if monitor[_CLEAR_TICKS] != 0 or monitor[_HELD_TICKS] != 0:
        monitor[_CLEAR_TICKS] = monitor[_HELD_TICKS] = monitor[_OVER_TICKS] = monitor[_ALIKE_TICKS] = 0
    monitor[_ALIKE_TICKS] = monitor[_ALIKE_TICKS] + 1 if force_mn == monitor[_READ_MN] else 0
    monitor[_READ_MN] = force_mn
    if monitor[_ALIKE_TICKS] >= limits.FORCE_FROZEN_TICKS:
        return FAULT_FORCE_FROZEN
    limit_mn = asked_mn + (asked_mn >> limits.PRESS_OVER_SHIFT) + limits.PRESS_OVER_MN
    if limit_mn > monitor[_MAX_MN]:
        limit_mn = monitor[_MAX_MN]
    if force_mn <= limit_mn:
        monitor[_OVER_TICKS] = 0
        return NO_FAULT
    monitor[_OVER_TICKS] = monitor[_OVER_TICKS] + 1
    return FAULT_PRESS_HIGH


@micropython.viper
def judge_lifted(monitor: ptr32, loaded: ptr32, force_mn: int) -> int:
    """Judge a roller that is asked to lift; once it has been clear, only a foot can push on it, and nothing pulls."""
    monitor[_NEGATIVE_TICKS] = monitor[_NEGATIVE_TICKS] + 1 if force_mn < limits.LIFTED_MIN_MN else 0
    if monitor[_NEGATIVE_TICKS] >= limits.FORCE_LOW_TICKS:
        return FAULT_FORCE_LOW
    is_light = force_mn <= limits.LIFTED_MAX_MN
    if is_light and monitor[_CLEAR_TICKS] >= limits.LIFTED_TICKS and monitor[_HELD_TICKS] == 0:
        return NO_FAULT
    if not is_light:
        loaded[LOADED_NOW] = 1
    is_alive = force_mn != monitor[_READ_MN]
    monitor[_READ_MN] = force_mn
    if is_light:
        monitor[_CLEAR_TICKS] = monitor[_CLEAR_TICKS] + 1
    has_lifted = monitor[_CLEAR_TICKS] >= limits.LIFTED_TICKS
    if force_mn <= (limits.PUSHED_MAX_MN if has_lifted else limits.LIFTED_MAX_MN):
        monitor[_HELD_TICKS] = 0
        return NO_FAULT
    if not has_lifted:
        monitor[_CLEAR_TICKS] = 0
    # A frozen reading shows nothing of the roller.
    if is_alive and monitor[_HELD_TICKS] < limits.HELD_TRIP_TICKS:
        monitor[_HELD_TICKS] = monitor[_HELD_TICKS] + 1
    return FAULT_ROLLER_PRESSES if monitor[_HELD_TICKS] >= limits.HELD_TRIP_TICKS else NO_FAULT
