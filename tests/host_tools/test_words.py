"""Every state, technique and result has words for people."""

import pytest

from host_tools import words
from host_tools.words import roller_named, which_roller
from instep.link.protocol import FLAG_ROLLER
from instep.session import states
from instep.stroke.program import TECHNIQUES


@pytest.mark.parametrize(
    ("result", "reason"), [("done", ""), ("refused", "swollen"), ("stopped", ""), ("fault", ""), (None, "")]
)
def test_every_end_has_a_title_and_the_machine_s_reason_goes_first(result: str | None, reason: str) -> None:
    title, text = words.ending(result, reason)
    assert title[0].isupper()
    assert reason in text
    assert words.ending("fault", "Why.")[1] == "Why."


def test_every_state_and_technique_of_the_firmware_has_its_words() -> None:
    assert set(words.STATES) < set(states.NAMES)
    assert set(words.TECHNIQUES) == set(TECHNIQUES)
    assert words.state("fit") == "measuring feet" and words.state("self-test") == "self test"


def test_a_roller_is_named_by_foot_and_side() -> None:
    flags = (0, 1, FLAG_ROLLER, FLAG_ROLLER * 8)
    assert [which_roller(bits) for bits in flags] == ["", "", "Roller: left top.", "Roller: right sole."]
    assert (roller_named(None), roller_named("left_sole")) == ("", "Roller: left sole.")


def test_times_and_stations_read_like_words() -> None:
    assert [words.clock(seconds) for seconds in (-2, 0, 59.6, 754)] == ["0:00", "0:00", "1:00", "12:34"]
    assert [words.station(number) for number in (0, 1, 7, 8, 8.4)] == ["toe 1", "gap 1", "gap 4", "toe 5", "toe 5"]
    assert words.technique("own_thing") == "own thing" and words.technique(None) == "resting"
