"""Make every output safe, whatever of the firmware or hardware has just failed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.drive.drives import Drives
    from instep.hal.interface import Hal

# So many ticks in a row that failed: the sequences that open grips and holds do not run any more.
_LIMP_TICKS = 100


class SafeOutputs:
    """Coast, heaters off, relay open, presses up: each by itself, so that one that raises keeps none of the others."""

    def __init__(self, hal: "Hal", drives: "Drives") -> None:
        self._hal = hal
        self._presses = drives.presses
        self._failed_ticks = 0
        self.refused = 0

    def make_safe(self) -> None:
        """Switch everything off now; `refused` counts what could not be."""
        hal = self._hal
        self._failed_ticks += 1
        self._try(hal.relay.set, False)
        for motor in hal.motors:
            self._try(motor.coast)
        for heater in hal.heaters:
            self._try(heater.set_duty_permille, 0)
        for press in self._presses:
            self._try(press.lift)
        if self._failed_ticks >= _LIMP_TICKS:
            self._try(hal.enable_servos, False)
        self._try(hal.refresh)

    def note_good_tick(self) -> None:
        """Say that a tick has passed without failing."""
        self._failed_ticks = 0

    def _try(self, step: "Callable[..., None]", *values: object) -> None:
        """Take one step; whatever it raises must not keep the next from being taken."""
        try:
            step(*values)
        except Exception:  # noqa: BLE001
            self.refused += 1
