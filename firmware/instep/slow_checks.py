"""The guard's slow work, ten times a second: read the thermistors, check each well, look for stuck buttons."""

from instep.axes import LEFT, RIGHT
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.supervisor import Supervisor
    from instep.panel.buttons import Debounce

# A well is checked after each of its thermistors was read once. A check takes 1 ms, so it has two ticks: one takes the
# readings, the next judges them.
_PERIOD_TICKS = const(10)
_LEFT_ELEMENT_TICK = const(1)
_RIGHT_SKIN_TICK = const(3)
_LEFT_SKIN_TICK = const(5)
_LEFT_TAKE_TICK = const(7)
_LEFT_JUDGE_TICK = const(8)
_RIGHT_TAKE_TICK = const(9)
_RIGHT_JUDGE_TICK = const(0)


class SlowChecks:
    """Spread the checks over the ticks."""

    def __init__(self, guard: "Supervisor", buttons: "Debounce") -> None:
        self._guard = guard
        self._left, self._right = guard.wells
        self._buttons = buttons
        self._ticks = 0

    def tick(self) -> None:
        """Do the check of this tick, if it has one."""
        self._ticks = self._ticks + 1 if self._ticks < _PERIOD_TICKS - 1 else 0
        tick = self._ticks
        if tick == _LEFT_ELEMENT_TICK:
            self._left.element.read()
        elif tick == _RIGHT_SKIN_TICK:
            self._right.skin.read()
        elif tick == _LEFT_SKIN_TICK:
            self._left.skin.read()
        elif tick == _LEFT_TAKE_TICK:
            self._guard.take_temperatures(LEFT)
        elif tick == _LEFT_JUDGE_TICK:
            self._guard.judge_temperatures(LEFT)
        elif tick == _RIGHT_TAKE_TICK:
            self._right.element.read()
            self._guard.take_temperatures(RIGHT)
        elif tick == _RIGHT_JUDGE_TICK:
            self._guard.judge_temperatures(RIGHT)
            self._guard.is_button_stuck = self._buttons.stuck != 0
