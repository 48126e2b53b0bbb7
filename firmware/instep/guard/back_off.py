"""Release a foot that held a roller: lift the presses, back the roller off a little, then stand still."""

from instep.guard import limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array

    from instep.drive.drives import Drives


class BackOff:
    """Run once after a roller was held; `is_active` while it needs the relay. Any other fault ends it."""

    def __init__(self, drives: "Drives") -> None:
        self._drives = drives
        self.is_active = False
        self._roller = 0
        self._duty = 0
        self._from_um = 0
        self._ticks = 0

    @property
    def is_driving(self) -> bool:
        """Return True once the roller is driven, after the presses have lifted."""
        return self.is_active and self._ticks > limits.LIFT_FIRST_TICKS

    def begin(self, roller: int, away: int) -> None:
        """Start for one roller; `away` is the sign of the duty that leads away from the obstacle."""
        self._roller = roller
        self.is_active = True
        self._duty = away * limits.BACK_OFF_PERMILLE
        self._ticks = 0

    def cancel(self) -> None:
        """End the back-off at once."""
        self.is_active = False

    def tick(self, setpoints: "array[int]") -> None:
        """Lift, and later also drive the roller; call every 10 ms while active."""
        roller = self._drives.rollers[self._roller]
        self._ticks += 1
        if self._ticks <= limits.LIFT_FIRST_TICKS:
            self._drives.lift(setpoints)
            return
        self._drives.back_off(setpoints, self._roller, self._duty)
        if self._ticks == limits.LIFT_FIRST_TICKS + 1:
            self._from_um = roller.position_um
        way_um = roller.position_um - self._from_um
        is_far = not -limits.BACK_OFF_UM < way_um < limits.BACK_OFF_UM
        if is_far or self._ticks >= limits.LIFT_FIRST_TICKS + limits.BACK_OFF_MAX_TICKS:
            self._drives.lift(setpoints)
            self.cancel()
