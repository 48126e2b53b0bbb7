"""Make every output safe, whatever of the firmware or hardware has just failed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.drive.drives import Drives
    from instep.guard.deadman_timer import DeadmanTimer
    from instep.hal.interface import Hal

# So many ticks in a row that failed: the sequences that open grips and holds do not run any more.
_LIMP_TICKS = 100


class SafeState:
    """Coast, heaters off, relay open, presses up: each by itself, so that one that raises keeps none of the others."""

    def __init__(self, hal: "Hal", drives: "Drives", deadman: "DeadmanTimer") -> None:
        # Bound here: binding a method allocates, and the heap is locked in a tick.
        self._opened = (hal.relay.set,)
        self._coasted = tuple([motor.coast for motor in hal.motors])
        self._cooled = tuple([heater.set_duty_permille for heater in hal.heaters])
        self._lifted = tuple([press.lift for press in drives.presses])
        self._enable_servos = (hal.enable_servos,)
        self._kept = (hal.refresh, deadman.beat)
        self._failed_ticks = 0
        self.refused = 0

    def make_safe(self) -> None:
        """Switch everything off now; `refused` counts what could not be."""
        self._failed_ticks += 1
        self._attempt_each_with(self._opened, False)
        self._attempt_each(self._coasted)
        self._attempt_each_with(self._cooled, 0)
        self._attempt_each(self._lifted)
        if self._failed_ticks >= _LIMP_TICKS:
            self._attempt_each_with(self._enable_servos, False)
        self._attempt_each(self._kept)

    def is_limp(self) -> bool:
        """Tell whether ticks have failed for so long that even the servos are off."""
        return self._failed_ticks >= _LIMP_TICKS

    def note_good_tick(self) -> None:
        """Say that a tick has passed without failing."""
        self._failed_ticks = 0

    def attempt(self, step: "Callable[[], None]") -> None:
        """Take one step; whatever it raises must not keep the next from being taken."""
        try:
            step()
        except Exception:  # noqa: BLE001
            self.refused += 1

    def attempt_with(self, step: "Callable[[int], None]", value: int) -> None:
        """Take one step that needs a value, as `attempt` does."""
        try:
            step(value)
        except Exception:  # noqa: BLE001
            self.refused += 1

    def _attempt_each(self, steps: "tuple[Callable[[], None], ...]") -> None:
        for step in steps:
            self.attempt(step)

    def _attempt_each_with(self, steps: "tuple[Callable[..., None], ...]", value: int) -> None:
        for step in steps:
            self.attempt_with(step, value)
