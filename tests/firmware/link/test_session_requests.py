"""Requests that concern a session: start, pause, resume, next, levels."""

import pytest

from instep import user_events as bits
from instep.guard import faults
from instep.link import protocol as m
from tests.firmware.link.dispatcher_board import Board

MOVING = ("screening", "self-test", "fit", "warm", "run", "paused", "closing")

LEVEL_NAMES = ("intensity", "pace", "heat", "minutes", "feet")


@pytest.mark.parametrize("state", MOVING)
def test_stop_ends_the_session_at_the_next_tick(state):
    board = Board(state)
    board.ask(m.STOP)
    assert board.ticks() in ("retract", "idle")


@pytest.mark.parametrize("state", ["done", "refused"])
def test_start_after_a_session_goes_to_the_menu(state):
    board = Board(state)
    board.ask(m.START)
    assert board.ticks() == "idle"
    assert board.ticks(100) == "idle"


def test_a_pause_from_the_laptop_is_resumed_from_there():
    board = Board("run")
    board.ticks(200)
    board.ask(m.PAUSE)
    assert board.ticks() == "paused"
    assert board.ask(m.RESUME)[0] == m.ANSWER_BUSY
    assert board.ticks(300) == "paused"
    assert board.ask(m.RESUME)[0] == m.ANSWER_DONE
    assert board.ticks() == "run"


def test_a_pause_at_the_machine_is_not_resumed_from_the_laptop():
    board = Board("run")
    board.ticks(200)
    board.ticks(300, bits.START)
    assert board.bench.state == "paused"
    assert board.ask(m.RESUME)[0] == m.ANSWER_AT_MACHINE
    assert board.ticks(10) == "paused"


@pytest.mark.parametrize("takes_over", ["a button", "a foot"])
def test_a_person_who_takes_over_at_the_machine_ends_the_pause_there(takes_over):
    board = Board("run")
    board.ticks(200)
    board.ask(m.PAUSE)
    board.ticks(300)
    if takes_over == "a button":
        board.ticks(1, bits.PLUS)
    else:
        board.bench.hal.foot_switches[0].is_on = False
        board.ticks(10)
        board.bench.hal.foot_switches[0].is_on = True
        board.ticks(10)
    assert board.ask(m.RESUME)[0] == m.ANSWER_AT_MACHINE
    assert board.ticks(10) == "paused"


def test_a_pause_that_meets_a_lifted_foot_does_not_resume_when_it_is_back():
    board = Board("run")
    board.ticks(200)
    board.bench.hal.foot_switches[0].is_on = False
    board.ticks(4)
    board.ask(m.PAUSE)
    board.ticks(300)
    board.bench.hal.foot_switches[0].is_on = True
    board.ticks(300)
    assert board.ask(m.RESUME)[0] == m.ANSWER_AT_MACHINE


def test_next_goes_to_the_next_technique():
    board = Board("run")
    board.ticks(200)
    before = board.session.status.scheduler.phase
    board.ask(m.NEXT)
    board.ticks(3000)
    assert board.session.status.scheduler.phase > before


def test_next_in_a_pause_counts_when_the_massage_goes_on():
    board = Board("run")
    board.ticks(200)
    before = board.session.status.scheduler.phase
    board.ask(m.PAUSE)
    board.ticks(300)
    assert board.ask(m.NEXT)[0] == m.ANSWER_DONE
    board.ask(m.RESUME)
    board.ticks(1000)
    assert board.session.status.scheduler.phase > before


@pytest.mark.parametrize(
    ("level", "lawful", "unlawful"),
    [
        (m.LEVEL_INTENSITY, (1, 5), (0, 6, 255)),
        (m.LEVEL_PACE, (1, 3), (0, 4)),
        (m.LEVEL_HEAT, (0, 3), (4, 255)),
        (m.LEVEL_MINUTES, (10, 15, 20, 30), (0, 11, 31, 255)),
        (m.LEVEL_FEET, (0, 1, 2), (3, 255)),
    ],
)
def test_levels_are_taken_in_their_ranges_only(level, lawful, unlawful):
    board = Board()
    for value in lawful:
        assert board.ask(m.LEVEL, bytes([level, value]))[0] == m.ANSWER_DONE
        assert getattr(board.session.selection.choices, LEVEL_NAMES[level]) == value
    for value in unlawful:
        assert board.ask(m.LEVEL, bytes([level, value]))[0] == m.ANSWER_RANGE
        assert getattr(board.session.selection.choices, LEVEL_NAMES[level]) == lawful[-1]
    assert board.ask(m.LEVEL, bytes([9, 1]))[0] == m.ANSWER_RANGE


def test_gentle_keeps_its_heat_and_pace():
    board = Board("run")
    board.session.selection.choices.soften()
    assert board.ask(m.LEVEL, bytes([m.LEVEL_HEAT, 3]))[0] == m.ANSWER_GENTLE
    assert board.ask(m.LEVEL, bytes([m.LEVEL_PACE, 3]))[0] == m.ANSWER_GENTLE
    assert board.ask(m.LEVEL, bytes([m.LEVEL_INTENSITY, 2]))[0] == m.ANSWER_DONE
    assert (board.session.selection.choices.heat, board.session.selection.choices.pace) == (0, 1)


def test_a_waiting_notice_must_be_acknowledged_at_the_machine_first():
    board = Board()
    board.bench.guard.notices.tell(faults.FAULT_STORAGE_ERASED)
    assert board.ask(m.START)[0] == m.ANSWER_AT_MACHINE
    board.bench.guard.notices.acknowledge()
    assert board.ask(m.START)[0] == m.ANSWER_DONE
