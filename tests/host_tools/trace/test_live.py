"""The trace of a watched machine: its ticks go on over a wrapped counter and a restarted board."""

import json

import pytest

from host_tools.trace.live import LiveRecording
from host_tools.trace.read import read_trace
from instep.axes import COUNTER_MASK
from instep.session import states


@pytest.fixture
def recording():
    return LiveRecording()


def note(recording, ticks, now_s, **machine):
    recording.note({"ticks": ticks, **machine}, ({}, {}), now_s)
    return recording.tick


def test_time_is_that_of_the_board_from_the_first_report_on(recording):
    assert [note(recording, ticks, 0.0) for ticks in (5_000, 5_005, 5_105)] == [0, 5, 105]


def test_a_wrapped_counter_goes_on(recording):
    note(recording, COUNTER_MASK, 0.0)
    assert note(recording, 9, 0.1) == 10


@pytest.mark.parametrize(("passed_s", "ticks"), [(2.5, 250), (0.0, 1)])
def test_after_a_restart_the_laptop_s_time_counts(recording, passed_s, ticks):
    note(recording, 90_000, 100.0)
    assert note(recording, 3, 100.0 + passed_s) == ticks
    assert note(recording, 8, 200.0) == ticks + 5


def test_a_report_without_a_tick_gets_that_of_the_one_before(recording):
    note(recording, 100, 0.0)
    note(recording, 107, 0.0)
    recording.note({}, ({"sole_um": 5}, {}), 1.0)
    assert recording.reports[-1] == (7, {}, {"left": {"sole_um": 5}})


def test_a_written_trace_holds_reports_and_events_in_the_order_of_time(recording, tmp_path):
    note(recording, 0, 0.0, state=states.IDLE)
    note(recording, 50, 0.5, state=states.WARM)
    recording.note_row(0, "LOTION")
    note(recording, 100, 1.0, state=states.RUN)
    path = tmp_path / "live.mcap"
    with path.open("wb") as stream:
        recording.write(stream, {"program": "demo"})
    trace = read_trace(path)
    assert list(trace.series["machine.state"].time_s) == [0.0, 0.5, 1.0]
    assert [event.tick for event in trace.events] == sorted(event.tick for event in trace.events)
    assert [event.text for event in trace.events if event.kind == "state"] == ["idle", "warm", "run"]
    assert "LOTION" in json.dumps([event.text for event in trace.events])
    assert trace.facts["program"] == "demo"
