"""Put into plain words what a machine reports: techniques, states, stations, times, and how a session ended."""

from collections.abc import Iterable
from dataclasses import dataclass

from instep.guard import faults
from instep.hal.board import ROLLER_NAMES
from instep.link.protocol import FLAG_ROLLER
from instep.session import screening
from instep.stroke import program
from instep.units import S_PER_MINUTE

TECHNIQUES = {
    "smooth": "smoothing",
    "top": "top of foot",
    "sole": "sole",
    "pull": "toe pull",
    "slide": "toe slide",
    "rest": "rest",
    "path": "own stroke",
}

STATES = {
    "idle": "ready",
    "screening": "questions",
    "fit": "measuring feet",
    "warm": "lotion",
    "run": "massage",
    "closing": "closing strokes",
    "retract": "letting go",
}

_STATIONS_MAX = 8


@dataclass(frozen=True)
class Words:
    """What happened, and what to do next, a sentence each."""

    happened: str
    advice: str


@dataclass(frozen=True)
class Result:
    """The words for a session's result: one word, a title, and what it means if the machine gives no reason."""

    verdict: str
    title: str
    meaning: str


RESULTS = {
    "done": Result("Done", "The session is complete", "The chosen time is used and the feet are free."),
    "refused": Result("Refused", "No session", "The machine has not moved and has not heated."),
    "stopped": Result("Stopped", "Stopped", "The session was ended before its time was used."),
    "fault": Result("Fault", "The machine stopped itself", "It found something wrong."),
}
_UNKNOWN = Result("", "The session is over", "")

# The firmware's catalogues have the words for faults and refusals; these are for stopped sessions.
_STOPS = {
    "stop_pressed": Words("The session was stopped with STOP.", "Press START for another one."),
    "no_feet": Words("No feet came into the wells within a minute.", "Put both feet in and start again."),
    "no_answer": Words("Nobody pressed START after the lotion.", "Start again when the lotion is on."),
    "feet_stayed_out": Words("The feet stayed out for five minutes.", "Put both feet in and start again."),
    "paused_too_long": Words("The session was paused until its time was up.", "Start again."),
    "no_strokes_for_these_feet": Words("The program has no strokes for the chosen feet.", "Choose other feet."),
}
_DONE = Words("The massage is done.", "Take your feet out and rest a little.")
_LEFT = Words("The session was left before its end.", "Start again.")
_INTERRUPTED = Words("The power failed, or the firmware stalled.", "The session does not continue: start again.")
# Result: words for a session without a reason.
_WITHOUT_REASON = {"done": _DONE, "interrupted": _INTERRUPTED}

# Name of a reason: words.
WORDS = {
    **{
        screening.REASONS.get(reason): Words(screening.REASONS.get(reason, 1), screening.REASONS.get(reason, 2))
        for reason in range(1, screening.REASONS.count())
    },
    **{faults.name(fault): Words(faults.sentence(fault), faults.advice(fault)) for fault in range(1, faults.count())},
    **_STOPS,
}

# Result of a session: exit code of the command that followed it.
EXIT_CODES = {"done": 0, "stopped": 0, "refused": 2, "fault": 3, "interrupted": 3}


_REPORT = "report it"
HOW_TO_REPORT = (
    "To report a fault, open an issue where you got Instep,"
    " with the output of `instep logs --json` and `instep doctor`."
)


def asks_for_report(advice: Iterable[str]) -> bool:
    """Return True if one of the texts asks the person to report something."""
    return any(_REPORT in text for text in advice)


def words_for(reason: str, result: str) -> Words:
    """Return how a session ended in plain words; `reason` is a name of WORDS, or "" if there is none."""
    return WORDS.get(reason, _WITHOUT_REASON.get(result, _LEFT))


def which_roller(flags: int) -> str:
    """Return which roller the latched fault is about, from the flags of telemetry; "" if it is about none."""
    return roller_named(
        next((name for number, name in enumerate(ROLLER_NAMES) if flags & FLAG_ROLLER << number), None)
    )


def roller_named(roller: str | None) -> str:
    """Return the sentence that names a roller, one of ROLLER_NAMES; "" for None."""
    return "" if roller is None else f"Roller: {plain(roller)}."


def ending(result: str | None, reason: str) -> tuple[str, str]:
    """Return title and text for the end of a session; `reason` is a sentence or empty."""
    words = RESULTS.get(result or "", _UNKNOWN)
    return words.title, reason or words.meaning


def technique(name: str | None) -> str:
    """Return the words for a technique, "resting" for none."""
    return "resting" if name is None else TECHNIQUES.get(name, plain(name))


def techniques_in(mask: int) -> list[str]:
    """Return the names of the techniques of a mask, which has a bit for each."""
    return [name for number, name in enumerate(program.TECHNIQUES) if mask >> number & 1]


def state(name: str) -> str:
    """Return the words for a state of the session."""
    return STATES.get(name, plain(name))


def plain(name: str) -> str:
    """Return an identifier as words."""
    return name.replace("_", " ").replace("-", " ")


def clock(seconds: float) -> str:
    """Return a time as minutes and seconds, `2:05`; a negative time is 0:00."""
    minutes, rest = divmod(max(0, round(seconds)), S_PER_MINUTE)
    return f"{minutes}:{rest:02d}"


def station(number: float) -> str:
    """Return the toe or gap of a station (0-8) in words."""
    nearest = min(max(round(number), 0), _STATIONS_MAX)
    return f"gap {nearest // 2 + 1}" if nearest % 2 else f"toe {nearest // 2 + 1}"
