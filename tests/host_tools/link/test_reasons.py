"""How a session ended, from telemetry alone: a fault goes before all else, a stalled loop before that."""

import pytest

from host_tools.link.reasons import reason_of, result_of
from instep.guard import faults
from instep.link import protocol
from instep.session import states
from instep.session.outcome import RESULT_FAULT, RESULT_NAMES, STOP_REASONS

DONE = RESULT_NAMES.index("done")


class Report:
    """Telemetry with these fields, all others 0."""

    def __init__(self, state=states.IDLE, flags=0, is_running=False, **fields):
        self.state, self.is_session_running = state, is_running
        self._flags, self._fields = flags, fields

    def has(self, flag):
        return bool(self._flags & flag)

    def __getitem__(self, name):
        return self._fields.get(name, 0)


@pytest.mark.parametrize(
    ("report", "result", "reason"),
    [
        (Report(is_running=True, state=states.RUN), "", STOP_REASONS[0]),
        (Report(result=DONE), "done", STOP_REASONS[0]),
        (Report(), "stopped", STOP_REASONS[0]),
        (Report(stop_reason=1), "stopped", STOP_REASONS[1]),
        (Report(state=states.FAULT, fault=3, result=DONE), "fault", faults.name(3)),
        (Report(result=RESULT_FAULT, last_fault=5), "fault", faults.name(5)),
        (Report(state=states.FAULT, fault=250), "fault", ""),
        (Report(flags=protocol.FLAG_LOOP_STOPPED), "fault", faults.name(faults.FAULT_LOOP_STOPPED)),
    ],
)
def test_result_and_reason(report, result, reason):
    assert (result_of(report), reason_of(report)) == (result, reason)
