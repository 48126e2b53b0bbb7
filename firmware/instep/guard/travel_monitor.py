"""Judge the force of one roller by the travel of its press, which shares nothing with the force sensor.

A roller that stands on a foot and is pressed further gives way by its spring, whose rate is known, and by the tissue,
which takes less than the spring. So each mm of travel since the first touch has to be read as a force of its own. A
reading that stays behind comes from a sensor of too low a gain; a press that goes to the end of its search without a
touch, though a foot is in, has a sensor that feels nothing.
"""

from instep.drive.press import AT_END, SPRING, TOUCHING, TRAILING, ZERO
from instep.guard import limits
from instep.guard.faults import FAULT_FORCE_LOW, NO_FAULT
from instep.units import MN_PER_N, UM_PER_MM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.press import Press
    from instep.drive.roller import Roller
    from instep.hal.interface import Switch


class TravelMonitor:
    """Judge one roller in each tick in which it is to press; `has_rolled`: it has left the place of its touch."""

    def __init__(self, press: "Press", roller: "Roller", foot_switch: "Switch") -> None:
        self._press = press.state
        self._roller = roller
        self._foot_switch = foot_switch
        # How far spring and softest tissue give way for each N.
        self._um_per_n = MN_PER_N * UM_PER_MM // self._press[SPRING] + limits.YIELD_UM_PER_N
        self._is_touching = False
        self._is_landing = False
        self.has_rolled = False
        self._touch_um = 0
        self._place_um = 0
        self._ticks = 0

    def check(self, force_mn: int) -> int:
        """Return the fault that this reading completes."""
        press = self._press
        if not press[TOUCHING]:
            self._is_touching = False
            return self._check_search()
        if not self._is_touching:
            self._touch(force_mn)
        if not self.has_rolled:
            way_um = self._roller.position_um - self._place_um
            self.has_rolled = not -limits.TOUCH_WITHIN_UM <= way_um <= limits.TOUCH_WITHIN_UM
        if self.has_rolled or not self._is_landing:
            return NO_FAULT
        beyond_um = press[TRAILING] - self._touch_um
        if beyond_um * MN_PER_N <= (force_mn - press[ZERO]) * self._um_per_n + limits.YIELD_UM * MN_PER_N:
            self._ticks = 0
            return NO_FAULT
        self._ticks += 1
        return FAULT_FORCE_LOW if self._ticks >= limits.FORCE_LOW_TICKS else NO_FAULT

    def _touch(self, force_mn: int) -> None:
        """Note place and travel of a first touch; a roller that is met by a foot at full force has none."""
        self._is_touching = True
        self.has_rolled = False
        self._is_landing = force_mn <= limits.TOUCHED_MAX_MN
        self._touch_um = self._press[TRAILING]
        self._place_um = self._roller.position_um
        self._ticks = 0

    def _check_search(self) -> int:
        """Judge a press that has gone to the end of its search and feels nothing of the foot that is there."""
        if not self._press[AT_END] or not self._foot_switch.read():
            self._ticks = 0
            return NO_FAULT
        self._ticks += 1
        return FAULT_FORCE_LOW if self._ticks >= limits.NOT_FELT_TICKS else NO_FAULT
