"""Watch whether the feet are in their wells."""

from instep.axes import FEET
from instep.guard.limits import FOOT_OUT_TICKS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.interface import Hal


class FootWatch:
    """Debounce the foot switches: `are_in` turns False when a foot in use has been out for 50 ms."""

    def __init__(self, hal: "Hal") -> None:
        self._switches = hal.foot_switches
        self._out_ticks = 0
        self.are_in = False

    def tick(self, feet_mask: int) -> None:
        """Read the switches of the feet in use, bit 0 left, bit 1 right."""
        is_missing = False
        for foot in range(FEET):
            if feet_mask >> foot & 1 and not self._switches[foot].read():
                is_missing = True
        self._out_ticks = min(FOOT_OUT_TICKS, self._out_ticks + 1) if is_missing else 0
        self.are_in = self._out_ticks < FOOT_OUT_TICKS
