"""The picture of the rooms: every room with its role, an arrow for each import."""

from host_tools.docs import rooms
from tests.host_tools.docs.drawn import words_of


def test_every_room_is_drawn_with_its_role():
    assert set(rooms.ROLES) == set(rooms.rooms()), (
        "give each folder of the firmware a role in host_tools/docs/rooms.py"
    )
    words = words_of(rooms.render())
    for room, role in rooms.ROLES.items():
        assert room in words
        assert set(role) <= set(words)


def test_an_import_between_rooms_is_an_arrow():
    assert "session" in rooms.arrows()["panel"]
    assert "panel" not in rooms.arrows()["session"]
