"""Every request in every state of the session: its answer; refused and repeated requests change nothing."""

import pytest

from instep import user_events as bits
from instep.link import protocol as m
from instep.session import states
from instep.session.jog import JOG_OFF
from tests.firmware.link.dispatcher_board import CHUNK, JOG, Board

STATES = states.NAMES

REST = {"idle", "done", "refused", "off", "fault"}

EVERYWHERE = dict.fromkeys(STATES, m.ANSWER_DONE)

ONLY_IDLE = {**dict.fromkeys(STATES, m.ANSWER_NOT_IDLE), "idle": m.ANSWER_DONE, "fault": m.ANSWER_FAULT}

IN_MASSAGE = {**dict.fromkeys(STATES, m.ANSWER_NOT_RUNNING), "run": m.ANSWER_DONE, "closing": m.ANSWER_DONE}

LEVELS = {**ONLY_IDLE, **dict.fromkeys(("warm", "run", "paused", "closing"), m.ANSWER_DONE)}

AT_REST = {state: m.ANSWER_DONE if state in REST else m.ANSWER_NOT_IDLE for state in STATES}

START = {
    **dict.fromkeys(STATES, m.ANSWER_NOT_IDLE),
    **dict.fromkeys(("idle", "done", "refused"), m.ANSWER_DONE),
    **dict.fromkeys(("screening", "warm", "off"), m.ANSWER_AT_MACHINE),
    "fault": m.ANSWER_FAULT,
}

RESUME = {**dict.fromkeys(STATES, m.ANSWER_NOT_RUNNING), "paused": m.ANSWER_AT_MACHINE}

# Request, what it carries -> the answer by state.
TABLE = {
    (m.HELLO, b""): EVERYWHERE,
    (m.STATUS, b""): EVERYWHERE,
    (m.WATCH, b"\5"): EVERYWHERE,
    (m.STOP, b""): EVERYWHERE,
    (m.START, b""): START,
    (m.PAUSE, b""): IN_MASSAGE,
    (m.RESUME, b""): RESUME,
    (m.NEXT, b""): {**IN_MASSAGE, "closing": m.ANSWER_NOT_RUNNING, "paused": m.ANSWER_DONE},
    (m.LEVEL, bytes([m.LEVEL_INTENSITY, 5])): LEVELS,
    (m.LEVEL, bytes([m.LEVEL_PACE, 1])): LEVELS,
    (m.LEVEL, bytes([m.LEVEL_HEAT, 0])): LEVELS,
    (m.LEVEL, bytes([m.LEVEL_MINUTES, 30])): ONLY_IDLE,
    (m.LEVEL, bytes([m.LEVEL_FEET, 0])): ONLY_IDLE,
    (m.PROGRAM, b"gentle"): ONLY_IDLE,
    (m.PROGRAMS, b"\0"): EVERYWHERE,
    (m.CHUNK, CHUNK): ONLY_IDLE,
    (m.INSTALL, b"\4\0"): {**ONLY_IDLE, "idle": m.ANSWER_GAP},
    (m.JOURNAL, b"\0\0"): EVERYWHERE,
    (m.SETTINGS, b""): AT_REST,
    (m.SETTING, b"pace=1"): ONLY_IDLE,
    (m.JOG, JOG): ONLY_IDLE,
    (m.CHECK, b""): ONLY_IDLE,
    (m.MAINTENANCE, b"\0"): AT_REST,
    (m.MAINTENANCE, b"\1"): EVERYWHERE,
    (m.FIRMWARE, b""): EVERYWHERE,
    (0, b""): dict.fromkeys(STATES, m.ANSWER_UNKNOWN),
    (m.FIRMWARE + 1, b""): dict.fromkeys(STATES, m.ANSWER_UNKNOWN),
    (m.TELEMETRY, b""): dict.fromkeys(STATES, m.ANSWER_UNKNOWN),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("kind", "data"), TABLE)
def test_every_request_is_answered_in_every_state_as_the_table_says(kind, data, state):
    board = Board(state)
    assert board.ask(kind, data)[0] == TABLE[kind, data][state]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("kind", "data"), [entry for entry in TABLE if TABLE[entry] is not EVERYWHERE])
def test_a_refused_request_changes_nothing(kind, data, state):
    if TABLE[kind, data][state] == m.ANSWER_DONE:
        return
    board = Board(state)
    twin = Board(state)
    board.ask(kind, data)
    assert not board.dispatcher.wants_maintenance and board.jog.state == JOG_OFF
    assert board.session.selection.library.index == twin.session.selection.library.index
    assert vars(board.session.selection.choices) == vars(twin.session.selection.choices)
    assert (board.ticks(50), board.session.demands.drive_mode) == (twin.ticks(50), twin.session.demands.drive_mode)
    assert list(board.bench.scheduler.setpoints) == list(twin.bench.scheduler.setpoints)


@pytest.mark.parametrize("state", STATES)
def test_the_table_has_an_answer_for_every_state(state):
    assert all(state in answers for answers in TABLE.values())


@pytest.mark.parametrize(("kind", "data"), TABLE)
@pytest.mark.parametrize("state", ["idle", "run"])
def test_a_request_that_is_too_long_or_too_short_is_malformed(kind, data, state):
    if kind in (0, m.FIRMWARE + 1, m.TELEMETRY):
        return
    board = Board(state)
    assert board.ask(kind, data + bytes(200 - len(data)))[0] == m.ANSWER_MALFORMED
    if data:
        assert board.ask(kind, b"")[0] == m.ANSWER_MALFORMED
    assert not board.dispatcher.wants_maintenance


def test_start_goes_to_the_questions_and_no_further():
    board = Board()
    board.ask(m.START)
    assert board.ticks() == "screening"
    for kind, data in TABLE:
        if kind not in (m.STOP, m.MAINTENANCE):
            board.ask(kind, data)
    assert board.ticks(1000) == "screening"
    assert board.session.status.screening.question == 0


def test_a_repeated_request_is_answered_but_not_carried_out_again():
    board = Board("run")
    board.ask(m.PAUSE, sequence=7)
    board.ticks(3)
    assert board.ask(m.PAUSE, sequence=7) == (m.ANSWER_DONE, b"")
    assert board.dispatcher.session_requests.bits == 0
    assert board.ask(m.PAUSE, sequence=8)[0] == m.ANSWER_NOT_RUNNING


def test_after_hello_the_same_sequence_number_is_a_new_request():
    board = Board()
    assert board.ask(m.PROGRAM, b"gentle", sequence=1)[0] == m.ANSWER_DONE
    board.ask(m.HELLO, sequence=0)
    assert board.ask(m.PROGRAM, b"nothing", sequence=1)[0] == m.ANSWER_NO_PROGRAM


def test_stop_is_carried_out_every_time():
    board = Board("run")
    board.ask(m.STOP, sequence=3)
    board.dispatcher.tick(0)
    board.ask(m.STOP, sequence=3)
    assert board.dispatcher.session_requests.bits == bits.STOP
