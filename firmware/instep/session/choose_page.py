"""The page of choices that HEAT held opens: a row for each, at rest more rows than in the massage.

At rest there is a row, before the last one, for each technique that is offered to be left out or is left out.
"""

from instep import user_events
from instep.axes import TICKS_PER_S
from instep.people import LEFT_OUT, SKIPPED_TWICE
from instep.session import states
from instep.stroke.program import TECHNIQUES
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.session.foot_monitor import FootMonitor
    from instep.session.selection import Selection
    from instep.stroke.scheduler import Scheduler

ROW_AGAIN, ROW_WHO, ROW_MINUTES, ROW_PACE, ROW_FEET, ROW_BALANCE, ROW_SOUND, ROW_CLEAN = range(8)
_ROWS_AT_REST = (ROW_WHO, ROW_MINUTES, ROW_PACE, ROW_FEET, ROW_BALANCE, ROW_SOUND, ROW_CLEAN)
_ROWS_IN_MASSAGE = (ROW_MINUTES, ROW_PACE, ROW_BALANCE, ROW_SOUND)
_ROWS_IN_STROKES = (ROW_AGAIN,) + _ROWS_IN_MASSAGE
_NO_ROWS = ()
ROW_TECHNIQUES = ROW_CLEAN + 1  # and the technique's number

# The page closes by itself: a person who was called away finds the usual screen. Start value.
_OPEN_TICKS = 10 * TICKS_PER_S

_PLUS = user_events.PLUS | user_events.PLUS_AGAIN
_MINUS = user_events.MINUS | user_events.MINUS_AGAIN
# What the page keeps for itself while it is open.
_KEPT = _PLUS | _MINUS | user_events.PROGRAM | user_events.HEAT_HELD
_NO_STATE = const(-1)


def rows_in(state: int) -> "tuple[int, ...]":
    """Return the rows that can always be chosen in a state; empty where the page does not open."""
    if state == states.IDLE:
        return _ROWS_AT_REST
    if state == states.RUN or state == states.PAUSED:
        return _ROWS_IN_STROKES
    if state == states.WARM or state == states.CLOSING:
        return _ROWS_IN_MASSAGE
    return _NO_ROWS


class ChoosePage:
    """Take the buttons while the page is open: PROGRAM next row, - and + change it, START closes, STOP stops.

    The page has `count` of `rows`, each a ROW_; row `at` is the chosen one.
    """

    def __init__(self, feet: "FootMonitor", selection: "Selection", scheduler: "Scheduler") -> None:
        self._feet = feet
        self.wants_cleaning = False
        self._scheduler = scheduler
        self._selection = selection
        self._state = _NO_STATE
        self._ticks = 0
        self._presses = 0
        self.is_open = False
        self.rows = bytearray(ROW_TECHNIQUES + len(TECHNIQUES))
        self.count = 0
        self.at = 0

    def shown(self) -> int:
        """Return a number of 3 bits that changes with each press on the page, for the display."""
        return self._presses

    def tick(self, state: int, pressed: int) -> int:
        """Advance by one tick; return the events that are left for the session."""
        if self.is_open and state != self._state:
            self.is_open = False
        if self.is_open:
            return self._take(pressed)
        if pressed & user_events.HEAT_HELD and len(rows_in(state)):
            self.is_open = True
            self._state = state
            self._ticks = 0
            self.at = self._find_rows()
        return pressed

    def _find_rows(self) -> int:
        """Find the rows of this state and person; return the place of a technique that is offered, or else 0."""
        rows = self.rows
        offered = self._selection.people.get(SKIPPED_TWICE)
        left_out = self._selection.people.get(LEFT_OUT)
        offered_at = count = 0
        for row in rows_in(self._state):
            if row == ROW_CLEAN:
                for technique in range(len(TECHNIQUES)):
                    if offered >> technique & 1:
                        offered_at = count
                    if (offered | left_out) >> technique & 1:
                        rows[count] = ROW_TECHNIQUES + technique
                        count += 1
            rows[count] = row
            count += 1
        self.count = count
        return offered_at

    def _take(self, pressed: int) -> int:
        """Take the events of a tick with the page open."""
        self._ticks = 0 if pressed else self._ticks + 1
        if pressed:
            self._presses = self._presses + 1 & 7
        if self._ticks >= _OPEN_TICKS or pressed & (user_events.STOP | user_events.POWER | user_events.HEAT_HELD):
            self.is_open = False
        elif pressed & user_events.START:
            self.is_open = False
            return pressed if self._state == states.IDLE else pressed & ~user_events.START
        elif pressed & user_events.PROGRAM:
            self.at = (self.at + 1) % self.count
        elif pressed & _PLUS:
            self._step(1)
        elif pressed & _MINUS:
            self._step(-1)
        return pressed & ~_KEPT

    def _step(self, step: int) -> None:
        choices = self._selection.choices
        row = self.rows[self.at]
        if row == ROW_AGAIN:
            self._scheduler.again(step > 0)
        elif row == ROW_WHO:
            self._selection.step_person(step)
            self._find_rows()
        elif row == ROW_MINUTES:
            choices.step_minutes(step)
        elif row == ROW_PACE:
            choices.step_pace(step)
        elif row == ROW_FEET:
            choices.step_feet(step)
        elif row == ROW_BALANCE:
            choices.step_balance(step)
        elif row == ROW_SOUND:
            choices.step_sound(step)
        elif row >= ROW_TECHNIQUES:
            people = self._selection.people
            technique = 1 << row - ROW_TECHNIQUES
            people.put(SKIPPED_TWICE, people.get(SKIPPED_TWICE) & ~technique)
            people.put(LEFT_OUT, people.get(LEFT_OUT) & ~technique | (technique if step > 0 else 0))
        elif step > 0 and self._feet.are_wells_empty():
            self.wants_cleaning = True
            self.is_open = False
