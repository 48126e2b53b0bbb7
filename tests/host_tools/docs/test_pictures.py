"""The pictures of rooms and states show what the code says, and no two texts overlap."""

from xml.etree import ElementTree

import pytest

from host_tools.docs import rooms, states, tick
from host_tools.docs.layers import is_bend, layers_of, reduced
from instep.session.states import NAMES, STATES, TRANSITIONS

GRAPH = {"a": frozenset("bcd"), "b": frozenset("cd"), "c": frozenset("d"), "d": frozenset(), "e": frozenset("d")}


def _words(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")]


def test_a_longer_way_makes_an_arrow_superfluous():
    assert reduced(GRAPH) == {"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": set(), "e": {"d"}}


def test_every_arrow_leads_down_one_layer_at_a_time():
    layers, ways = layers_of(reduced(GRAPH))
    rows = {name: row for row, layer in enumerate(layers) for name in layer}
    for (one, other), way in ways.items():
        assert (way[0], way[-1]) == (one, other)
        assert [rows[name] for name in way] == list(range(rows[one], rows[other] + 1))
        assert all(map(is_bend, way[1:-1]))


def test_every_room_is_drawn_with_its_role():
    assert set(rooms.ROLES) == set(rooms.rooms()), (
        "give each folder of the firmware a role in host_tools/docs/rooms.py"
    )
    words = _words(rooms.render())
    for room, role in rooms.ROLES.items():
        assert room in words
        assert set(role) <= set(words)


def test_an_import_between_rooms_is_an_arrow():
    assert "session" in rooms.arrows()["panel"]
    assert "panel" not in rooms.arrows()["session"]


def test_a_tick_goes_from_the_inputs_through_guard_session_and_drives_to_the_outputs():
    rooms_in_order = [step.room for step in tick.steps() if not step.is_conditional]
    assert (rooms_in_order[0], rooms_in_order[1], rooms_in_order[-1]) == ("hal", "guard", "hal")
    first = {room: rooms_in_order.index(room) for room in ("panel", "link", "session", "drive")}
    assert sorted(first, key=first.__getitem__) == ["panel", "link", "session", "drive"]


def test_every_call_of_a_tick_is_drawn_with_its_room():
    words = _words(tick.render())
    for step in tick.steps():
        assert {step.room, f"({step.name})" if step.is_conditional else step.name} <= set(words)


def test_each_transition_belongs_to_one_arrow():
    drawn = [(arrow.source, event, arrow.target) for arrow in states.arrows() for event in arrow.events]
    assert sorted(drawn) == sorted(TRANSITIONS)


def test_every_state_and_arrow_is_drawn():
    words = _words(states.render())
    assert set(states.ROLES) == set(range(STATES))
    assert sorted(words) == sorted([*NAMES, *states.ROLES.values(), *(each.label for each in states.arrows())])


@pytest.mark.parametrize("picture", [rooms, states, tick])
def test_no_two_texts_overlap(picture):
    boxes = picture.draw().texts
    overlapping = [
        (one.text, other.text) for one in boxes for other in boxes if one is not other and one.overlaps(other)
    ]
    assert not overlapping
