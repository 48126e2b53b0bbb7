"""The telemetry and the display rows that a watched board sends by itself."""

from host_tools.link.telemetry import TelemetryBlocks
from instep.guard import faults
from instep.link import protocol
from instep.session import states
from tests.host_tools.link.memory_board import Board


def received(monkeypatch):
    """Return the list of blocks received from now on: BLOCK_, and whether telemetry is complete by then."""
    blocks = []
    take = TelemetryBlocks.add

    def note(self, data):
        take(self, data)
        blocks.append((data[0], self.latest is not None))

    monkeypatch.setattr(TelemetryBlocks, "add", note)
    return blocks


def test_motion_comes_20_times_a_second_with_the_other_blocks_and_the_display_in_between(monkeypatch):
    board = Board()
    client = board.client()
    client.watch()
    blocks = received(monkeypatch)
    for _ in range(100):
        client.pump()
    counts = [sum(block == wanted for block, _ in blocks) for wanted in range(4)]
    assert 19 <= counts[protocol.BLOCK_MOTION] <= 21
    assert all(1 <= count <= 3 for count in counts[: protocol.BLOCK_MOTION])
    assert client.telemetry["supply_mv"] == 12_000
    assert client.rows[0].split() == ["INSTEP", "person", "A"]
    assert "PROGRAM: other" in client.rows[7]


def test_a_new_watch_soon_has_all_values(monkeypatch):
    board = Board()
    client = board.client()
    client.watch()
    blocks = received(monkeypatch)
    while not (blocks and blocks[-1][1]):
        client.pump()
    assert {block for block, _ in blocks} >= {protocol.BLOCK_MACHINE, protocol.BLOCK_LEFT, protocol.BLOCK_RIGHT}
    assert len(blocks) <= 7


def test_requests_do_not_prevent_telemetry(monkeypatch):
    board = Board()
    client = board.client()
    client.watch()
    blocks = received(monkeypatch)
    for _ in range(60):
        client.status()
        client.pump()
    counts = [sum(block == wanted for block, _ in blocks) for wanted in range(4)]
    assert min(counts) >= 2, counts


def test_every_position_of_a_moving_roller_is_received():
    board = Board()
    client = board.client()
    client.watch()
    for _ in range(100):
        client.pump()
    for place in range(1, 11):
        board.app.drives.rollers[3].position_um = place
        for _ in range(7):
            client.pump()
        assert client.telemetry.feet[1]["sole_um"] == place


def test_a_change_of_state_is_received_at_once():
    board = Board()
    client = board.client()
    client.watch()
    for _ in range(100):
        client.pump()
    board.app.guard.trip(faults.FAULT_EMERGENCY_STOP)
    for _ in range(7):
        client.pump()
    assert (client.telemetry.state, client.telemetry["fault"]) == (states.FAULT, faults.FAULT_EMERGENCY_STOP)


def test_a_line_that_is_too_slow_for_everything_starves_no_block(monkeypatch):
    board = Board(room=1)
    client = board.client()
    client.watch()
    blocks = received(monkeypatch)
    for _ in range(1_500):
        client.pump()
    for wanted in range(4):
        assert sum(block == wanted for block, _ in blocks) >= 3
    assert "PROGRAM: other" in client.rows[7]


def test_telemetry_ends_when_the_watch_is_not_renewed(monkeypatch):
    monkeypatch.setattr("host_tools.link.client._WATCH_S", 1)
    board = Board()
    client = board.client()
    client.watch()
    for _ in range(150):
        client.pump()
    last = client.telemetry["ticks"]
    for _ in range(100):
        client.pump()
    assert client.telemetry["ticks"] == last
