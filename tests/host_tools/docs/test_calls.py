"""The calls of a tick as they are read from the source: the rooms in the order of the data flow."""

from host_tools.docs.calls import tick_calls

CALLS = tick_calls()
ALWAYS = [call.room for call in CALLS if not call.is_conditional]


def test_a_tick_reads_before_it_judges_and_judges_before_it_drives():
    first = {room: ALWAYS.index(room) for room in ("hal", "guard", "session", "drive")}
    assert first["hal"] < first["guard"] < first["session"] < first["drive"]


def test_every_call_leads_into_a_room():
    assert len(CALLS) > 10
    assert all(call.room and call.name for call in CALLS)


def test_what_leads_to_a_restart_is_left_out():
    assert not [call for call in CALLS if "maintenance" in call.name.lower()]


def test_a_function_of_a_room_is_a_call_too():
    names = [call.name for call in CALLS]
    assert names.index("Session.tick") < names.index("jog_at_rest.advance") < names.index("Supervisor.check_setpoints")
