"""The six buttons: debounced, one event per press, and more events while a button is held."""

from array import array

from instep.guard.limits import BUTTON_FREE_TICKS, BUTTON_REST_TICKS, BUTTON_STUCK_TICKS
from instep.user_events import (
    HEAT,
    HEAT_HELD,
    MINUS,
    MINUS_AGAIN,
    NAMES,
    PLUS,
    PLUS_AGAIN,
    POWER,
    PROGRAM,
    PROGRAM_HELD,
    STOP,
)
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.interface import Buttons

# STOP held for 3 s switches off: too long to happen by accident. Start value.
POWER_TICKS = const(300)
# PROGRAM and HEAT held for 1 s mean another thing than a press, so they wait for their release. Start value.
HOLD_TICKS = const(100)
_TWOFOLD = PROGRAM | HEAT
# INTENSITY held repeats after 0.6 s, one level every 0.4 s: slow enough to let go in time. Start values.
AGAIN_AFTER_TICKS = const(60)
AGAIN_EVERY_TICKS = const(40)
_HELD_MAX_TICKS = const(0xFFFF)


class Debounce:
    """Turn the raw mask into `pressed`: the events (bits of `instep.user_events`) of the buttons just pressed.

    A button is down or up once three readings, 20 ms, agree: contacts bounce for less than 10 ms (switch data sheets).
    Each button is debounced alone, so that one that never stops bouncing does not block the others. STOP counts at its
    first reading: a needless stop does no harm, a late one may. A button that is down for 10 s is `stuck`: except for
    STOP it is ignored until it has been up for a while. A held button adds further events to `pressed`. PROGRAM and
    HEAT count when they are released, unless they were held for 1 s, which is an event of its own; `is_any_down` is
    True from the moment that a button counts as down.
    """

    def __init__(self, buttons: "Buttons") -> None:
        self._buttons = buttons
        self._last = 0
        self._before = 0
        self._held = 0
        self._down_ticks = array("H", [0] * len(NAMES))
        self._up_ticks = bytearray(len(NAMES))
        self._held_ticks = array("H", [0] * len(NAMES))
        self._is_counting = False
        self.stuck = 0
        self.pressed = 0
        self.is_any_down = False

    def tick(self) -> None:
        """Read the mask once."""
        raw = self._buttons.read_mask()
        down = raw & (self._last & self._before | STOP)
        self.pressed = down & ~self._held & ~_TWOFOLD
        released = self._held
        self._held = (self._held | down) & (raw | self._last | self._before)
        released &= ~self._held & _TWOFOLD
        if released:
            self._add_released(released)
        self._before = self._last
        self._last = raw
        if raw or self._is_counting:
            self._find_stuck(raw)
            self.pressed &= ~self.stuck | STOP
            self._find_held(raw)
        self.is_any_down = self._held & (~self.stuck | STOP) != 0

    def _find_stuck(self, raw: int) -> None:
        """Count for how long each button has been down or bouncing."""
        self._is_counting = False
        for button in range(len(NAMES)):
            bit = 1 << button
            if raw & bit:
                self._up_ticks[button] = 0
            elif self._down_ticks[button]:
                self._count_up(button)
            if (raw & bit or self._down_ticks[button]) and self._down_ticks[button] < BUTTON_STUCK_TICKS:
                self._down_ticks[button] += 1
                if self._down_ticks[button] == BUTTON_STUCK_TICKS:
                    self.stuck |= bit
            if self._down_ticks[button]:
                self._is_counting = True

    def _find_held(self, raw: int) -> None:
        """Count for how long each button has been held without interruption."""
        for button in range(len(NAMES)):
            if not self._held >> button & 1:
                self._held_ticks[button] = 0
            elif raw >> button & 1 and self._held_ticks[button] < _HELD_MAX_TICKS:
                self._held_ticks[button] += 1
                self._add_held(1 << button, self._held_ticks[button])

    def _add_released(self, released: int) -> None:
        """Add the presses of released buttons that were not held for long."""
        for button in range(len(NAMES)):
            if released >> button & 1 and self._held_ticks[button] < HOLD_TICKS:
                self.pressed |= 1 << button

    def _add_held(self, bit: int, ticks: int) -> None:
        """Add the event that follows after `ticks` of holding a button."""
        if bit == STOP:
            if ticks == POWER_TICKS:
                self.pressed |= POWER
        elif bit & _TWOFOLD:
            if ticks == HOLD_TICKS and not bit & self.stuck:
                self.pressed |= PROGRAM_HELD if bit == PROGRAM else HEAT_HELD
        elif ticks >= AGAIN_AFTER_TICKS and (ticks - AGAIN_AFTER_TICKS) % AGAIN_EVERY_TICKS == 0:
            if bit & ~self.stuck == MINUS:
                self.pressed |= MINUS_AGAIN
            elif bit & ~self.stuck == PLUS:
                self.pressed |= PLUS_AGAIN

    def _count_up(self, button: int) -> None:
        """Count for how long a button has been up; after a while it is no longer stuck."""
        self._up_ticks[button] += 1
        is_stuck = self.stuck >> button & 1
        if self._up_ticks[button] >= (BUTTON_FREE_TICKS if is_stuck else BUTTON_REST_TICKS):
            self._down_ticks[button] = 0
            self.stuck &= ~(1 << button)
