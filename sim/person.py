"""The simulated person: reads the display and presses buttons, with a person's delay."""

from collections.abc import Mapping, Sequence

from instep import user_events
from instep.axes import TICKS_PER_S
from instep.session.screening import (
    ASK_BLOOD,
    ASK_CARE,
    ASK_CONFIRM,
    ASK_CONSENT,
    ASK_INJURY,
    ASK_PHYSICIAN,
    ASK_SKIN,
    ASK_SWOLLEN,
    QUESTIONS,
)
from sim.hal import SimButtons, SimDisplay, SimSwitch

# Initial estimates: time to read a screen, to hold a button, to apply the lotion.
READ_TICKS = 150
HOLD_TICKS = 15
LOTION_TICKS = 20 * TICKS_PER_S

_MENU = ("INSTEP", "NO HEAT")
_GENTLE = "GENTLE "
_MESSAGE = "PLEASE NOTE"
_QUESTION = "BEFORE WE START"
_LOTION = "LOTION"
_FAULT = "STOPPED FOR SAFETY"
_FEET_IN = "SELF-TEST"
_FEET_OUT = (*_MENU, _FAULT, "THAT WAS IT", "STOPPED", "NOT BEGUN", "TIME IS UP", "NO MASSAGE TODAY")


class Person:
    """Start one session, answer its questions truthfully, apply the lotion; call `tick` every 10 ms.

    With `wells`, the foot switches, a command starts the session: the person puts the feet in when the machine asks
    for them, takes them out afterwards, and acknowledges a fault.
    """

    def __init__(
        self,
        answers: Mapping[str, bool],
        buttons: SimButtons,
        display: SimDisplay,
        wells: Sequence[SimSwitch] = (),
    ) -> None:
        self._buttons = buttons
        self._display = display
        self._replies = _replies(answers)
        self._screen = ""
        self._since_change = 0
        self._held = 0
        self._held_ticks = 0
        self._wells = wells
        self._has_started = bool(wells)
        self._put_feet(False)

    def tick(self) -> None:
        """Pass 10 ms: read the display, then press or release a button."""
        if self._held:
            self._held_ticks += 1
            if self._held_ticks == HOLD_TICKS:
                self._buttons.held &= ~self._held
                self._held = 0
                self._since_change = 0
            return
        self._since_change += 1
        if self._since_change % READ_TICKS == 0:
            self._look()

    def _look(self) -> None:
        rows = self._display.rows
        title = rows[0].strip()
        if title.startswith(_GENTLE):  # MicroPython, which runs this in the page, has no removeprefix
            title = title[len(_GENTLE) :]
        screen = title + " ".join(row.strip() for row in rows[1:4])
        if screen != self._screen:
            self._screen = screen
            self._since_change = 0
        elif title.partition("  ")[0] in _MENU and not self._has_started:
            self._has_started = True
            self._press(user_events.START)
        elif title == _MESSAGE:
            self._press(user_events.START)
        elif title == _QUESTION:
            question = " ".join(row.strip() for row in rows[1:6]).strip()
            # A display that failed while it was drawn may show half a question: no answer belongs to it.
            if question in self._replies:
                self._press(user_events.PLUS if self._replies[question] else user_events.MINUS)
        elif title == _LOTION and self._since_change >= LOTION_TICKS:
            self._press(user_events.START)
        elif self._wells:
            self._mind_feet(title)

    def _mind_feet(self, title: str) -> None:
        """Put the feet in for a session, take them out when it has ended; then a fault can be acknowledged."""
        if title == _FEET_IN:
            self._put_feet(True)
        elif title in _FEET_OUT:
            self._put_feet(False)
        if title == _FAULT:
            self._press(user_events.START)

    def _put_feet(self, are_in: bool) -> None:
        for well in self._wells:
            well.is_on = are_in

    def _press(self, button: int) -> None:
        self._held = button
        self._held_ticks = 0
        self._buttons.held |= button


def _replies(answers: Mapping[str, bool]) -> dict[str, bool]:
    """Return the reply to each question of the screening."""
    return {
        QUESTIONS.get(ASK_PHYSICIAN): answers["physician"],
        QUESTIONS.get(ASK_CONFIRM): answers["confirm"],
        QUESTIONS.get(ASK_SWOLLEN): answers["swollen"],
        QUESTIONS.get(ASK_SKIN): answers["warts"] or answers["blisters"],
        QUESTIONS.get(ASK_INJURY): answers["clot"] or answers["injury"],
        QUESTIONS.get(ASK_CARE): answers["gout"] or answers["diabetes"] or answers["numb"],
        QUESTIONS.get(ASK_BLOOD): answers["pregnant"] or answers["thinners"],
        QUESTIONS.get(ASK_CONSENT): answers["consent"],
    }
