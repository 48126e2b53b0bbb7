"""What a machine reports, in plain words: why a session ended as it did, and what to do next."""

from dataclasses import dataclass

from instep.guard import faults
from instep.session import screening


@dataclass(frozen=True)
class Words:
    """What happened, and what to do next, a sentence each."""

    happened: str
    advice: str


# The words for faults and refusals stand in the firmware's catalogues; these are for sessions that were stopped.
_STOPS = {
    "stop_pressed": Words("The session was stopped with STOP.", "Press START for another one."),
    "no_feet": Words("No feet came into the wells within a minute.", "Put both feet in and start again."),
    "no_answer": Words("Nobody pressed START after the lotion.", "Start again when the lotion is on."),
    "paused_too_long": Words("The session was paused until its time was up.", "Start again."),
    "no_strokes_for_these_feet": Words("The program has no strokes for the chosen feet.", "Choose other feet."),
}
_DONE = Words("The massage is done.", "Take your feet out and rest a little.")
_LEFT = Words("The session was left before its end.", "Start again.")
_INTERRUPTED = Words("The power failed, or the firmware stood still.", "Nothing goes on by itself: start again.")
# By the result, without a reason.
_RESULTS = {"done": _DONE, "interrupted": _INTERRUPTED}

# By the name of the reason.
WORDS = {
    **{name: Words(why.decode(), what.decode()) for name, why, what in screening.REASONS if name},
    **{faults.name(fault): Words(faults.sentence(fault), faults.advice(fault)) for fault in range(1, faults.count())},
    **_STOPS,
}

# What a command that has followed a session returns, by the session's result.
EXIT_CODES = {"done": 0, "stopped": 0, "refused": 2, "fault": 3, "interrupted": 3}


def words_for(reason: str, result: str) -> Words:
    """Return how a session ended in plain words; `reason` is a name of WORDS, or "" when there is none."""
    return WORDS.get(reason, _RESULTS.get(result, _LEFT))
