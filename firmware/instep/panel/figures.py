"""The rows of the display that are composed from numbers: time, levels, strokes, heat."""

from instep.axes import FEET
from instep.levels import BALANCE_MAX, FEET_MASKS
from instep.panel import words
from instep.panel.words import WORDS
from instep.people import LEFT_OUT, SKIPPED_TWICE, WHO
from instep.session import states
from instep.session.choices import REFUSED_FIRMER
from instep.stroke.scheduler import NO_TECHNIQUE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.guard.supervisor import Supervisor
    from instep.panel.text import Row
    from instep.session.status import Status

_LIMITED = b"slow, light, no heat"

# Rows on the display.
_LENGTH_AT = const(4)
_LEVELS_AT = const(5)
_HEAT_AT = const(6)
_ON_START_PAGE = const(2)
# The column of how many techniques are left out, behind the program's name; a longer name is cut.
_LEFT_OUT_AT = const(11)


class Figures:
    """Compose into `row`."""

    def __init__(self, row: "Row", status: "Status", guard: "Supervisor", drives: "Drives") -> None:
        self._row = row
        self._status = status
        self._guard = guard
        self._drives = drives

    def put_technique(self) -> None:
        """Append the technique in progress, as a title."""
        for foot in range(FEET):
            technique = self._status.scheduler.technique(foot)
            if technique != NO_TECHNIQUE:
                self._row.put_text(WORDS, words.TECHNIQUES + technique)
                return

    def compose(self, at: int, state: int) -> None:
        """Compose row `at` of the screen of a state: a session under way, or the start page."""
        if state == states.IDLE:
            self._compose_start_page(at)
        elif not states.SELFTEST <= state <= states.CLOSING:
            return
        elif at == _LEVELS_AT:
            self.put_levels()
        elif at == _HEAT_AT:
            self.put_heat()
        elif at == _LENGTH_AT:
            self._put_time()
        elif state == states.RUN or state == states.CLOSING:
            self._put_wish() if at == 1 else self._put_strokes(at - _ON_START_PAGE)
        elif state == states.PAUSED and at == _LENGTH_AT - 1:
            self._row.put(b"Kept for ")
            self._row.put_clock(self._status.clock.pause_seconds_left())

    def put_refusal(self, line: int) -> None:
        """Append a line of why a gentle session has refused a button."""
        refused = self._status.selection.choices.refused - REFUSED_FIRMER
        self._row.put_line(WORDS, words.REFUSALS + refused, 0, line)

    def put_levels(self) -> None:
        """Append intensity and pace."""
        balance = self._status.selection.choices.balance
        self._row.put(b"int " if balance else b"intensity ")
        self._put_intensity()
        self._row.put(b" " if balance else b"  ")
        self._put_pace()

    def _put_intensity(self) -> None:
        choices = self._status.selection.choices
        self._row.put_number(choices.intensity)
        if choices.balance:
            self._row.put(b" ")
            self._row.put_text(WORDS, words.BALANCES + choices.balance + BALANCE_MAX)

    def _put_pace(self) -> None:
        self._row.put(b"pace ")
        self._row.put_number(self._status.selection.choices.pace)

    def put_person(self) -> None:
        """Append who is at the machine, as person A."""
        self._row.put_text(WORDS, words.PEOPLE + self._status.selection.people.get(WHO))

    def put_length(self, is_short: bool = False) -> None:
        """Append the chosen minutes; a program that is given once has none. `is_short`: in nine columns."""
        selection = self._status.selection
        if selection.is_given_once():
            self._row.put(b"once" if is_short else b"given once")
        else:
            self._row.put_number(selection.choices.minutes)
            self._row.put(b" min")

    def put_heat(self) -> None:
        """Append the heat level and, where it heats, the temperature; in a gentle session its limits."""
        choices = self._status.selection.choices
        if choices.is_gentle:
            self._row.put(_LIMITED)
            return
        self._row.put(b"heat ")
        if choices.heat and not self._guard.may_heat():
            self._row.put(b"stays off")
            return
        self._row.put_text(WORDS, words.HEATS + choices.heat)
        if choices.heat:
            self._row.put(b"  ")
            self._row.put_temperature(self._drives.heaters[0].skin_centi_c)

    def _compose_start_page(self, at: int) -> None:
        selection = self._status.selection
        if at == _ON_START_PAGE - 1:
            self._row.put(selection.title)
            count = 0
            left_out = selection.people.get(LEFT_OUT)
            while left_out:
                count += left_out & 1
                left_out >>= 1
            if count:
                self._row.go_to(_LEFT_OUT_AT)
                self._row.put_number(count)
                self._row.put(b" left out")
        elif at == _ON_START_PAGE:
            self.put_length()
            self._row.put(b"  ")
            self._row.put_text(WORDS, words.FEET_AT_START + selection.choices.feet)
        elif at == _ON_START_PAGE + 1:
            self._row.put(b"intensity ")
            self._put_intensity()
        elif at == _ON_START_PAGE + 2:
            self._put_pace()
            self._row.put(b"  sound ")
            self._row.put_text(WORDS, words.SOUNDS + selection.choices.sound)
        elif at == _LEVELS_AT:
            self.put_heat()
        elif at == _HEAT_AT:
            if self._status.suggests_cleaning():
                self._row.put(b"To clean: HEAT held")
            else:
                self._row.put(b"Skipped 2x: HEAT held" if selection.people.get(SKIPPED_TWICE) else b"HEAT held: more")

    def _put_time(self) -> None:
        """Append the time to go; before the first stroke that is the whole length."""
        if self._status.selection.is_given_once():
            self.put_length()
            return
        self._row.put_clock(self._status.clock.seconds_left())
        self._row.put(b" to go")

    def _put_wish(self) -> None:
        """Append that the rollers linger, and for how long; or what comes after this stroke."""
        scheduler = self._status.scheduler
        if scheduler.is_staying():
            self._row.put(b"stays ")
            self._row.put_number(
                max(scheduler.players[0].stay.seconds_left(), scheduler.players[1].stay.seconds_left())
            )
            self._row.put(b" s")
        elif scheduler.is_again:
            self._row.put(b"once more")
        elif scheduler.is_cut and not scheduler.is_closing:
            self._row.put(b"next follows")

    def _put_strokes(self, foot: int) -> None:
        """Append how many strokes of the technique a foot has had, or why it has none."""
        if not 0 <= foot < FEET:
            return
        row = self._row
        scheduler = self._status.scheduler
        player = scheduler.players[foot]
        row.put_text(WORDS, words.FEET_AT_STROKES + foot)
        if not FEET_MASKS[self._status.selection.choices.feet] >> foot & 1:
            row.put(b"unused")
        elif scheduler.technique(foot) == NO_TECHNIQUE or not player.begun:
            row.put(b"waits")
        else:
            row.put_number(player.begun)
            row.put(b" of ")
            row.put_number(player.strokes)
