"""Every request of the link in every state of the session: what is answered, and what it does or does not do."""

import struct

import pytest

from host_tools.link.telemetry import read_telemetry
from instep import user_events as bits
from instep.axes import HIGH, SOLE_PRESS, TOE_GRIP, TOP_STROKE
from instep.guard import faults
from instep.link import protocol as m
from instep.link import telemetry_fields
from instep.link.dispatcher import Dispatcher
from instep.link.frames import BODY_MAX, DATA_AT, VERSION
from instep.link.telemetry import BLOCK_PARTS, STATUS_BYTES, STATUS_PARTS, Telemetry
from instep.session import states
from instep.session.jog import JOG_OFF, Jog
from instep.storage.settings import Settings
from tests.fakes import FakeSwitch, stand_in
from tests.firmware.sessions import Bench, image

STATES = states.NAMES
LEVEL_NAMES = ("intensity", "pace", "heat", "minutes", "feet")
MACHINE_BYTES = telemetry_fields.MACHINE_BYTES
FOOT_BYTES = telemetry_fields.FOOT_BYTES
REST = {"idle", "done", "refused", "off", "fault"}

EVERYWHERE = dict.fromkeys(STATES, m.ANSWER_DONE)
ONLY_IDLE = {**dict.fromkeys(STATES, m.ANSWER_NOT_IDLE), "idle": m.ANSWER_DONE, "fault": m.ANSWER_FAULT}
IN_MASSAGE = {**dict.fromkeys(STATES, m.ANSWER_NOT_RUNNING), "run": m.ANSWER_DONE, "closing": m.ANSWER_DONE}
LEVELS = {**ONLY_IDLE, **dict.fromkeys(("warm", "run", "paused", "closing"), m.ANSWER_DONE)}
AT_REST = {state: m.ANSWER_DONE if state in REST else m.ANSWER_NOT_IDLE for state in STATES}
START = {
    **dict.fromkeys(STATES, m.ANSWER_NOT_IDLE),
    **dict.fromkeys(("idle", "done", "refused"), m.ANSWER_DONE),
    **dict.fromkeys(("screening", "warm", "off"), m.ANSWER_AT_MACHINE),
    "fault": m.ANSWER_FAULT,
}
RESUME = {**dict.fromkeys(STATES, m.ANSWER_NOT_RUNNING), "paused": m.ANSWER_AT_MACHINE}
CHUNK = struct.pack("<H", 0) + b"ISTP"
JOG = struct.pack(m.JOG_FORMAT, TOP_STROKE, 100)

# Request, what it carries -> the answer by state.
TABLE = {
    (m.HELLO, b""): EVERYWHERE,
    (m.STATUS, b""): EVERYWHERE,
    (m.WATCH, b"\5"): EVERYWHERE,
    (m.STOP, b""): EVERYWHERE,
    (m.START, b""): START,
    (m.PAUSE, b""): IN_MASSAGE,
    (m.RESUME, b""): RESUME,
    (m.NEXT, b""): {**IN_MASSAGE, "closing": m.ANSWER_NOT_RUNNING},
    (m.LEVEL, bytes([m.LEVEL_INTENSITY, 5])): LEVELS,
    (m.LEVEL, bytes([m.LEVEL_PACE, 1])): LEVELS,
    (m.LEVEL, bytes([m.LEVEL_HEAT, 0])): LEVELS,
    (m.LEVEL, bytes([m.LEVEL_MINUTES, 30])): ONLY_IDLE,
    (m.LEVEL, bytes([m.LEVEL_FEET, 0])): ONLY_IDLE,
    (m.PROGRAM, b"gentle"): ONLY_IDLE,
    (m.PROGRAMS, b"\0"): EVERYWHERE,
    (m.CHUNK, CHUNK): ONLY_IDLE,
    (m.INSTALL, b"\4\0"): {**ONLY_IDLE, "idle": m.ANSWER_GAP},
    (m.JOURNAL, b"\0\0"): EVERYWHERE,
    (m.SETTINGS, b""): AT_REST,
    (m.SETTING, b"pace=1"): ONLY_IDLE,
    (m.JOG, JOG): ONLY_IDLE,
    (m.CHECK, b""): ONLY_IDLE,
    (m.MAINTENANCE, b"\0"): AT_REST,
    (m.MAINTENANCE, b"\1"): EVERYWHERE,
    (0, b""): dict.fromkeys(STATES, m.ANSWER_UNKNOWN),
    (m.MAINTENANCE + 1, b""): dict.fromkeys(STATES, m.ANSWER_UNKNOWN),
    (m.TELEMETRY, b""): dict.fromkeys(STATES, m.ANSWER_UNKNOWN),
}


class Board:
    """The requests' end of a board whose session is in `state`."""

    def __init__(self, state="idle"):
        self.bench = Bench("demo").go_to(state)
        self.wells = [FakeSwitch(False), FakeSwitch(False)]
        self.session = self.bench.session
        self.jog = Jog(self.bench.drives, self.bench.selftest, self.wells)
        self.telemetry = Telemetry(self.bench.hal, self.session, self.bench.drives, self.bench.guard, self.jog)
        journal = stand_in(payload=lambda: bytearray(range(200)), revision=70_000)
        self.store = stand_in(settings=Settings(), journal=journal)
        self.commands = Dispatcher(self.session, self.bench.guard, self.jog, self.telemetry, self.store, self.note)
        self.restored = 0
        self.sequence = 0
        self.parts = 0

    def note(self):
        self.restored += 1

    def ask(self, kind, data=b"", sequence=None):
        """Return answer and data of a request."""
        self.sequence = (self.sequence + 1) % 256
        body = bytearray(BODY_MAX)
        body[0], body[1] = kind, self.sequence if sequence is None else sequence
        body[DATA_AT : DATA_AT + len(data)] = data
        self.commands.handle(body, len(data), 0)
        while self.commands.complete_reply():
            self.parts += 1
        reply = self.commands.reply
        return reply[DATA_AT], bytes(reply[DATA_AT + 1 : DATA_AT + self.commands.reply_bytes])

    def ticks(self, count=1, pressed=0):
        """Let ticks pass as the app does; return the state."""
        for _ in range(count):
            self.bench.ticks(1, pressed | self.commands.tick(pressed))
            pressed = 0
        return self.bench.state


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("kind", "data"), TABLE)
def test_every_request_is_answered_in_every_state_as_the_table_says(kind, data, state):
    board = Board(state)
    assert board.ask(kind, data)[0] == TABLE[kind, data][state]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("kind", "data"), [entry for entry in TABLE if TABLE[entry] is not EVERYWHERE])
def test_a_refused_request_changes_nothing(kind, data, state):
    if TABLE[kind, data][state] == m.ANSWER_DONE:
        return
    board = Board(state)
    twin = Board(state)
    board.ask(kind, data)
    assert not board.commands.wants_maintenance and board.jog.state == JOG_OFF
    assert board.session.selection.library.index == twin.session.selection.library.index
    assert vars(board.session.selection.choices) == vars(twin.session.selection.choices)
    assert (board.ticks(50), board.session.demands.drive_mode) == (twin.ticks(50), twin.session.demands.drive_mode)
    assert list(board.bench.scheduler.setpoints) == list(twin.bench.scheduler.setpoints)


@pytest.mark.parametrize("state", STATES)
def test_the_table_has_an_answer_for_every_state(state):
    assert all(state in answers for answers in TABLE.values())


@pytest.mark.parametrize(("kind", "data"), TABLE)
@pytest.mark.parametrize("state", ["idle", "run"])
def test_what_is_too_long_or_too_short_is_malformed(kind, data, state):
    if kind in (0, m.MAINTENANCE + 1, m.TELEMETRY):
        return
    board = Board(state)
    assert board.ask(kind, data + bytes(200 - len(data)))[0] == m.ANSWER_MALFORMED
    if data:
        assert board.ask(kind, b"")[0] == m.ANSWER_MALFORMED
    assert not board.commands.wants_maintenance


@pytest.mark.parametrize("state", sorted(set(STATES) - REST - {"retract"}))
def test_stop_ends_the_session_at_the_next_tick(state):
    board = Board(state)
    board.ask(m.STOP)
    assert board.ticks() in ("retract", "idle")


def test_start_goes_to_the_questions_and_no_further():
    board = Board()
    board.ask(m.START)
    assert board.ticks() == "screening"
    for kind, data in TABLE:
        if kind not in (m.STOP, m.MAINTENANCE):
            board.ask(kind, data)
    assert board.ticks(1000) == "screening"
    assert board.session.status.screening.question == 0


@pytest.mark.parametrize("state", ["done", "refused"])
def test_start_after_a_session_goes_to_the_menu(state):
    board = Board(state)
    board.ask(m.START)
    assert board.ticks() == "idle"
    assert board.ticks(100) == "idle"


def test_a_pause_from_the_laptop_is_resumed_from_there():
    board = Board("run")
    board.ticks(200)
    board.ask(m.PAUSE)
    assert board.ticks() == "paused"
    assert board.ask(m.RESUME)[0] == m.ANSWER_BUSY
    assert board.ticks(300) == "paused"
    assert board.ask(m.RESUME)[0] == m.ANSWER_DONE
    assert board.ticks() == "run"


def test_a_pause_at_the_machine_is_not_resumed_from_the_laptop():
    board = Board("run")
    board.ticks(200)
    board.ticks(300, bits.START)
    assert board.bench.state == "paused"
    assert board.ask(m.RESUME)[0] == m.ANSWER_AT_MACHINE
    assert board.ticks(10) == "paused"


@pytest.mark.parametrize("takes_over", ["a button", "a foot"])
def test_who_takes_over_at_the_machine_ends_the_pause_there(takes_over):
    board = Board("run")
    board.ticks(200)
    board.ask(m.PAUSE)
    board.ticks(300)
    if takes_over == "a button":
        board.ticks(1, bits.PLUS)
    else:
        board.bench.hal.foot_switches[0].is_on = False
        board.ticks(10)
        board.bench.hal.foot_switches[0].is_on = True
        board.ticks(10)
    assert board.ask(m.RESUME)[0] == m.ANSWER_AT_MACHINE
    assert board.ticks(10) == "paused"


def test_a_pause_that_meets_a_lifted_foot_does_not_resume_when_it_is_back():
    board = Board("run")
    board.ticks(200)
    board.bench.hal.foot_switches[0].is_on = False
    board.ticks(4)
    board.ask(m.PAUSE)
    board.ticks(300)
    board.bench.hal.foot_switches[0].is_on = True
    board.ticks(300)
    assert board.ask(m.RESUME)[0] == m.ANSWER_AT_MACHINE


def test_next_goes_to_the_next_technique():
    board = Board("run")
    board.ticks(200)
    before = board.session.status.scheduler.phase
    board.ask(m.NEXT)
    board.ticks(3000)
    assert board.session.status.scheduler.phase > before


@pytest.mark.parametrize(
    ("level", "lawful", "unlawful"),
    [
        (m.LEVEL_INTENSITY, (1, 5), (0, 6, 255)),
        (m.LEVEL_PACE, (1, 3), (0, 4)),
        (m.LEVEL_HEAT, (0, 3), (4, 255)),
        (m.LEVEL_MINUTES, (10, 15, 20, 30), (0, 11, 31, 255)),
        (m.LEVEL_FEET, (0, 1, 2), (3, 255)),
    ],
)
def test_levels_are_taken_in_their_ranges_only(level, lawful, unlawful):
    board = Board()
    for value in lawful:
        assert board.ask(m.LEVEL, bytes([level, value]))[0] == m.ANSWER_DONE
        assert getattr(board.session.selection.choices, LEVEL_NAMES[level]) == value
    for value in unlawful:
        assert board.ask(m.LEVEL, bytes([level, value]))[0] == m.ANSWER_RANGE
        assert getattr(board.session.selection.choices, LEVEL_NAMES[level]) == lawful[-1]
    assert board.ask(m.LEVEL, bytes([9, 1]))[0] == m.ANSWER_RANGE


def test_gentle_keeps_its_heat_and_pace():
    board = Board("run")
    board.session.selection.choices.soften()
    assert board.ask(m.LEVEL, bytes([m.LEVEL_HEAT, 3]))[0] == m.ANSWER_GENTLE
    assert board.ask(m.LEVEL, bytes([m.LEVEL_PACE, 3]))[0] == m.ANSWER_GENTLE
    assert board.ask(m.LEVEL, bytes([m.LEVEL_INTENSITY, 2]))[0] == m.ANSWER_DONE
    assert (board.session.selection.choices.heat, board.session.selection.choices.pace) == (0, 1)


def test_a_request_that_is_repeated_for_want_of_a_reply_is_answered_but_not_done_again():
    board = Board("run")
    board.ask(m.PAUSE, sequence=7)
    board.ticks(3)
    assert board.ask(m.PAUSE, sequence=7) == (m.ANSWER_DONE, b"")
    assert board.commands.bits == 0
    assert board.ask(m.PAUSE, sequence=8)[0] == m.ANSWER_NOT_RUNNING


def test_a_new_laptop_is_not_taken_for_the_one_before():
    board = Board()
    assert board.ask(m.PROGRAM, b"gentle", sequence=1)[0] == m.ANSWER_DONE
    board.ask(m.HELLO, sequence=0)
    assert board.ask(m.PROGRAM, b"nothing", sequence=1)[0] == m.ANSWER_NO_PROGRAM


def test_stop_is_done_however_often_it_comes():
    board = Board("run")
    board.ask(m.STOP, sequence=3)
    board.commands.tick(0)
    board.ask(m.STOP, sequence=3)
    assert board.commands.bits == bits.STOP


def test_hello_tells_version_and_layouts():
    answer, data = Board().ask(m.HELLO)
    assert (answer, data[0]) == (m.ANSWER_DONE, VERSION)
    assert struct.unpack(m.HELLO_FORMAT, data)[4] == 8192


def test_status_is_what_telemetry_is():
    board = Board("run")
    _, data = board.ask(m.STATUS)
    assert len(data) == STATUS_BYTES
    values = read_telemetry(data)
    assert (values.state, values["supply_mv"], values["intensity"]) == (states.RUN, 12_000, 3)


def test_a_status_is_written_in_parts_and_another_request_ends_it():
    board = Board("run")
    board.commands.handle(bytearray([m.STATUS, 1, *bytes(BODY_MAX)]), 0, 0)
    assert board.commands.complete_reply()
    assert board.ask(m.WATCH, b"\5") == (m.ANSWER_DONE, b"")
    assert board.parts == 0
    board.ask(m.STATUS)
    assert board.parts == STATUS_PARTS


def test_a_status_that_is_asked_for_again_while_it_is_written_is_written_once():
    board = Board("run")
    board.commands.handle(bytearray([m.STATUS, 1, *bytes(BODY_MAX)]), 0, 0)
    assert board.commands.complete_reply()
    answer, data = board.ask(m.STATUS, sequence=1)
    assert (answer, len(data), board.parts) == (m.ANSWER_DONE, STATUS_BYTES, STATUS_PARTS - 1)


@pytest.mark.parametrize(
    ("told", "at", "size"),
    [
        (m.BLOCK_MACHINE, 0, MACHINE_BYTES),
        (m.BLOCK_LEFT, MACHINE_BYTES, FOOT_BYTES),
        (m.BLOCK_RIGHT, MACHINE_BYTES + FOOT_BYTES, FOOT_BYTES),
    ],
)
def test_what_is_told_by_turns_is_what_a_status_says(told, at, size):
    board = Board("run")
    _, whole = board.ask(m.STATUS)
    into = bytearray(b"\xee" * BODY_MAX)
    for part in range(BLOCK_PARTS):
        assert board.telemetry.write_block_part(told, part, into, 3, 0) == size
    assert bytes(into[3 : 3 + size]) == whole[at : at + size]
    assert set(into[:3]) | set(into[3 + size :]) == {0xEE}


def test_motion_is_what_a_status_says_of_what_moves():
    board = Board("run")
    board.ticks(200)
    _, whole = board.ask(m.STATUS)
    status = read_telemetry(whole)
    into = bytearray(BODY_MAX)
    sizes = {board.telemetry.write_block_part(m.BLOCK_MOTION, part, into, 0, 7) for part in range(BLOCK_PARTS)}
    assert len(sizes) == 1
    assert struct.unpack_from(telemetry_fields.MOTION_HEAD_FORMAT, into) == (7,)
    at = struct.calcsize(telemetry_fields.MOTION_HEAD_FORMAT)
    for foot in status.feet:
        told = struct.unpack_from(telemetry_fields.MOTION_FOOT_FORMAT, into, at)
        assert told == tuple(foot[name] for name in telemetry_fields.MOTION_FOOT)
        at += struct.calcsize(telemetry_fields.MOTION_FOOT_FORMAT)
    assert sizes == {at} and any(told)


def test_programs_are_listed_with_their_checks():
    board = Board()
    _, data = board.ask(m.PROGRAMS, b"\1")
    assert data[:16].rstrip(b"\0") == b"gentle"
    size, minutes, heat, low, high = struct.unpack_from(m.PROGRAM_FIGURES_FORMAT, data, 16)
    program = board.session.selection.library.programs[1]
    assert (size, minutes, heat, low | high << 16) == (len(image("gentle")), 10, 0, program.crc32)
    assert board.ask(m.PROGRAMS, b"\2")[0] == m.ANSWER_NO_PROGRAM


@pytest.mark.parametrize("name", [b"nothing", b"\xff\xfe", b"classi", b"gentle\0"])
def test_no_program_of_another_name_is_chosen(name):
    board = Board()
    assert board.ask(m.PROGRAM, name)[0] == m.ANSWER_NO_PROGRAM
    assert board.session.selection.library.index == 0


def send(board, data):
    """Send a compiled program in chunks; return the answer to its installing."""
    for at in range(0, len(data), m.CHUNK_MAX):
        assert board.ask(m.CHUNK, struct.pack("<H", at) + data[at : at + m.CHUNK_MAX])[0] == m.ANSWER_DONE
    return board.ask(m.INSTALL, struct.pack("<H", len(data)))


def test_a_program_is_sent_checked_and_chosen():
    board = Board()
    assert send(board, image("evening")) == (m.ANSWER_DONE, b"")
    assert board.session.selection.library.chosen().name == "evening"
    assert board.session.selection.title == b"evening"
    assert len(board.session.selection.library.programs) == 3
    assert send(board, image("toes"))[0] == m.ANSWER_DONE
    assert [program.name for program in board.session.selection.library.programs] == ["demo", "gentle", "toes"]


def test_a_program_that_breaks_a_rule_is_refused_in_words_and_the_old_ones_stay():
    board = Board()
    data = bytearray(image("evening"))
    data[25] = 99
    answer, text = send(board, bytes(data))
    assert answer == m.ANSWER_BAD_PROGRAM and b"damaged" in text
    assert board.session.selection.library.chosen().name == "demo"
    assert len(board.session.selection.library.programs) == 2


def test_what_screening_falls_back_to_is_not_replaced():
    board = Board()
    answer, text = send(board, image("gentle"))
    assert answer == m.ANSWER_BAD_PROGRAM and b"must not be called gentle" in text
    assert len(board.session.selection.library.programs) == 2


def test_chunks_must_follow_on_and_stay_in_their_room():
    board = Board()
    data = image("evening")
    assert board.ask(m.CHUNK, struct.pack("<H", 0) + data[:128])[0] == m.ANSWER_DONE
    assert board.ask(m.CHUNK, struct.pack("<H", 256) + data[256:384])[0] == m.ANSWER_GAP
    assert board.ask(m.INSTALL, struct.pack("<H", 256))[0] == m.ANSWER_GAP
    for at in range(128, 8192, 128):
        assert board.ask(m.CHUNK, struct.pack("<H", at) + bytes(128))[0] == m.ANSWER_DONE
    assert board.ask(m.CHUNK, struct.pack("<H", 8192) + b"x")[0] == m.ANSWER_GAP


def test_sending_the_next_program_first_gives_back_the_one_before():
    board = Board()
    send(board, image("evening"))
    board.ask(m.CHUNK, CHUNK)
    assert [program.name for program in board.session.selection.library.programs] == ["demo", "gentle"]
    assert board.session.selection.library.chosen().name == "demo" and board.session.selection.title == b"demo"


def test_a_guest_is_chosen_before_a_program_of_the_machine_of_the_same_name():
    board = Board()
    send(board, image("demo"))
    board.ask(m.PROGRAM, b"gentle")
    board.ask(m.PROGRAM, b"demo")
    assert board.session.selection.library.index == 2


def test_the_journal_is_read_in_parts_with_its_revision():
    board = Board()
    _, data = board.ask(m.JOURNAL, b"\0\0")
    assert struct.unpack_from(m.JOURNAL_FORMAT, data) == (70_000 % m.MODULUS, 200)
    assert data[4:] == bytes(range(64))
    assert board.ask(m.JOURNAL, struct.pack("<H", 150))[1][4:] == bytes(range(150, 200))
    assert board.ask(m.JOURNAL, struct.pack("<H", 60_000))[1][4:] == b""


def test_settings_are_told_changed_and_refused_in_words():
    board = Board()
    assert b"intensity=3\n" in board.ask(m.SETTINGS)[1]
    assert board.ask(m.SETTING, b"intensity=5")[0] == m.ANSWER_DONE
    assert board.store.settings["intensity"] == 5
    for text in (b"intensity=9", b"intensity", b"nothing=1", b"\xff=1", b"heat=-2"):
        answer, words = board.ask(m.SETTING, text)
        assert answer == m.ANSWER_RANGE and words
    assert board.store.settings["intensity"] == 5


def test_a_changed_setting_is_chosen_at_once_and_a_refused_one_is_not():
    board = Board()
    board.ask(m.SETTING, b"intensity=9")
    assert board.restored == 0
    board.ask(m.SETTING, b"intensity=4")
    assert board.restored == 1


def test_only_a_program_that_the_machine_has_over_the_power_is_remembered():
    board = Board()
    send(board, image("evening"))
    for name in (b"evening", b"nothing"):
        assert board.ask(m.SETTING, b"program=" + name)[0] == m.ANSWER_NO_PROGRAM
    assert board.ask(m.SETTING, b"program=gentle")[0] == m.ANSWER_DONE


def test_a_message_that_waits_is_read_at_the_machine_first():
    board = Board()
    board.bench.guard.notices.tell(faults.FAULT_STORAGE_ERASED)
    assert board.ask(m.START)[0] == m.ANSWER_AT_MACHINE
    board.bench.guard.notices.acknowledge()
    assert board.ask(m.START)[0] == m.ANSWER_DONE


@pytest.mark.parametrize(
    ("axis", "value"),
    [
        (20, 0),
        (255, 0),
        (TOP_STROKE, 201),
        (TOP_STROKE, -201),
        (SOLE_PRESS, HIGH[SOLE_PRESS]),
        (SOLE_PRESS, -1),
        (TOE_GRIP, 2_001),
        (10 + SOLE_PRESS, 5_001),
        (TOP_STROKE, 2**31 - 1),
        (TOP_STROKE, -(2**31)),
    ],
)
def test_an_axis_is_not_jogged_beyond_its_small_range(axis, value):
    board = Board()
    assert board.ask(m.JOG, struct.pack(m.JOG_FORMAT, axis, value))[0] == m.ANSWER_RANGE
    assert board.jog.state == JOG_OFF


def test_only_one_thing_is_tried_at_a_time():
    board = Board()
    assert board.ask(m.JOG, JOG)[0] == m.ANSWER_DONE
    assert board.ask(m.JOG, struct.pack(m.JOG_FORMAT, TOP_STROKE, -50))[0] == m.ANSWER_DONE
    assert board.ask(m.JOG, struct.pack(m.JOG_FORMAT, TOE_GRIP, 50))[0] == m.ANSWER_BUSY
    for kind, data in ((m.CHECK, b""), (m.CHUNK, CHUNK), (m.PROGRAM, b"demo"), (m.SETTING, b"pace=1")):
        assert board.ask(kind, data)[0] == m.ANSWER_BUSY
    assert board.ask(m.MAINTENANCE, b"\0")[0] == m.ANSWER_NOT_IDLE
    assert board.ask(m.SETTINGS)[0] == m.ANSWER_NOT_IDLE


def test_nothing_is_tried_while_a_fault_is_latched():
    board = Board()
    board.bench.guard.trip(faults.FAULT_SUPPLY_LOW)
    assert board.ask(m.JOG, JOG)[0] == m.ANSWER_FAULT


@pytest.mark.parametrize("foot", [0, 1])
def test_no_axis_is_jogged_while_a_foot_is_in(foot):
    board = Board()
    board.wells[foot].is_on = True
    assert board.ask(m.JOG, JOG)[0] == m.ANSWER_FOOT_IN
    assert board.jog.state == JOG_OFF
    assert board.ask(m.CHECK)[0] == m.ANSWER_DONE
