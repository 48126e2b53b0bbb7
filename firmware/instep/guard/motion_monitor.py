"""Watch one roller: held, without measured motion, moving the wrong way, or moving by itself.

Encoder and current are read from the hardware layer, the duty from the drive. The current tells a held roller from a
lost encoder.
"""

from instep.guard import limits
from instep.guard.faults import (
    FAULT_ENCODER_LOST,
    FAULT_ENCODER_REVERSED,
    FAULT_ROLLER_BLOCKED,
    FAULT_ROLLER_RUNAWAY,
    NO_FAULT,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.roller import Roller
    from instep.hal.calibration import Calibration
    from instep.hal.interface import Encoder, Motor

_COUNTS_PER_SCALE = 1024


class RollerMonitor:
    """Judge one roller once a tick; `away` is the sign of the duty that leads away from what held it."""

    def __init__(self, roller: "Roller", motor: "Motor", encoder: "Encoder", calibration: "Calibration") -> None:
        scale = calibration.um_per_1024_counts
        self._roller = roller
        self._motor = motor
        self._encoder = encoder
        self._counts = encoder.read_counts()
        self._against_counts = _counts(limits.AGAINST_TRIP_UM_PER_TICK, scale)
        self._loose_counts = _counts(limits.LOOSE_TRIP_UM_PER_TICK, scale)
        self._fast_counts = _counts(limits.FAST_TRIP_UM_PER_TICK, scale)
        self.away = 0
        self._rest()

    def _rest(self) -> None:
        self._standing = self._blind = self._loaded = self._against = self._loose = self._fast = 0
        self._is_at_rest = True
        self._is_odd = 0

    def check(self, may_stand: bool) -> int:
        """Return the fault that this tick completes; `may_stand`: the roller runs against its stop on purpose."""
        counts = self._encoder.read_counts()
        moved = counts - self._counts
        duty = self._roller.duty_permille
        if moved == 0 and duty == 0:
            if not self._is_at_rest:
                self._rest()
            return NO_FAULT
        self._counts = counts
        self._is_at_rest = False
        speed = moved if moved > 0 else -moved
        # The speed needs no check if the roller goes where it is driven, and did so before.
        if self._is_odd or duty == 0 or moved ^ duty < 0 or speed >= self._fast_counts:
            fault = self._check_speed(speed, duty, moved)
            if fault != NO_FAULT or duty == 0:
                return fault
        return self._check_load(speed, duty, may_stand)

    def _check_speed(self, speed: int, duty: int, moved: int) -> int:
        """Find motion without the drive, against it, or faster than any stroke."""
        self._fast = self._fast + 1 if speed >= self._fast_counts else 0
        self._loose = self._loose + 1 if duty == 0 and speed >= self._loose_counts else 0
        is_against = speed >= self._against_counts and (
            (duty >= limits.DRIVEN_PERMILLE and moved < 0) or (duty <= -limits.DRIVEN_PERMILLE and moved > 0)
        )
        self._against = self._against + 1 if is_against else 0
        self._is_odd = self._fast or self._loose or self._against
        if self._against >= limits.AGAINST_TRIP_TICKS:
            return FAULT_ENCODER_REVERSED
        # With a reversed encoder the drive accelerates the roller: it is fast before it is against the drive for long.
        if self._fast >= limits.FAST_TRIP_TICKS and self._against >= limits.FAST_TRIP_TICKS:
            return FAULT_ENCODER_REVERSED
        if self._fast >= limits.FAST_TRIP_TICKS or self._loose >= limits.LOOSE_TRIP_TICKS:
            return FAULT_ROLLER_RUNAWAY
        return NO_FAULT

    def _check_load(self, speed: int, duty: int, may_stand: bool) -> int:
        """Find a driven roller that does not move: the current tells a held roller from a lost encoder."""
        current_ma = self._motor.read_ma()
        size = duty if duty > 0 else -duty
        self._loaded = self._loaded + 1 if current_ma >= limits.LOAD_TRIP_MA else 0
        is_standing = speed <= limits.STANDING_COUNTS and size >= limits.DRIVEN_PERMILLE
        self._standing = self._standing + 1 if is_standing else 0
        is_free = current_ma < size * limits.STALL_MA_PER_PERMILLE
        self._blind = self._blind + 1 if is_free else 0
        blind_ticks = limits.STANDING_TRIP_TICKS if may_stand else limits.BLIND_TRIP_TICKS
        if self._standing >= limits.STANDING_TRIP_TICKS and self._blind >= blind_ticks:
            return FAULT_ENCODER_LOST
        is_held = self._loaded >= limits.LOAD_TRIP_TICKS
        if self._standing >= limits.STANDING_TRIP_TICKS and not is_free:
            is_held = True
        if not is_held or may_stand:
            return NO_FAULT
        self.away = -1 if duty > 0 else 1
        return FAULT_ROLLER_BLOCKED


def _counts(um: int, um_per_1024_counts: int) -> int:
    """Return a distance in counts; it is at least 1 with every allowed calibration."""
    return um * _COUNTS_PER_SCALE // um_per_1024_counts
