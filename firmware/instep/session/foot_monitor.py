"""Monitor the foot switches of the wells."""

from instep.guard.limits import FOOT_OUT_TICKS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.interface import Hal


class FootMonitor:
    """Debounce the foot switches: `are_in` turns False when a foot in use has been out for 50 ms."""

    def __init__(self, hal: "Hal") -> None:
        self._switches = hal.foot_switches
        self._out_ticks = 0
        self.are_in = False

    def are_wells_empty(self) -> bool:
        """Return True if no foot is in a well, in use or not."""
        left, right = self._switches
        return not left.read() and not right.read()

    def tick(self, feet_mask: int) -> None:
        """Read the switches of the feet in use, bit 0 left, bit 1 right."""
        left, right = self._switches
        is_missing = (feet_mask & 1 and not left.read()) or (feet_mask & 2 and not right.read())
        if not is_missing:
            self._out_ticks = 0
        elif self._out_ticks < FOOT_OUT_TICKS:
            self._out_ticks += 1
        self.are_in = self._out_ticks < FOOT_OUT_TICKS
