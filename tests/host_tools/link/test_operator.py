"""Buttons of the live view as requests."""

from typing import Any

import pytest

from host_tools.link.operator import Operator
from instep.link import protocol
from instep.session import states
from tests.fakes import stand_in
from tests.host_tools.link.memory_board import Board, InstantClock


class Moment(dict[str, int]):
    """Telemetry of a machine in `state`, as far as buttons need it."""

    def __init__(self, state):
        super().__init__(heat=1, intensity=3, program=0)
        self.state = state


def moment(state) -> Any:
    return Moment(state)


@pytest.mark.parametrize(
    ("button", "state", "kind"),
    [
        ("stop", states.SELFTEST, protocol.STOP),
        ("start", states.IDLE, protocol.START),
        ("start", states.RUN, protocol.PAUSE),
        ("start", states.PAUSED, protocol.RESUME),
        ("start", states.WARM, None),
        ("start", states.SCREENING, None),
        ("start", states.FAULT, None),
        ("program", states.RUN, protocol.NEXT),
        ("program", states.PAUSED, protocol.NEXT),
        ("program", states.IDLE, protocol.PROGRAM),
        ("program", states.WARM, None),
        ("plus", states.SCREENING, None),
        ("minus", states.SCREENING, None),
        ("heat", states.WARM, protocol.LEVEL),
        ("plus", states.RUN, protocol.LEVEL),
    ],
)
def test_a_button_sends_the_request_that_it_means_in_this_state(button, state, kind):
    posted: list[int] = []

    def post(kind, data):
        posted.append(kind)
        return len(posted)

    operator = Operator(stand_in(post=post, clock=InstantClock()))
    operator.press(button, moment(state), ["classic", "gentle"])
    assert posted == ([] if kind is None else [kind])
    assert bool(operator.note) == (kind is None)


def test_a_refusal_is_noted_and_an_unanswered_request_is_repeated():
    board = Board()
    client = board.client()
    operator = Operator(client)
    operator.press("heat", moment(states.IDLE), [])
    board.app.session.status.state = states.SCREENING
    for _ in range(20):
        client.pump()
        operator.look()
    assert operator.note == "A session is under way on the machine."
    board.losses = 99
    operator.press("stop", moment(states.RUN), [])
    for _ in range(4):
        board.sleep(0.6)
        operator.look()
    assert operator.note == "The board has not answered."
