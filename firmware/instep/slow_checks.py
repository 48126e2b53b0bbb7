"""The guard's slow checks, ten times a second: the temperatures of each well, and stuck buttons."""

from instep.axes import LEFT, RIGHT
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.supervisor import Supervisor
    from instep.panel.buttons import Debounce

# The checks of a well come after each of its thermistors was read once, in a tick of their own: they take 1 ms.
_PERIOD_TICKS = const(10)
_LEFT_TICK = const(7)
_RIGHT_TICK = const(9)


class SlowChecks:
    """Spread the checks over the ticks."""

    def __init__(self, guard: "Supervisor", buttons: "Debounce") -> None:
        self._guard = guard
        self._buttons = buttons
        self._ticks = 0

    def tick(self) -> None:
        """Do the check of this tick, if it has one."""
        self._ticks = self._ticks + 1 if self._ticks < _PERIOD_TICKS - 1 else 0
        if self._ticks == _LEFT_TICK:
            self._guard.check_temperatures(LEFT)
        elif self._ticks == _RIGHT_TICK:
            self._guard.check_temperatures(RIGHT)
            self._guard.is_button_stuck = self._buttons.stuck != 0
