"""Why a session ended as it did: a name for programs, plain words for people."""

from dataclasses import dataclass

from instep.app import App
from instep.guard import faults
from instep.session import screening
from instep.session.outcome import RESULT_FAULT, STOP_REASONS


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

# By the name of the reason.
WORDS = {
    **{name: Words(why.decode(), what.decode()) for name, why, what in screening.REASONS if name},
    **{faults.name(fault): Words(faults.sentence(fault), faults.advice(fault)) for fault in range(1, faults.count())},
    **_STOPS,
}


def reason_of(app: App) -> str:
    """Return the name of why the session was refused, stopped or ended by a fault; "" when it was not."""
    if app.guard.has_loop_stopped:
        return faults.name(faults.FAULT_LOOP_STOPPED)
    if app.session.result == RESULT_FAULT:
        return faults.name(app.guard.last_fault)
    if app.session.screening.reason:
        return screening.REASONS[app.session.screening.reason][0]
    return STOP_REASONS[app.session.stop_reason]


def words_for(reason: str, result: str) -> Words:
    """Return how a session ended in plain words; `reason` is a name of WORDS, or "" when there is none."""
    return WORDS.get(reason, _DONE if result == "done" else _LEFT)
