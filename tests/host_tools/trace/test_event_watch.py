"""The events of a session, from reports that come in turn: each change once, a screen when it is complete."""

import pytest

from host_tools.trace.event_watch import EventWatch
from instep.guard import faults
from instep.link.protocol import NO_TECHNIQUE
from instep.session import states
from instep.stroke.program import SOLE, TOP

NOTHING: tuple[dict[str, int], dict[str, int]] = ({}, {})


@pytest.fixture
def watch():
    return EventWatch()


def told(events):
    return [(event.tick, event.kind, event.foot, event.text) for event in events]


def test_a_state_is_told_when_it_begins(watch):
    assert told(watch.look(1, {"state": states.WARM}, NOTHING)) == [(1, "state", "", "warm")]
    assert watch.look(2, {"state": states.WARM}, NOTHING) == []
    assert watch.look(3, {}, NOTHING) == []
    assert told(watch.look(4, {"state": states.RUN}, NOTHING)) == [(4, "state", "", "run")]


def test_a_fault_is_told_once_by_name_and_its_end_is_none(watch):
    assert told(watch.look(1, {"fault": 3}, NOTHING)) == [(1, "fault", "", faults.name(3))]
    assert watch.look(2, {"fault": 3}, NOTHING) == []
    assert watch.look(3, {"fault": faults.NO_FAULT}, NOTHING) == []
    assert told(watch.look(4, {"fault": 250}, NOTHING)) == [(4, "fault", "", "fault 250")]


def test_techniques_end_and_begin_on_their_own_foot_and_strokes_count_anew(watch):
    def foot(technique, stroke):
        return {"technique": technique, "stroke": stroke}

    rest = foot(NO_TECHNIQUE, 0)
    assert watch.look(1, {}, (rest, rest)) == []
    assert told(watch.look(2, {}, (rest, foot(TOP, 1)))) == [
        (2, "technique", "right", "top"),
        (2, "stroke", "right", "1"),
    ]
    assert told(watch.look(3, {}, ({}, foot(TOP, 2)))) == [(3, "stroke", "right", "2")]
    assert told(watch.look(4, {}, (rest, foot(SOLE, 2)))) == [
        (4, "technique_end", "right", "top"),
        (4, "technique", "right", "sole"),
        (4, "stroke", "right", "2"),
    ]
    assert told(watch.look(5, {}, (rest, rest))) == [(5, "technique_end", "right", "sole")]


def test_a_screen_is_one_event_once_no_row_has_come_for_200_ms(watch):
    watch.take_row(10, 0, "INSTEP   ")
    watch.take_row(12, 2, "classic")
    assert watch.look(31, {}, NOTHING) == []
    ((tick, kind, _, text),) = told(watch.look(32, {}, NOTHING))
    assert (tick, kind) == (12, "display")
    assert text.splitlines()[:3] == ["INSTEP", "", "classic"]
    assert watch.look(60, {}, NOTHING) == []


def test_a_screen_that_was_not_complete_at_the_end_is_kept(watch):
    assert watch.rest(5) == []
    watch.take_row(5, 1, "DONE")
    assert told(watch.rest(6))[0][:2] == (5, "display")
