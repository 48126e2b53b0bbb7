"""The session's transition table, whole: every state and every event."""

from itertools import product

import pytest

from instep.session import states

EVENT_NAMES = ("GO", "START", "STOP", "PAUSE", "END", "REFUSE", "TRIP", "CLEARED", "POWER")

# A dot: the event changes nothing.
TABLE = """
           GO         START      STOP     PAUSE      END      REFUSE   TRIP   CLEARED  POWER
idle       .          screening  .        .          .        .        fault  .        off
screening  self-test  .          idle     .          .        refused  fault  .        .
self-test  fit        .          retract  .          .        .        fault  .        .
fit        warm       .          retract  self-test  .        .        fault  .        .
warm       run        .          retract  .          .        .        fault  .        .
run        retract    .          retract  paused     closing  .        fault  .        .
paused     run        .          retract  .          .        .        fault  .        .
closing    retract    .          retract  paused     .        .        fault  .        .
retract    done       .          .        .          .        .        fault  .        .
done       .          idle       idle     .          .        .        fault  .        off
refused    .          idle       idle     .          .        .        fault  .        off
fault      .          .          .        .          .        .        .      idle     .
off        .          idle       .        .          .        .        fault  .        .
"""
HEADER, *ROWS = TABLE.strip().splitlines()
EXPECTED = {
    (row.split()[0], event): following
    for row in ROWS
    for event, following in zip(HEADER.split(), row.split()[1:], strict=True)
}
MOVING = {states.SELFTEST, states.FIT, states.WARM, states.RUN, states.PAUSED, states.CLOSING, states.RETRACT}


def _event(name):
    return getattr(states, name)


def _following(state, without=()):
    return {states.next_state(state, event) for event in range(states.EVENTS) if event not in without}


def _reachable(start, without=(), barred=()):
    found, todo = {start}, [start]
    while todo:
        new = _following(todo.pop(), without) - found - set(barred)
        found |= new
        todo += new
    return found


def test_the_table_here_knows_every_state_and_event():
    assert tuple(row.split()[0] for row in ROWS) == states.NAMES
    assert tuple(HEADER.split()) == EVENT_NAMES
    assert sorted(map(_event, EVENT_NAMES)) == list(range(states.EVENTS))
    assert len(states.NAMES) == states.STATES


@pytest.mark.parametrize(("state", "event"), [*product(states.NAMES, EVENT_NAMES)])
def test_every_event_leads_where_the_table_says(state, event):
    expected = EXPECTED[state, event]
    following = states.next_state(states.NAMES.index(state), _event(event))
    assert states.NAMES[following] == (state if expected == "." else expected)


def test_no_row_stands_twice():
    causes = [(state, event) for state, event, _ in states.TRANSITIONS]
    assert len(set(causes)) == len(causes)


def test_every_state_can_be_reached():
    assert _reachable(states.IDLE) == set(range(states.STATES))


def test_nothing_moves_that_has_not_been_screened():
    assert not _reachable(states.IDLE, barred={states.SCREENING}) & MOVING


def test_no_stroke_comes_before_the_self_test_and_the_measuring():
    for skipped in (states.SELFTEST, states.FIT):
        assert states.RUN not in _reachable(states.IDLE, barred={skipped})


@pytest.mark.parametrize("state", sorted(MOVING - {states.RETRACT}))
def test_stop_leads_from_every_state_that_moves_to_retracting(state):
    assert states.next_state(state, states.STOP) == states.RETRACT


def test_a_fault_is_left_by_acknowledgement_alone():
    assert _following(states.FAULT, without={states.CLEARED}) == {states.FAULT}
