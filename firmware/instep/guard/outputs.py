"""Make every output safe, whatever of the firmware or hardware has just failed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.drive.drives import Drives
    from instep.guard.lastline import LastLine
    from instep.hal.interface import Hal

# So many ticks in a row that failed: the sequences that open grips and holds do not run any more.
_LIMP_TICKS = 100


class SafeOutputs:
    """Coast, heaters off, relay open, presses up: each by itself, so that one that raises keeps none of the others."""

    def __init__(self, hal: "Hal", drives: "Drives", last_line: "LastLine") -> None:
        self._hal = hal
        self._presses = drives.presses
        self._last_line = last_line
        self._failed_ticks = 0
        self.refused = 0

    def make_safe(self) -> None:
        """Switch everything off now; `refused` counts what could not be."""
        hal = self._hal
        self._failed_ticks += 1
        self.attempt(hal.relay.set, False)
        for motor in hal.motors:
            self.attempt(motor.coast)
        for heater in hal.heaters:
            self.attempt(heater.set_duty_permille, 0)
        for press in self._presses:
            self.attempt(press.lift)
        if self._failed_ticks >= _LIMP_TICKS:
            self.attempt(hal.enable_servos, False)
        self.attempt(hal.refresh)
        self.attempt(self._last_line.beat)

    def is_limp(self) -> bool:
        """Tell whether ticks have failed for so long that even the servos are off."""
        return self._failed_ticks >= _LIMP_TICKS

    def note_good_tick(self) -> None:
        """Say that a tick has passed without failing."""
        self._failed_ticks = 0

    def attempt(self, step: "Callable[..., None]", *values: object) -> None:
        """Take one step; whatever it raises must not keep the next from being taken."""
        try:
            step(*values)
        except Exception:  # noqa: BLE001
            self.refused += 1
