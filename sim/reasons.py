"""The reason of a session's end as a name; `host_tools/words.py` has the words for people."""

from instep.app import App
from instep.guard import faults
from instep.session import screening
from instep.session.outcome import RESULT_FAULT, STOP_REASONS


def reason_of(app: App) -> str:
    """Return the name of the reason for a refusal, a stop or a fault; "" if there was none."""
    if app.guard.has_loop_stopped:
        return faults.name(faults.FAULT_LOOP_STOPPED)
    if app.session.status.result == RESULT_FAULT:
        return faults.name(app.guard.last_fault)
    if app.session.status.screening.reason:
        return screening.REASONS.get(app.session.status.screening.reason)
    return STOP_REASONS[app.session.status.stop_reason]
