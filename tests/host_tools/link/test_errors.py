"""Every refusal of the board has a message and an advice, also one that this laptop does not know."""

import pytest

from host_tools.link.errors import REFUSALS, RefusedError
from instep.link import protocol

ANSWERS = range(protocol.ANSWER_DONE + 1, protocol.ANSWERS)


def test_every_answer_that_refuses_has_its_words():
    assert set(REFUSALS) == set(ANSWERS)
    assert len(set(REFUSALS.values())) == len(REFUSALS)


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_reason_of_the_board_is_put_into_the_sentence(answer):
    plain, detailed = RefusedError(answer), RefusedError(answer, "heat is 1 to 3")
    assert plain.message.endswith(".") and plain.advice and plain.answer == answer
    assert detailed.message == f"{plain.message[:-1]}: heat is 1 to 3."


def test_an_answer_of_a_newer_board_has_its_number():
    assert RefusedError(99).message == "The board refuses (answer 99)."
