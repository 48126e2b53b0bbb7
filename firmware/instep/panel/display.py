"""The display's content: eight rows of text and two small feet, composed one row at a time as the slack is short."""

import struct

from instep.axes import COUNTER_MASK, DISPLAY_COLUMNS, DISPLAY_ROWS, FEET
from instep.guard import faults
from instep.guard.faults import NO_FAULT
from instep.levels import HEAT_NAMES
from instep.panel.feet import FIRST_ROW, LAST_ROW, TEXT_COLUMNS, FeetPicture
from instep.panel.text import ROW_FORMAT, Row
from instep.session import screening, states
from instep.session.jog import JOG_OFF
from instep.stroke.scheduler import NO_TECHNIQUE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.guard.supervisor import Supervisor
    from instep.hal.interface import Display as DisplayDevice
    from instep.session.jog import Jog
    from instep.session.session import Session

# At most one row in four ticks: the whole screen is refreshed within a third of a second.
_TICKS_PER_ROW = const(4)
# A notice and the levels share two rows, in turns of about 5 s; a new notice is shown at once.
_NOTICE_AT = const(5)
_NOTICE_ROWS = const(2)
_NOTICE_TURN = const(1 << 9)

# State -> title, body, hint. An empty body is composed from numbers.
_SCREENS = (
    (b"INSTEP", b"", b"START begins"),
    (b"BEFORE WE START", b"", b"- no            + yes"),
    (b"SELF-TEST", b"Put both feet in and keep them still.", b"STOP ends"),
    (b"MEASURING", b"Your feet are being measured. Keep still.", b"STOP ends"),
    (b"LOTION", b"Spread warm lotion over both feet.", b"START when done"),
    (b"", b"", b"START pause  STOP end"),
    (b"PAUSED", b"Your place is kept. Feet in, then START.", b"START goes on"),
    (b"CLOSING STROKES", b"", b"START pause  STOP end"),
    (b"LETTING GO", b"Please wait until the rollers are home.", b""),
    (b"THAT WAS IT", b"Take your feet out and rest a little.", b"START for the menu"),
    (b"NO MASSAGE TODAY", b"", b"START for the menu"),
    (b"STOPPED FOR SAFETY", b"", b"START when it is safe"),
    (b"", b"", b""),
    (b"WARMING UP", b"The wells are warming. Lean back.", b"STOP ends"),
    (b"PLEASE NOTE", b"", b"START goes on"),
    (b"HANDS OFF", b"The laptop tests the machine or moves an axis.", b"any button ends it"),
)
_TITLE = const(0)
_BODY = const(1)
_HINT = const(2)
_WARMING = const(13)
_NOTICE = const(14)
_JOG = const(15)
# In the order of the program's techniques.
_TECHNIQUES = (b"SMOOTHING", b"TOP OF THE FOOT", b"SOLE", b"TOE PULL", b"TOE SLIDE", b"REST", b"OWN STROKE")
_ANOTHER = b"PROGRAM: another"
_FOOT_LABELS = (b"left  ", b"right ")


class Screen:
    """Compose the display's rows from session, drives and guard; each call of `slice` does one piece."""

    def __init__(
        self,
        device: "DisplayDevice",
        session: "Session",
        drives: "Drives",
        guard: "Supervisor",
        jog: "Jog",
    ) -> None:
        self._device = device
        self._status = session.status
        self._drives = drives
        self._guard = guard
        self._jog = jog
        self._row = Row()
        self._feet = FeetPicture(device, session.status, drives)
        self._has_feet = bytearray(DISPLAY_ROWS)
        self._text_beside = bytearray(TEXT_COLUMNS)
        self.shown = [bytearray(DISPLAY_COLUMNS) for _ in range(DISPLAY_ROWS)]
        self._heats = [name.encode() for name in HEAT_NAMES]
        self._ticks = 0
        self._row_at = 0
        self._next_row = 0
        self._is_composed = False
        self.is_whole = False
        self._notice = NO_FAULT
        self._notice_from = 0

    def slice(self, ticks: int) -> bool:
        """Compose the next row if it is due, or show the one composed before; return whether there was work.

        `ticks` have passed since power-up, modulo 2^29.
        """
        if self._is_composed:
            self._is_composed = False
            self._show(self._next_row)
            self._next_row = (self._next_row + 1) % DISPLAY_ROWS
            if self._next_row == 0:
                self.is_whole = True
            return True
        if self.is_whole and ticks - self._row_at & COUNTER_MASK < _TICKS_PER_ROW:
            return False
        self._ticks = self._row_at = ticks
        self._row.clear()
        self._compose(self._next_row, self._screen())
        self._is_composed = True
        return True

    def _show(self, row: int) -> None:
        """Send the composed row of text, or else its part of the feet, if it has changed."""
        has_feet = self._has_picture(row)
        if self._row.text != self.shown[row] or has_feet != self._has_feet[row]:
            self._send_text(row, has_feet)
        elif has_feet:
            self._feet.show(row)

    def _screen(self) -> int:
        """Return the index in _SCREENS: the state's screen, or one that replaces it for a while."""
        state = self._status.state
        if self._jog.state != JOG_OFF:
            return _JOG
        if state == states.WARM and self._status.is_lotion_on:
            return _WARMING
        if state == states.IDLE and self._guard.notices.first() != NO_FAULT:
            return _NOTICE
        return state

    def _has_picture(self, row: int) -> bool:
        """Return True if the feet are shown in this row."""
        state = self._status.state
        return FIRST_ROW <= row <= LAST_ROW and (state == states.RUN or state == states.CLOSING)

    def _send_text(self, row: int, has_feet: bool) -> None:
        """Send a row of text; in a row with feet only the part beside them, so that they do not flicker."""
        shown = self.shown[row]
        struct.pack_into(ROW_FORMAT, shown, 0, self._row.text)
        if has_feet and self._has_feet[row]:
            for column in range(TEXT_COLUMNS):
                self._text_beside[column] = shown[column]
            self._device.write_row(row, self._text_beside)
            return
        self._has_feet[row] = has_feet
        self._device.write_row(row, shown)
        if has_feet:
            self._feet.forget(row)

    def _compose(self, row: int, state: int) -> None:
        if _NOTICE_AT <= row < _NOTICE_AT + _NOTICE_ROWS and self._is_notice_due():
            self._row.put_line(faults.told(self._guard.notice())[1], row - _NOTICE_AT)
        elif state == states.OFF:
            return
        elif row == DISPLAY_ROWS - 1:
            self._row.put(_SCREENS[state][_HINT])
        elif row == 0:
            self._compose_title(state)
        elif state == states.SCREENING:
            self._row.put_line(screening.QUESTIONS[self._status.screening.question], row - 1)
        elif state == states.REFUSED:
            self._put_advice(screening.REASONS[self._status.screening.reason], row - 1)
        elif state == states.FAULT:
            self._put_advice(faults.told(self._guard.shown_fault()), row - 1)
        elif state == _NOTICE:
            self._put_advice(faults.told(self._guard.notices.first()), row - 1)
        elif self._row.put_line(_SCREENS[state][_BODY], row - 1) >= 0:
            self._compose_figures(row, state)

    def _is_notice_due(self) -> bool:
        notice = self._guard.notice()
        if notice != self._notice:
            self._notice = notice
            self._notice_from = self._ticks
        return notice != NO_FAULT and not (self._ticks - self._notice_from) & _NOTICE_TURN

    def _compose_title(self, state: int) -> None:
        self._row.put(_SCREENS[state][_TITLE])
        if state == states.RUN:
            self._put_technique()

    def _put_technique(self) -> None:
        for foot in range(FEET):
            technique = self._status.scheduler.technique(foot)
            if technique != NO_TECHNIQUE:
                self._row.put(_TECHNIQUES[technique])
                return

    def _put_advice(self, entry: "tuple[str, bytes, bytes]", line: int) -> None:
        """Put a line of a fault or refusal: first the sentence, then the advice."""
        following = self._row.put_line(entry[1], line)
        if following >= 0:
            self._row.put_line(entry[2], following)

    def _compose_figures(self, row: int, state: int) -> None:
        if state == states.IDLE and row == 2:
            self._row.put(self._status.selection.title)
        elif state == states.IDLE and row == 3:
            self._row.put(_ANOTHER)
        elif row == 4 and (states.SELFTEST <= state <= states.RETRACT or state == _WARMING):
            self._row.put_clock(self._status.clock.seconds_left())
            self._row.put(b" to go")
        elif row == 5:
            self._compose_levels()
        elif row == 6:
            self._compose_heat()
        elif state == states.RUN or state == states.CLOSING:
            self._compose_foot(row - 2)

    def _compose_foot(self, foot: int) -> None:
        if not 0 <= foot < FEET:
            return
        player = self._status.scheduler.players[foot]
        if self._status.scheduler.technique(foot) != NO_TECHNIQUE and player.begun:
            self._row.put(_FOOT_LABELS[foot])
            self._row.put_number(player.begun)
            self._row.put(b" of ")
            self._row.put_number(player.strokes)

    def _compose_levels(self) -> None:
        choices = self._status.selection.choices
        self._row.put_number(choices.minutes)
        self._row.put(b" min  intensity ")
        self._row.put_number(choices.intensity)

    def _compose_heat(self) -> None:
        choices = self._status.selection.choices
        self._row.put(b"heat ")
        self._row.put(self._heats[choices.heat])
        if choices.heat:
            self._row.put(b"  ")
            self._row.put_temperature(self._drives.heaters[0].skin_centi_c)
