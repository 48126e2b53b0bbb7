"""The picture of a tick: its calls in order, each in its room; and no picture has texts that overlap."""

import pytest

from host_tools.docs import rooms, states, tick
from tests.host_tools.docs.drawn import words_of


def test_a_tick_goes_from_the_inputs_through_guard_session_and_drives_to_the_outputs():
    rooms_in_order = [step.room for step in tick.steps() if not step.is_conditional]
    assert (rooms_in_order[0], rooms_in_order[1], rooms_in_order[-1]) == ("hal", "guard", "hal")
    first = {room: rooms_in_order.index(room) for room in ("panel", "link", "session", "drive")}
    assert sorted(first, key=first.__getitem__) == ["panel", "link", "session", "drive"]


def test_every_call_of_a_tick_is_drawn_with_its_room():
    words = words_of(tick.render())
    for step in tick.steps():
        assert {step.room, f"({step.name})" if step.is_conditional else step.name} <= set(words)


@pytest.mark.parametrize("picture", [rooms, states, tick])
def test_no_two_texts_overlap(picture):
    boxes = picture.draw().texts
    overlapping = [
        (one.text, other.text) for one in boxes for other in boxes if one is not other and one.overlaps(other)
    ]
    assert not overlapping
