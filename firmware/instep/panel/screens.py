"""Which screen is shown, and its words: a title, a text, and what the buttons do.

A screen is numbered like its state; more numbers follow for what replaces a state's screen for a while. An empty text
is composed from numbers.
"""

from instep.guard.faults import HEAT_NOTICES, LATCHED_HEAT_NOTICES, NO_FAULT
from instep.session import states
from instep.session.choices import BOTH_FEET
from instep.session.jog import JOG_OFF
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

# Title, text with both feet in use, hint. `_ONE_FOOT` replaces the text if one foot is.
_SCREENS = (
    (b"INSTEP", b"", b"START  PROGRAM: other"),
    (b"BEFORE WE START", b"", b"- no            + yes"),
    (b"SELF-TEST", b"Put both feet in and keep them still.", b"STOP ends"),
    (b"MEASURING", b"Your feet are being measured. Keep still.", b"STOP ends"),
    (b"LOTION", b"Take your feet out, spread lotion, put them back in.", b"START: lotion is on"),
    (b"", b"", b"START pause  STOP end"),
    (b"PAUSED", b"Your place is kept.", b"START goes on"),
    (b"LAST STROKES", b"", b"START pause  STOP end"),
    (b"LETTING GO", b"Please wait until the rollers are home.", b""),
    (b"THAT WAS IT", b"Take your feet out and rest a little.", b"START: start page"),
    (b"NO MASSAGE TODAY", b"", b"START: start page"),
    (b"STOPPED FOR SAFETY", b"", b"START when it is safe"),
    (b"", b"", b""),
    (b"ONE MOMENT", b"Lean back. The strokes are about to begin.", b"STOP ends"),
    (b"WARMING UP", b"The wells are warming. Lean back.", b"STOP ends"),
    (b"WARMING UP", b"The wells are warming. Put your feet back in.", b"STOP ends"),
    (b"PLEASE NOTE", b"", b"START goes on"),
    (b"NO HEAT", b"", b"HEAT tries again"),
    (b"HANDS OFF", b"The laptop tests the machine or moves an axis.", b"any button ends it"),
    (b"", b"", b"PROGRAM next  - + set"),
)
_TITLE = const(0)
_TEXT = const(1)
_HINT = const(2)

# The screens whose text names a foot, and for each its text for the left foot, for the right foot.
_FOOT_SCREENS = (states.SELFTEST, states.FIT, states.WARM)
_ONE_FOOT = (
    (b"Put your left foot in and keep it still.", b"Put your right foot in and keep it still."),
    (b"Your left foot is being measured.", b"Your right foot is being measured."),
    (
        b"Take your left foot out, spread lotion, put it back in.",
        b"Take your right foot out, spread lotion, put it back in.",
    ),
)

# The end of a session by its stop reason: title, text.
_ENDS = (
    (_SCREENS[states.DONE][_TITLE], _SCREENS[states.DONE][_TEXT]),
    (b"STOPPED", b"STOP was pressed. Take your feet out and rest a little."),
    (b"NOT BEGUN", b"No feet came in for a minute. Put your feet in, then start again."),
    (b"NOT BEGUN", b"START was not pressed after the lotion for five minutes. Please start again."),
    (b"TIME IS UP", b"The pause lasted until the 30 minutes of a session were over."),
    (b"NOT BEGUN", b"This program has no strokes for the foot in use. Choose another one."),
    (b"TIME IS UP", b"The 30 minutes of a session are over. Take your feet out."),
    (b"NOT BEGUN", b"Your feet stayed out for five minutes. Put them in, then start again."),
)
_FOOT_IS_OUT = b"A foot is out. Put it back in."
_FEET_IN_FIRST = b"Feet in, then START"
_ONCE_MORE = b"START  once more"


def screen_of(status: "Status", guard: "Supervisor", jog: "Jog") -> int:
    """Return the number of the screen to show."""
    state = status.state
    if jog.state != JOG_OFF:
        return HANDS_OFF
    if status.page.is_open:
        return CHOOSE
    if state == states.WARM and status.is_lotion_on:
        if not status.feet.are_in:
            return WARMING_OUT
        return WARMING if status.selection.choices.waits_warm else BEGINNING
    if state == states.IDLE:
        if guard.notices.first() != NO_FAULT:
            return NOTICE
        if is_about_heat(guard.heat_fault):
            return NO_HEAT
    return state


def is_about_heat(fault: int) -> bool:
    """Return True if `fault` is a notice that keeps the heat off."""
    return fault in HEAT_NOTICES or fault in LATCHED_HEAT_NOTICES


def title_of(screen: int, status: "Status") -> bytes:
    """Return the title of a screen."""
    if screen == states.DONE:
        return _ENDS[status.stop_reason][_TITLE]
    return _SCREENS[screen][_TITLE]


def text_of(screen: int, status: "Status") -> bytes:
    """Return the text of a screen."""
    if screen == states.DONE:
        return _ENDS[status.stop_reason][_TEXT]
    if screen == states.PAUSED and not status.feet.are_in:
        return _FOOT_IS_OUT
    foot = status.selection.choices.feet
    for index in range(len(_FOOT_SCREENS)):
        if _FOOT_SCREENS[index] == screen and foot != BOTH_FEET:
            return _ONE_FOOT[index][foot]
    return _SCREENS[screen][_TEXT]


def hint_of(screen: int, status: "Status") -> bytes:
    """Return what the buttons do on a screen."""
    if (screen == states.WARM or screen == states.PAUSED) and not status.feet.are_in:
        return _FEET_IN_FIRST
    if screen == states.IDLE and status.fitted_mask:
        return _ONCE_MORE
    return _SCREENS[screen][_HINT]
