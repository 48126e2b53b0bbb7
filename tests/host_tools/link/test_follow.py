"""Following a session to its end."""

import pytest

from host_tools.link.errors import LinkError
from host_tools.link.follow import Follower
from instep.guard import faults
from instep.session import states
from tests.host_tools.link.memory_board import Board


def test_a_session_that_was_stopped_between_two_looks_is_over():
    board = Board()
    follower = Follower(board.client())
    board.sleep(3.5)
    follower.look()
    assert (follower.is_over, follower.result) == (True, "stopped")


def test_a_session_is_followed_through_a_cable_that_is_pulled_and_put_back():
    board = Board()
    follower = Follower(board.client())
    board.app.session.status.state = states.SCREENING
    follower.look()
    board.line.is_cut = True
    for _ in range(3):
        follower.look()
    assert not follower.is_over
    board.line.is_cut = False
    follower.look()
    assert follower.words() == "screening"
    board.app.guard.trip(faults.FAULT_SUPPLY_LOW)
    follower.look()
    follower.look()
    assert (follower.is_over, follower.result, follower.reason) == (True, "fault", "supply_low")


def test_the_end_of_a_session_by_a_roller_says_which_one():
    board = Board()
    follower = Follower(board.client())
    board.app.guard.trip(faults.FAULT_ROLLER_BLOCKED)
    board.app.guard.fault_roller = 1
    board.app.session.status.state = states.FAULT
    follower.look()
    assert follower.ending() == (
        "A roller was held. It has backed off. Roller: left sole. Take the feet out and press START."
    )


def test_a_board_that_stays_away_is_given_up_after_half_a_minute():
    board = Board()
    follower = Follower(board.client())
    board.line.is_cut = True
    lost_s = board.time_s
    with pytest.raises(LinkError):
        for _ in range(50):
            follower.look()
    assert 30 < board.time_s - lost_s < 33
