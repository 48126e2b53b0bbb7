"""The display's content: eight rows of text and two small feet, composed one row at a time as the slack is short."""

import struct

from instep.axes import COUNTER_MASK, DISPLAY_COLUMNS, DISPLAY_ROWS
from instep.guard import faults
from instep.guard.faults import NO_FAULT, NO_ROLLER
from instep.panel import page_rows, screens, words
from instep.panel.feet import FIRST_ROW, LAST_ROW, TEXT_COLUMNS, FeetPicture
from instep.panel.figures import Figures
from instep.panel.text import ROW_FORMAT, Row
from instep.panel.words import WORDS
from instep.session import screening, states
from instep.session.choices import REFUSED_NOTHING
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.guard.supervisor import Supervisor
    from instep.hal.interface import Display as DisplayDevice
    from instep.session.jog import Jog
    from instep.session.session import Session
    from instep.texts import Texts

# At most one row in four ticks: figures are refreshed within a third of a second. A screen that changes is drawn at
# once, so that it is not half old and half new for as long.
_TICKS_PER_ROW = const(4)
# A notice shares two rows with the figures: its sentence, its advice and the figures take turns of about 5 s.
_NOTICE_AT = const(5)
_NOTICE_ROWS = const(2)
_NOTICE_SHIFT = const(9)
_NOTICE_TURNS = const(3)
_FIGURES_TURN = const(2)
# Below the four rows of a fault's sentence and advice.
_ROLLER_AT = const(6)
# The column of the person in the title of the start page.
_PERSON_AT = const(13)
_GENTLE = b"GENTLE "
_WITHOUT_HEAT = b"START without heat"


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
        self._guard = guard
        self._jog = jog
        self._row = Row()
        self._figures = Figures(self._row, session.status, guard, drives)
        self._feet = FeetPicture(device, session.status, drives)
        self._has_feet = bytearray(DISPLAY_ROWS)
        self._text_beside = bytearray(TEXT_COLUMNS)
        self.shown = [bytearray(DISPLAY_COLUMNS) for _ in range(DISPLAY_ROWS)]
        self._ticks = 0
        self._row_at = 0
        self._next_row = 0
        self._hurried_rows = 0
        self._seen = -1
        self._is_composed = False
        self._is_beside_feet = False  # the composed row is
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
        screen = screens.screen_of(self._status, self._guard, self._jog)
        self._look(screen)
        if self._hurried_rows:
            self._hurried_rows -= 1
        elif self.is_whole and ticks - self._row_at & COUNTER_MASK < _TICKS_PER_ROW:
            return False
        self._ticks = self._row_at = ticks
        self._row.clear()
        self._compose(self._next_row, screen)
        # Noted with the text: if the state changes before it is sent, its end would stay under the picture.
        self._is_beside_feet = self._has_picture(self._next_row)
        self._is_composed = True
        return True

    def _look(self, screen: int) -> None:
        """Draw everything at once if the screen, or a level that a button changes, is another than before."""
        status = self._status
        choices = status.selection.choices
        seen = screen << 2 | choices.refused
        seen = seen << 6 | (self._guard.fault or self._guard.notices.first() or self._guard.heat_fault)
        seen = seen << 4 | status.screening.question ^ status.screening.reason
        seen = seen << 3 | choices.intensity
        seen = seen << 2 | choices.heat
        seen = seen << 4 | status.selection.library.index & 15
        seen = seen << 3 | (status.page.shown() if screen == screens.CHOOSE else status.scheduler.phase & 7)
        if status.feet.are_in:
            seen = ~seen
        if seen != self._seen:
            self._seen = seen
            self._next_row = 0
            self._hurried_rows = DISPLAY_ROWS

    def _show(self, row: int) -> None:
        """Send the composed row of text, or else its part of the feet, if it has changed."""
        has_feet = self._is_beside_feet
        if self._row.text != self.shown[row] or has_feet != self._has_feet[row]:
            self._send_text(row, has_feet)
        elif has_feet:
            self._feet.show(row)

    def _has_picture(self, row: int) -> bool:
        """Return True if the feet are shown in this row."""
        state = self._status.state
        is_massage = (state == states.RUN or state == states.CLOSING) and not self._status.page.is_open
        return FIRST_ROW <= row <= LAST_ROW and is_massage

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

    def _compose(self, row: int, screen: int) -> None:
        if _NOTICE_AT <= row < _NOTICE_AT + _NOTICE_ROWS and self._compose_notice(row - _NOTICE_AT, screen):
            return
        if screen == states.OFF:
            return
        if row == DISPLAY_ROWS - 1:
            self._row.put_text(screens.TEXTS, screens.hint_row_of(screen, self._status), screens.HINT)
        elif screen == screens.CHOOSE:
            page_rows.compose(self._row, self._figures, self._status, row)
        elif row == 0:
            self._compose_title(screen)
        else:
            self._compose_text(row, screen)

    def _compose_text(self, row: int, screen: int) -> None:
        """Append a row between title and hint: a text, then figures."""
        if screen == states.SCREENING:
            self._row.put_line(screening.QUESTIONS, self._status.screening.question, 0, row - 1)
        elif screen == states.REFUSED:
            self._put_advice(screening.REASONS, self._status.screening.reason, row - 1)
        elif screen == states.FAULT:
            self._compose_fault(row)
        elif screen == screens.NOTICE:
            self._put_advice(faults.CATALOGUE, self._guard.notices.first(), row - 1)
        elif screen == screens.NO_HEAT:
            self._compose_no_heat(row)
        else:
            self._compose_words(row, screen)

    def _compose_fault(self, row: int) -> None:
        """Append a line of the fault, and last which roller it is about."""
        guard = self._guard
        fault = guard.shown_fault()
        if row < _ROLLER_AT:
            self._put_advice(faults.CATALOGUE, fault, row - 1)
        elif row == _ROLLER_AT and guard.fault_roller != NO_ROLLER and fault == guard.fault:
            self._row.put(b"Roller: ")
            self._row.put_text(WORDS, words.ROLLERS + guard.fault_roller)

    def _compose_words(self, row: int, screen: int) -> None:
        """Append a line of a screen's own text; what is below it are figures, but not while the machine is cleaned."""
        following = self._row.put_line(screens.TEXTS, screens.row_of(screen, self._status), screens.TEXT, row - 1)
        if following >= 0 and screen <= screens.WARMING_OUT:
            self._figures.compose(row, self._status.state)

    def _compose_notice(self, line: int, screen: int) -> bool:
        """Append a line of a refusal or a notice; return False if the row is free for the figures."""
        refused = self._status.selection.choices.refused
        if screen == screens.NO_HEAT or (screen == screens.CHOOSE and refused == REFUSED_NOTHING):
            return False
        if refused != REFUSED_NOTHING:
            self._figures.put_refusal(line)
            return True
        turn = self._notice_turn()
        if self._notice == NO_FAULT or turn == _FIGURES_TURN:
            return False
        self._row.put_line(faults.CATALOGUE, self._notice, faults.ADVICE if turn else faults.SENTENCE, line)
        return True

    def _notice_turn(self) -> int:
        """Return whose turn it is beside a notice: the sentence's, the advice's or the figures'."""
        notice = self._guard.notice()
        if notice != self._notice:
            self._notice = notice
            self._notice_from = self._ticks
        return ((self._ticks - self._notice_from & COUNTER_MASK) >> _NOTICE_SHIFT) % _NOTICE_TURNS

    def _compose_title(self, screen: int) -> None:
        is_massage = states.SELFTEST <= screen <= states.CLOSING or screens.BEGINNING <= screen <= screens.WARMING_OUT
        if is_massage and self._status.selection.choices.is_gentle:
            self._row.put(_GENTLE)
        self._row.put_text(screens.TEXTS, screens.row_of(screen, self._status), screens.TITLE)
        if screen == states.RUN:
            self._figures.put_technique()
        elif screen == states.IDLE or screen == screens.NO_HEAT:
            self._row.go_to(_PERSON_AT)
            self._figures.put_person()

    def _compose_no_heat(self, row: int) -> None:
        """Compose a row of the start page with a notice about heat: what it is, and in turn with it what is chosen."""
        if row == _NOTICE_AT + 1:
            self._row.put(_WITHOUT_HEAT)
        elif self._notice_turn() == _FIGURES_TURN:
            self._figures.compose(row, states.IDLE)
        elif row == _NOTICE_AT:
            self._row.put(self._status.selection.title)
        else:
            self._put_advice(faults.CATALOGUE, self._guard.heat_fault, row - 1)

    def _put_advice(self, texts: "Texts", number: int, line: int) -> None:
        """Put a line of a fault or refusal: first the sentence, then the advice."""
        following = self._row.put_line(texts, number, faults.SENTENCE, line)
        if following >= 0:
            self._row.put_line(texts, number, faults.ADVICE, following)
