"""Make every output safe after any failure of firmware or hardware."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.drive.drives import Drives
    from instep.guard.deadman_timer import DeadmanTimer
    from instep.hal.interface import Hal

# After this many failed ticks in a row the servos go limp: the sequences that open grips and holds do not run.
_LIMP_TICKS = 100


class SafeState:
    """Relay open, motors coast, heaters off, presses up: each in its own `try`, so no failure stops the others."""

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
        """Switch everything off now; `refused` counts the steps that raised."""
        self._failed_ticks += 1
        self._attempt_each_with(self._opened, False)
        self._attempt_each(self._coasted)
        self._attempt_each_with(self._cooled, 0)
        self._attempt_each(self._lifted)
        if self._failed_ticks >= _LIMP_TICKS:
            self._attempt_each_with(self._enable_servos, False)
        self._attempt_each(self._kept)

    def is_limp(self) -> bool:
        """Return True if ticks have failed for so long that the servos are off as well."""
        return self._failed_ticks >= _LIMP_TICKS

    def note_good_tick(self) -> None:
        """Note that a tick has passed without a failure."""
        self._failed_ticks = 0

    def attempt(self, step: "Callable[[], None]") -> None:
        """Run one step; an exception in it must not prevent the next one."""
        try:
            step()
        except Exception:  # noqa: BLE001
            self.refused += 1

    def attempt_with(self, step: "Callable[[int], None]", value: int) -> None:
        """Run one step that takes a value, like `attempt`."""
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
