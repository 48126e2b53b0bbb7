"""The result of a session and its reason, from telemetry."""

from host_tools.link.telemetry import Telemetry
from instep.guard import faults
from instep.link import protocol
from instep.session import screening, states
from instep.session.outcome import RESULT_FAULT, RESULT_NAMES, STOP_REASONS


def result_of(telemetry: Telemetry) -> str:
    """Return the last session's result: done, stopped, refused or fault; "" while it runs."""
    if telemetry.state == states.FAULT or telemetry.has(protocol.FLAG_LOOP_STOPPED):
        return RESULT_NAMES[RESULT_FAULT]
    if telemetry.is_session_running:
        return ""
    return RESULT_NAMES[telemetry["result"]] or "stopped"


def reason_of(telemetry: Telemetry) -> str:
    """Return the name of the reason, for `host_tools.words`; "" if there is none."""
    if telemetry.has(protocol.FLAG_LOOP_STOPPED):
        return faults.name(faults.FAULT_LOOP_STOPPED)
    if telemetry.state == states.FAULT:
        return _fault_name(telemetry["fault"])
    if telemetry["result"] == RESULT_FAULT:
        return _fault_name(telemetry["last_fault"])
    if telemetry["screening_reason"]:
        return screening.REASONS.get(telemetry["screening_reason"])
    return STOP_REASONS[telemetry["stop_reason"]]


def _fault_name(number: int) -> str:
    return faults.name(number) if number < faults.count() else ""
