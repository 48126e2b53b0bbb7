"""Find a roller's home at session start: run gently against the near stop, then off it by the known clearance."""

from instep.axes import TICKS_PER_S
from instep.drive.roller_kernels import SPEED
from instep.hal.calibration import STOP_CLEARANCE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.roller import Roller
    from instep.kernel import ptr32

SEEKING, BACKING, FOUND, LATE = range(4)

# A fifth of full voltage: about 50 mm/s free, and a stall current far under the limit. Start values.
_SEEK_DUTY_PERMILLE = const(-200)
# Longer than the guard needs to report a lost encoder.
_STALLED_TICKS = const(13)
_START_TICKS = const(30)
_MAX_TICKS = 15 * TICKS_PER_S
_BACKED_WITHIN_UM = const(300)


class Homing:
    """Home one roller: call `tick` until `state` is FOUND or LATE. `figures` are those that the drives share."""

    def __init__(self, roller: "Roller", figures: "ptr32") -> None:
        self._roller = roller
        self._figures = figures
        self.state = FOUND
        self._ticks = 0
        self._still_ticks = 0

    def begin(self) -> None:
        """Start seeking."""
        self.state = SEEKING
        self._ticks = 0
        self._still_ticks = 0

    def tick(self) -> None:
        """Advance by one tick."""
        self._ticks += 1
        if self.state == SEEKING:
            self._seek()
        elif self.state == BACKING:
            self._back()
        if self._ticks > _MAX_TICKS and self.state < FOUND:
            self._roller.off()
            self.state = LATE

    def _seek(self) -> None:
        roller = self._roller
        roller.drive_open_loop(_SEEK_DUTY_PERMILLE)
        self._still_ticks = 0 if roller.state[SPEED] else self._still_ticks + 1
        if self._ticks > _START_TICKS and self._still_ticks >= _STALLED_TICKS:
            roller.off()
            roller.zero()
            self.state = BACKING

    def _back(self) -> None:
        roller = self._roller
        clearance_um = self._figures[STOP_CLEARANCE]
        roller.tick(clearance_um)
        if roller.state[SPEED] == 0 and abs(roller.position_um - clearance_um) <= _BACKED_WITHIN_UM:
            roller.off()
            roller.zero()
            self.state = FOUND
