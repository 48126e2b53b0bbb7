"""Judge the force of one roller by the travel of its press, which shares nothing with the force sensor.

A roller that stands on a foot and is pressed further gives way by its spring, whose rate is known, and by the tissue,
which takes less than the spring. So each mm of travel since the first touch has to be read as a force of its own. A
reading that stays behind comes from a sensor of too low a gain; a press that goes to the end of its search without a
touch, though a foot is in, has a sensor that feels nothing; if a roller that is lifted feels a load meanwhile, the two
sensors are swapped.
"""

import micropython
from instep.drive.press import AT_END, SPRING, TOUCHING, TRAILING, ZERO
from instep.guard import limits
from instep.guard.faults import FAULT_FORCE_LOW, NO_FAULT
from instep.guard.surface_monitor import SurfaceMonitor
from instep.kernel import ptr32
from instep.units import MN_PER_N, UM_PER_MM
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.press import Press
    from instep.drive.roller import Roller
    from instep.hal.interface import StateMemory, Switch

# More than the greatest travel can make of the hardest spring: beyond it a reading is as far ahead, or behind.
_FORCE_MAX_MN = const(150_000)

# Places in the state of a monitor.
_IS_TOUCHING = const(0)
_IS_LANDING = const(1)  # the touch was gentle, so the travel since then counts
_HAS_ROLLED = const(2)
_TOUCH_UM = const(3)  # the press's travel at the touch
_PLACE_UM = const(4)  # the roller's place at the touch
_TICKS = const(5)
_UM_PER_N = const(6)  # how far spring and softest tissue give way for each N: a fixed word
_SIZE = const(7)
_FIXED = const(1)


class TravelMonitor:
    """Judge one roller in each tick in which it is to press, with a state from `memory`."""

    def __init__(self, press: "Press", roller: "Roller", foot_switch: "Switch", memory: "StateMemory") -> None:
        self._press = press.state
        self._roller = roller
        self._surface = SurfaceMonitor(press)
        self._foot_switch = foot_switch
        self._state = memory.take(_SIZE, _FIXED)
        self._state[_UM_PER_N] = MN_PER_N * UM_PER_MM // self._press[SPRING] + limits.YIELD_UM_PER_N

    def begin_session(self) -> None:
        """Forget the foot."""
        self._surface.begin_session()

    def has_foot(self) -> bool:
        """Return True if the foot is in."""
        return self._foot_switch.read()

    def has_rolled(self) -> bool:
        """Return True if the roller has left the place of its touch."""
        return self._state[_HAS_ROLLED] != 0

    def check(self, force_mn: int, is_other_loaded: int) -> int:
        """Return the fault that this reading completes; `is_other_loaded`: a roller that is lifted bears a load."""
        place_um = self._roller.position_um
        fault = self._surface.check(place_um, force_mn)
        if fault and not self._foot_switch.read():
            fault = NO_FAULT
        if self._press[TOUCHING]:
            return judge_touch(self._state, self._press, place_um, force_mn) or fault
        self._state[_IS_TOUCHING] = 0
        return self._check_search(force_mn < limits.UNFELT_MN and is_other_loaded) or fault

    def _check_search(self, is_crossed: int) -> int:
        """Judge a press that feels nothing: another roller does, or its search is over though a foot is there."""
        state = self._state
        if not is_crossed and not (self._press[AT_END] and self._foot_switch.read()):
            state[_TICKS] = 0
            return NO_FAULT
        state[_TICKS] += 1
        return FAULT_FORCE_LOW if state[_TICKS] >= limits.NOT_FELT_TICKS else NO_FAULT


@micropython.viper
def judge_touch(monitor: ptr32, press: ptr32, place_um: int, force_mn: int) -> int:
    """Find a reading that stays behind the travel since the touch, while the roller stands at its place.

    A roller that is met by a foot at full force has no first touch. The largest product is 150 N by the 5,350 um that
    the softest spring gives way for each: 803 million.
    """
    if monitor[_IS_TOUCHING] == 0:
        monitor[_IS_TOUCHING] = 1
        monitor[_HAS_ROLLED] = monitor[_TICKS] = 0
        monitor[_IS_LANDING] = 1 if force_mn <= limits.TOUCHED_MAX_MN else 0
        monitor[_TOUCH_UM] = press[TRAILING]
        monitor[_PLACE_UM] = place_um
    way_um = place_um - monitor[_PLACE_UM]
    if way_um > limits.TOUCH_WITHIN_UM or way_um < -limits.TOUCH_WITHIN_UM:
        monitor[_HAS_ROLLED] = 1
    if monitor[_HAS_ROLLED] != 0 or monitor[_IS_LANDING] == 0:
        return NO_FAULT
    force_mn -= press[ZERO]
    if force_mn > _FORCE_MAX_MN:
        force_mn = _FORCE_MAX_MN
    elif force_mn < -_FORCE_MAX_MN:
        force_mn = -_FORCE_MAX_MN
    beyond_um = press[TRAILING] - monitor[_TOUCH_UM]
    if beyond_um * MN_PER_N <= force_mn * monitor[_UM_PER_N] + limits.YIELD_UM * MN_PER_N:
        monitor[_TICKS] = 0
        return NO_FAULT
    monitor[_TICKS] = monitor[_TICKS] + 1
    return FAULT_FORCE_LOW if monitor[_TICKS] >= limits.FORCE_LOW_TICKS else NO_FAULT
