"""The laptop's end of the link against the whole firmware, over a line in memory that loses things."""

import os
import struct
from typing import Any

import pytest

from host_tools.link import client as client_module
from host_tools.link.client import Client
from host_tools.link.diagnose import BAD, GOOD, NOTE, OPEN, SELFTEST, judge_readings, judge_selftest
from host_tools.link.errors import LinkError, RefusedError
from host_tools.link.follow import Follower
from host_tools.link.hold import Held, TerminalKeys
from host_tools.link.operator import Operator
from host_tools.link.telemetry import TelemetryBlocks, read_telemetry
from host_tools.link.wire import Wire, frame
from instep.app import App
from instep.guard import faults, selftest
from instep.link import protocol, telemetry_fields
from instep.session import states
from instep.storage.journal import Journal
from sim.filesystem import installed_filesystem
from tests.fakes import FakeHal, stand_in
from tests.firmware.sessions import CALIBRATION, image
from tests.link_line import BoardBehindLine, MemoryLine

SLICES = 12


class LossyWire(Wire):
    """A wire that loses the next frames to the board, as many as its `losses` say."""

    def __init__(self, board):
        super().__init__(board.end)
        self._board = board

    def send(self, kind, sequence, data=b""):
        if self._board.losses:
            self._board.losses -= 1
        else:
            super().send(kind, sequence, data)


class Board:
    """The firmware behind a line that can lose what is sent."""

    def __init__(self, **line):
        self.line = MemoryLine(**line)
        self.hal = FakeHal()
        programs = [image(name) for name in ("classic", "gentle")]
        self.app = App(self.hal, CALIBRATION, programs, installed_filesystem(), self.line)
        self.losses = 0
        self.end = BoardBehindLine(self.line, self._tick)

    def _tick(self):
        self.app.tick()
        for _ in range(SLICES):
            self.app.slack()

    def open(self, port="memory"):
        return LossyWire(self)

    def client(self):
        return Client("memory", lambda port: self.open())


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """Let the client wait for less long: the board in memory answers at once."""
    monkeypatch.setattr(client_module, "_REPLY_S", 0.2)


def ask_soon(client, kind, data=b""):
    return client.ask(kind, data, reply_s=0.2)


@pytest.mark.parametrize("room", [1, 7, 64])
def test_a_board_answers_however_little_the_line_takes_at_once(room):
    client = Board(room=room).client()
    assert client.status().state == states.IDLE
    assert [program.name for program in client.programs()] == ["classic", "gentle"]


def test_a_program_is_sent_whole_and_told_as_it_goes():
    board = Board()
    sent: list[int] = []
    client = board.client()
    client.install(image("evening"), sent.append)
    assert sent[-1] == len(image("evening")) and sent == sorted(sent)
    assert client.programs()[-1].name == "evening"
    assert board.app.session.selection.library.chosen().name == "evening"


@pytest.mark.parametrize("losses", [1, 2])
def test_a_request_that_is_lost_is_asked_again_and_done_once(losses):
    board = Board()
    client = board.client()
    board.losses = losses
    ask_soon(client, protocol.LEVEL, bytes([protocol.LEVEL_INTENSITY, 5]))
    assert board.app.session.selection.choices.intensity == 5


def test_an_answer_that_is_lost_does_not_let_the_board_do_it_twice():
    board = Board()
    client = board.client()
    done: list[int] = []

    def choose():
        done.append(1)
        return protocol.ANSWER_DONE

    handle = board.app.requests._requests[protocol.PROGRAM]
    board.app.requests._requests[protocol.PROGRAM] = (choose, *handle[1:])
    receive = client._wire.receive
    lost: list[Any] = []

    def receive_or_lose():
        found = receive()
        if found and not lost:
            lost.extend(found)
            return []
        return found

    client._wire.receive = receive_or_lose
    ask_soon(client, protocol.PROGRAM, b"gentle")
    assert len(lost) == 1 and done == [1]


def test_a_board_that_stays_silent_is_said_to():
    board = Board()
    client = board.client()
    board.losses = 99
    with pytest.raises(LinkError, match="has stopped answering"):
        ask_soon(client, protocol.STATUS)


def test_a_port_where_nobody_answers_is_told_from_one_that_is_not_there():
    silent = stand_in(read=lambda size: b"", write=lambda data: len(data), close=lambda: None)
    with pytest.raises(LinkError, match="does not answer") as raised:
        Client("memory", lambda port: Wire(silent))
    assert "make flash" in raised.value.advice


def test_a_firmware_of_another_version_is_named():
    answers = bytearray()

    def write(data):
        sequence = data[2]
        hello = struct.pack(protocol.HELLO_FORMAT, 9, 0, 1, 1, 8192)
        answers.extend(frame(protocol.HELLO | protocol.REPLY, sequence, bytes([0]) + hello))

    other = stand_in(read=lambda size: bytes(answers), write=write, close=lambda: None)
    with pytest.raises(LinkError, match="speaks version 9 of the link"):
        Client("memory", lambda port: Wire(other))


def test_a_cut_line_is_told_and_the_board_found_again():
    board = Board()
    client = board.client()
    board.line.is_cut = True
    with pytest.raises(LinkError, match="connection to the board is lost"):
        client.status()
    board.line.is_cut = False
    client.reconnect()
    assert client.status().state == states.IDLE


def told(monkeypatch):
    """Return the list of what boards tell unasked from now on: TOLD_, and whether all is known by then."""
    told = []
    take = TelemetryBlocks.add

    def note(self, data):
        take(self, data)
        told.append((data[0], self.latest is not None))

    monkeypatch.setattr(TelemetryBlocks, "add", note)
    return told


def test_what_moves_is_told_twenty_times_a_second_with_the_rest_and_the_display_beside_it(monkeypatch):
    board = Board()
    client = board.client()
    client.watch()
    about = told(monkeypatch)
    for _ in range(100):
        client.pump()
    counts = [sum(what == wanted for what, _ in about) for wanted in range(4)]
    assert 19 <= counts[protocol.BLOCK_MOTION] <= 21
    assert all(1 <= count <= 3 for count in counts[: protocol.BLOCK_MOTION])
    assert client.telemetry["supply_mv"] == 12_000
    assert client.rows[0].strip() == "INSTEP"
    assert "START begins" in client.rows[7]


def test_whoever_begins_to_watch_soon_knows_everything(monkeypatch):
    board = Board()
    client = board.client()
    client.watch()
    about = told(monkeypatch)
    while not (about and about[-1][1]):
        client.pump()
    assert {what for what, _ in about} >= {protocol.BLOCK_MACHINE, protocol.BLOCK_LEFT, protocol.BLOCK_RIGHT}
    assert len(about) <= 7


def test_requests_keep_nothing_from_being_told(monkeypatch):
    board = Board()
    client = board.client()
    client.watch()
    about = told(monkeypatch)
    for _ in range(60):
        client.status()
        client.pump()
    counts = [sum(what == wanted for what, _ in about) for wanted in range(4)]
    assert min(counts) >= 2, counts


def test_every_place_of_a_roller_is_told_as_it_moves():
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


def test_another_state_is_told_at_once_and_whole():
    board = Board()
    client = board.client()
    client.watch()
    for _ in range(100):
        client.pump()
    board.app.guard.trip(faults.FAULT_EMERGENCY_STOP)
    for _ in range(7):
        client.pump()
    assert (client.telemetry.state, client.telemetry["fault"]) == (states.FAULT, faults.FAULT_EMERGENCY_STOP)


def test_nothing_is_starved_by_a_line_that_is_too_slow_for_all(monkeypatch):
    board = Board(room=1)
    client = board.client()
    client.watch()
    about = told(monkeypatch)
    for _ in range(1_500):
        client.pump()
    for wanted in range(4):
        assert sum(what == wanted for what, _ in about) >= 3
    assert "START begins" in client.rows[7]


def test_telemetry_ends_by_itself_when_nobody_asks_for_it_again(monkeypatch):
    monkeypatch.setattr(client_module, "_WATCH_S", 1)
    board = Board()
    client = board.client()
    client.watch()
    for _ in range(150):
        client.pump()
    last = client.telemetry["ticks"]
    for _ in range(100):
        client.pump()
    assert client.telemetry["ticks"] == last


def test_the_journal_comes_whole_even_when_an_entry_is_made_meanwhile():
    board = Board()
    client = board.client()
    journal = board.app.store.journal
    journal.begin_session(b"classic")
    image_of = client._journal_image
    changes: list[int] = []

    def image_and_change():
        if not changes:
            changes.append(1)
            ask = client.ask

            def ask_and_change(kind, data=b"", *more):
                if data == struct.pack("<H", 128):
                    journal.note_fault(1, 0, 0)
                    client.ask = ask
                return ask(kind, data, *more)

            client.ask = ask_and_change
        return image_of()

    client._journal_image = image_and_change
    read = client.journal()
    assert isinstance(read, Journal)
    assert (read.session(0)["program"], read.fault(0)["fault"]) == ("classic", 1)


def test_settings_are_read_and_changed():
    client = Board().client()
    client.change_setting("pace", "3")
    assert client.settings()["pace"] == "3"
    with pytest.raises(RefusedError, match="pace: 9 is not one of 1, 2, 3"):
        client.change_setting("pace", "9")


@pytest.mark.parametrize("answer", range(1, protocol.ANSWERS))
def test_every_refusal_says_what_and_what_to_do(answer):
    error = RefusedError(answer)
    assert error.message.endswith(".") and error.advice.endswith((".", "`"))
    assert "answer" not in error.message


# The operator: buttons of the live view.


class Moment(dict[str, int]):
    """What passes for telemetry of a machine in `state`."""

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
        ("program", states.IDLE, protocol.PROGRAM),
        ("program", states.WARM, None),
        ("plus", states.SCREENING, None),
        ("minus", states.SCREENING, None),
        ("heat", states.WARM, protocol.LEVEL),
        ("plus", states.RUN, protocol.LEVEL),
    ],
)
def test_a_button_of_the_view_is_the_request_that_it_means_now(button, state, kind):
    posted: list[int] = []

    def post(kind, data):
        posted.append(kind)
        return len(posted)

    operator = Operator(stand_in(post=post))
    operator.press(button, moment(state), ["classic", "gentle"])
    assert posted == ([] if kind is None else [kind])
    assert bool(operator.note) == (kind is None)


def test_what_the_board_refuses_is_noted_and_what_it_does_not_answer_is_asked_again(monkeypatch):
    board = Board()
    client = board.client()
    operator = Operator(client)
    operator.press("heat", moment(states.IDLE), [])
    board.app.session.status.state = states.SCREENING
    for _ in range(20):
        client.pump()
        operator.look()
    assert operator.note == "A session is under way on the machine."
    monkeypatch.setattr("host_tools.link.operator._AGAIN_S", 0.0)
    board.losses = 99
    operator.press("stop", moment(states.RUN), [])
    for _ in range(20):
        client.pump()
        operator.look()
    assert operator.note == "The board has not answered."


# The doctor's verdicts.


def test_a_self_test_that_ends_well_is_all_good():
    verdicts = judge_selftest(selftest.HOMING, faults.NO_FAULT)
    assert [verdict.verdict for verdict in verdicts] == [GOOD] * len(SELFTEST)


@pytest.mark.parametrize("at", range(len(SELFTEST)))
def test_what_fails_is_named_and_what_follows_is_not_called_tested(at):
    verdicts = judge_selftest(selftest.FAILED, SELFTEST[at][1])
    assert [verdict.verdict for verdict in verdicts] == [GOOD] * at + [BAD] + [OPEN] * (len(SELFTEST) - at - 1)
    assert verdicts[at].found == faults.sentence(SELFTEST[at][1]) and verdicts[at].advice


def readings(**changes):
    """Return verdicts by what they judge, of a sound board with some values changed."""
    client = Board().client()
    data = bytearray(client.ask(protocol.STATUS))
    sound = read_telemetry(bytes(data))
    feet = []
    for foot in sound.feet:
        values = {**foot, "skin_code": 16_384, "element_code": 16_384, "skin_centi_c": 2_500, "element_centi_c": 2_500}
        feet.append({**values, **changes.get("foot", {})})
    machine = {**sound.machine, **{key: value for key, value in changes.items() if key != "foot"}}
    return {verdict.what: verdict for verdict in judge_readings(type(sound)(machine, (feet[0], feet[1])))}


def test_a_sound_board_has_no_bad_reading():
    assert {verdict.verdict for verdict in readings().values()} == {GOOD, NOTE}


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"supply_mv": 10_400}, "supply"),
        ({"supply_mv": 25_000}, "supply"),
        ({"bus_faults": 1}, "servos"),
        ({"bus_faults": 1 << 10}, "force adc"),
        ({"foot": {"skin_code": 0}}, "left skin temperature"),
        ({"foot": {"element_centi_c": 5_000}}, "right element temperature"),
        ({"foot": {"sole_mn": 4_000}}, "left sole force sensor"),
        ({"state": states.FAULT, "fault": faults.FAULT_SUPPLY_LOW}, "state"),
        ({"notice": faults.FAULT_HEAT_SENSOR_LOST}, "state"),
        ({"flags": protocol.FLAG_BUTTON_STUCK}, "buttons"),
        ({"flags": protocol.FLAG_LOOP_STOPPED}, "last start"),
    ],
)
def test_a_bad_reading_is_named_with_what_to_do(changes, what):
    verdict = readings(**changes)[what]
    assert verdict.verdict == BAD and verdict.found and verdict.advice


# Holding a key.


def test_a_key_counts_as_held_while_it_repeats_and_no_longer():
    clock = [0.0]
    keys: list[str] = []
    held = Held(stand_in(take=lambda: "".join(keys)), lambda: clock[0])

    def look(at_s, *came):
        clock[0], keys[:] = at_s, came
        return held.look()

    assert not look(0.0)
    assert look(1.0, " ")
    assert look(1.6)
    assert look(1.65, " ")
    assert look(1.8, " ", " ")
    assert not look(2.05)
    assert not look(3.0, "x") and held.is_over


def test_the_board_tells_how_its_loop_keeps_time():
    board = Board()
    board.app.note_late_ticks(2)
    for took_us in (4_000, 7_100, 5_000):
        board.app.note_tick_us(took_us)
    now = board.client().status()
    assert (now["late_ticks"], now["longest_tick_us"]) == (2, 7_100)
    loop = [verdict for verdict in judge_readings(now) if verdict.what == "control loop"]
    assert loop[0].verdict == NOTE and loop[0].found == "2 late, the longest took 7.1 ms"


def test_a_session_that_was_stopped_between_two_looks_is_over(monkeypatch):
    monkeypatch.setattr("host_tools.link.follow._BEGIN_S", 0.0)
    follower = Follower(Board().client())
    follower.look()
    assert (follower.is_over, follower.result) == (True, "stopped")


def test_a_session_is_followed_through_a_cable_that_is_pulled_and_put_back(monkeypatch):
    monkeypatch.setattr("host_tools.link.follow._RETRY_S", 0.0)
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


def test_a_board_that_stays_away_is_given_up(monkeypatch):
    monkeypatch.setattr("host_tools.link.follow._RETRY_S", 0.01)
    monkeypatch.setattr("host_tools.link.follow._GIVE_UP_S", 0.05)
    board = Board()
    follower = Follower(board.client())
    board.line.is_cut = True
    with pytest.raises(LinkError):
        for _ in range(50):
            follower.look()


@pytest.mark.skipif(os.name != "posix", reason="a terminal of its own exists on POSIX only")
def test_keys_of_a_terminal_are_taken_one_by_one_and_it_is_left_as_it_was(monkeypatch):
    import pty
    import termios

    outside, inside = pty.openpty()
    with open(inside) as terminal:
        monkeypatch.setattr("sys.stdin", terminal)
        before = termios.tcgetattr(terminal)
        with TerminalKeys() as keys:
            assert keys.take() == ""
            os.write(outside, b"  x")
            came = ""
            while len(came) < 3:
                came += keys.take()
            assert came == "  x"
            assert not termios.tcgetattr(terminal)[3] & termios.ICANON
        assert termios.tcgetattr(terminal) == before
    os.close(outside)


@pytest.mark.parametrize("size", [0, 10, 150, 152])
def test_telemetry_of_another_layout_is_no_traceback(size):
    with pytest.raises(LinkError, match="another layout"):
        read_telemetry(bytes(size))


@pytest.mark.parametrize("data", [b"", b"\0", b"\3" + bytes(99), b"\4" + bytes(39)])
def test_a_told_part_of_another_layout_is_no_traceback(data):
    with pytest.raises(LinkError, match="another layout"):
        TelemetryBlocks().add(data)


def test_nothing_is_known_before_all_has_been_told_once():
    blocks = TelemetryBlocks()
    blocks.add(bytes([protocol.BLOCK_MOTION]) + bytes(struct.calcsize(telemetry_fields.MOTION_HEAD_FORMAT) + 40))
    blocks.add(bytes([protocol.BLOCK_MACHINE]) + bytes(struct.calcsize(telemetry_fields.MACHINE_FORMAT)))
    blocks.add(bytes([protocol.BLOCK_LEFT]) + bytes(struct.calcsize(telemetry_fields.FOOT_FORMAT)))
    assert blocks.latest is None
    blocks.add(bytes([protocol.BLOCK_RIGHT]) + bytes(struct.calcsize(telemetry_fields.FOOT_FORMAT)))
    assert blocks.latest is not None and blocks.latest["ticks"] == 0
