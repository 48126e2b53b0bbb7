"""Which screen is shown, and its words: a title, a text, and what the buttons do.

A screen is numbered like its state; more numbers follow for what replaces a state's screen for a while. An empty text
is composed from numbers.
"""

from instep.axes import FEET
from instep.guard.faults import NO_FAULT
from instep.levels import FEET_BOTH
from instep.people import WAITS_WARM
from instep.session import states
from instep.session.jog import JOG_CLEANED, JOG_CLEANING, JOG_OFF
from instep.session.outcome import STOPPED_NOT
from instep.texts import Texts
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.supervisor import Supervisor
    from instep.session.jog import Jog
    from instep.session.status import Status

BEGINNING = 13  # the first after the states
WARMING = 14
WARMING_OUT = 15
NOTICE = 16
NO_HEAT = 17
HANDS_OFF = 18
CHOOSE = 19
CLEANING = 20
CLEANED = 21

# Parts of a row.
TITLE = 0
TEXT = 1
HINT = 2
# A row for each screen: title, text with both feet in use, hint. Further rows replace one of a screen in a case.
TEXTS = Texts(
    b"INSTEP||START  PROGRAM: other|"
    b"BEFORE WE START||- no            + yes|"
    b"SELF-TEST|Put both feet in and keep them still.|STOP ends|"
    b"MEASURING|Your feet are being measured. Keep still.|STOP ends|"
    b"LOTION|Take your feet out, spread lotion, put them back in.|START: lotion is on|"
    b"||START pause  STOP end|"
    b"PAUSED|Your place is kept.|START goes on|"
    b"LAST STROKES||START pause  STOP end|"
    b"LETTING GO|Please wait until the rollers are home.||"
    b"THAT WAS IT|Take your feet out and rest a little.|START: start page|"
    b"NO MASSAGE TODAY||START: start page|"
    b"STOPPED FOR SAFETY||START when it is safe|"
    b"|||"
    b"ONE MOMENT|Lean back. The strokes are about to begin.|STOP ends|"
    b"WARMING UP|The wells are warming. Lean back.|STOP ends|"
    b"WARMING UP|The wells are warming. Put your feet back in.|STOP ends|"
    b"PLEASE NOTE||START goes on|"
    b"NO HEAT||HEAT tries again|"
    b"HANDS OFF|The laptop tests the machine or moves an axis.|any button ends it|"
    b"||PROGRAM next  - + set|"
    b"CLEANING|Please wait. Keep feet and hands out.|any button ends it|"
    b"CLEAN NOW|All is without power: wipe rollers and toe parts. Feet and hands out before START.|"
    b"START brings all home|"
    # The end of a session by its stop reason, from the first on.
    b"STOPPED|STOP was pressed. Take your feet out and rest a little.||"
    b"NOT BEGUN|No feet came in for a minute. Put your feet in, then start again.||"
    b"NOT BEGUN|START was not pressed after the lotion for five minutes. Please start again.||"
    b"TIME IS UP|The pause lasted until the 30 minutes of a session were over.||"
    b"NOT BEGUN|No strokes of this program are left for your feet. Choose another one.||"
    b"TIME IS UP|The 30 minutes of a session are over. Take your feet out.||"
    b"NOT BEGUN|Your feet stayed out for five minutes. Put them in, then start again.||"
    # One foot in use: left and right for each of _FOOT_SCREENS.
    b"SELF-TEST|Put your left foot in and keep it still.||"
    b"SELF-TEST|Put your right foot in and keep it still.||"
    b"MEASURING|Your left foot is being measured. Keep still.||"
    b"MEASURING|Your right foot is being measured. Keep still.||"
    b"LOTION|Take your left foot out, spread lotion, put it back in.||"
    b"LOTION|Take your right foot out, spread lotion, put it back in.||"
    b"PAUSED|A foot is out. Put it back in.|Feet in, then START|"
    b"||START  once more|"
    b"PAUSED|The next technique comes after START.||",
    parts=3,
)
_ENDS_AT = const(22)
_ONE_FOOT_AT = const(29)
_FOOT_IS_OUT = const(35)
_ONCE_MORE = const(36)
_IS_SKIPPED = const(37)
_FOOT_SCREENS = (states.SELFTEST, states.FIT, states.WARM)


def screen_of(status: "Status", guard: "Supervisor", jog: "Jog") -> int:
    """Return the number of the screen to show."""
    state = status.state
    if jog.state != JOG_OFF:
        return CLEANED if jog.state == JOG_CLEANED else CLEANING if jog.state == JOG_CLEANING else HANDS_OFF
    if status.page.is_open:
        return CHOOSE
    if state == states.WARM and status.is_lotion_on:
        if not status.feet.are_in:
            return WARMING_OUT
        return WARMING if status.selection.people.get(WAITS_WARM) else BEGINNING
    if state == states.IDLE:
        if guard.notices.first() != NO_FAULT:
            return NOTICE
        if guard.heat_fault != NO_FAULT:
            return NO_HEAT
    return state


def row_of(screen: int, status: "Status") -> int:
    """Return the row of `TEXTS` with title and text of a screen."""
    if screen == states.DONE and status.stop_reason != STOPPED_NOT:
        return _ENDS_AT + status.stop_reason - 1
    if screen == states.PAUSED and not status.feet.are_in:
        return _FOOT_IS_OUT
    if screen == states.PAUSED and status.scheduler.is_cut:
        return _IS_SKIPPED
    foot = status.selection.choices.feet
    if foot != FEET_BOTH and screen in _FOOT_SCREENS:
        return _ONE_FOOT_AT + FEET * _FOOT_SCREENS.index(screen) + foot
    return screen


def hint_row_of(screen: int, status: "Status") -> int:
    """Return the row of `TEXTS` that says what the buttons do on a screen."""
    if (screen == states.WARM or screen == states.PAUSED) and not status.feet.are_in:
        return _FOOT_IS_OUT
    if screen == states.IDLE and status.fitted_mask:
        return _ONCE_MORE
    return screen
