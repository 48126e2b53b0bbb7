"""Feed mutated frames to the whole firmware and check its reactions; runs on MicroPython with the heap locked.

Every second frame is corrupted on the line. The others are mutated before their check is computed, so that they pass
the decoder and reach the requests.
"""

import micropython
from instep import user_events
from instep.axes import ROLLERS
from instep.link import protocol
from instep.link.frames import BODY_MAX, DATA_AT, Encoder
from instep.session import states
from instep.session.jog import JOG_OFF, JOGGING
from tests.vm import board
from tests.vm.chance import Chance

# Requests with data that a board accepts.
SEEDS = (
    (protocol.HELLO, b""),
    (protocol.STATUS, b""),
    (protocol.WATCH, b"\x05"),
    (protocol.STOP, b""),
    (protocol.START, b""),
    (protocol.PAUSE, b""),
    (protocol.RESUME, b""),
    (protocol.NEXT, b""),
    (protocol.LEVEL, b"\x00\x05"),
    (protocol.PROGRAM, b"gentle"),
    (protocol.PROGRAMS, b"\x01"),
    (protocol.CHUNK, b"\x00\x00" + bytes(range(100))),
    (protocol.INSTALL, b"\x64\x00"),
    (protocol.JOURNAL, b"\x00\x00"),
    (protocol.SETTINGS, b""),
    (protocol.SETTING, b"intensity=5"),
    (protocol.JOG, b"\x00\x64\x00\x00\x00"),
    (protocol.JOG, b"\x03\x88\x13\x00\x00"),
    (protocol.CHECK, b""),
    (protocol.MAINTENANCE, b"\x00"),
    (protocol.MAINTENANCE, b"\x01"),
)

# The user events that a frame may cause while a session runs.
LAWFUL_BITS = user_events.STOP | user_events.PAUSE | user_events.NEXT
WIRE_MAX = 2 * BODY_MAX + 2
FRAMES_PER_TICK = 4
SLICES_MAX = 192


def _nothing():
    """Replace heap_lock on CPython, which has none."""


lock = getattr(micropython, "heap_lock", _nothing)
unlock = getattr(micropython, "heap_unlock", _nothing)


def fail(text, *values):
    """Raise ValueError with a finding; it allocates, so the heap must be unlocked."""
    raise ValueError(text % values)


class Mutator:
    """Write one mutated frame after the other to a line."""

    def __init__(self, line, seed):
        self.line = line
        self.chance = Chance(seed)
        self.encoder = Encoder()
        self.body = bytearray(BODY_MAX)
        self.wire = bytearray(WIRE_MAX + 8)
        self.size = 0
        self.bodies = [bytearray(BODY_MAX) for _ in SEEDS]
        self.sizes = bytearray(len(SEEDS))
        for index in range(len(SEEDS)):
            kind, data = SEEDS[index]
            self.bodies[index][0] = kind
            self.bodies[index][DATA_AT : DATA_AT + len(data)] = data
            self.sizes[index] = len(data)

    def next(self, sequence):
        """Write the next frame."""
        chance = self.chance
        seed = chance.below(len(SEEDS))
        size = self.sizes[seed]
        for index in range(DATA_AT + size):
            self.body[index] = self.bodies[seed][index]
        is_corrupted_on_line = sequence & 1
        if not is_corrupted_on_line:
            size = self._mutate_body(size)
        self._encode(size, sequence)
        if is_corrupted_on_line:
            self._corrupt_wire()
        for index in range(self.size):
            self.line.waiting[index] = self.wire[index]
        self.line.at = 0
        self.line.end = self.size

    def _encode(self, size, sequence):
        self.encoder.begin(self.body, self.body[0], sequence >> 1 & 0xFF, size)
        self.size = 0
        count = self.encoder.fill()
        while count:
            for index in range(count):
                self.wire[self.size + index] = self.encoder.piece[index]
            self.size += count
            count = self.encoder.fill()

    def _mutate_body(self, size):
        """Change the kind or the data, shorten or lengthen them, or change nothing; return the new length."""
        chance = self.chance
        how = chance.below(8)
        if how == 0:
            self.body[0] = chance.below(256)
        elif how == 1:
            size = chance.below(size + 1)
        elif how == 2:
            size = min(200, size + chance.below(8))
        elif how < 7 and size:
            for _ in range(1 + chance.below(4)):
                self.body[DATA_AT + chance.below(size)] = chance.below(256)
        return size

    def _corrupt_wire(self):
        """Change, flip, drop, double or cut off bytes of the frame."""
        chance = self.chance
        for _ in range(1 + chance.below(3)):
            how = chance.below(5)
            at = chance.below(min(256, self.size))
            if how == 0:
                self.wire[at] = chance.below(256)
            elif how == 1:
                self.wire[at] ^= 1 << chance.below(8)
            elif how == 2:
                self._move(at, -1)
            elif how == 3 and self.size < WIRE_MAX:
                self._move(at, 1)
            elif how == 4:
                self.size = at + 1

    def _move(self, at, by):
        if by < 0 and self.size > 2:
            for index in range(at, self.size - 1):
                self.wire[index] = self.wire[index + 1]
            self.size -= 1
        elif by > 0:
            for index in range(self.size, at, -1):
                self.wire[index] = self.wire[index - 1]
            self.size += 1


class Fuzz:
    """The firmware with a mutator at its line, at the menu or in the middle of a massage."""

    def __init__(self, calibration, programs, seed):
        self.line = board.Line()
        self.board, self.app = board.make(calibration, programs, self.line)
        self.mutator = Mutator(self.line, seed)
        self.answers = [0] * 256
        self.app.tick()

    def begin_massage(self):
        """Start the massage directly, without questions and self-test."""
        session = self.app.session
        session.status.state = states.RUN
        session.status.clock.begin()
        session.status.clock.load(session.selection.library.chosen(), session.status.fitting.fit)
        while not session.status.clock.compute():
            pass
        self.app.scheduler.load(session.selection.library.chosen(), session.status.fitting.fit, 3)
        self.app.scheduler.start(False)

    def take_frame(self):
        """Let the firmware read the frame on the line and send its replies."""
        for _ in range(SLICES_MAX):
            if not self.app.slack() and self.line.at == self.line.end:
                return
        unlock()
        fail("the link never runs out of work")

    def look(self, frame):
        """Require that the massage goes on; return the user events of the frame, which may only end or skip."""
        app = self.app
        requests = app.requests
        asked = requests.session_requests.bits
        if asked & ~LAWFUL_BITS or app.jog.state != JOG_OFF or app.session.state != states.RUN:
            unlock()
            fail("frame %d: %d asked, bring-up %d, state %d", frame, asked, app.jog.state, app.session.state)
        choices = app.session.selection.choices
        if not (1 <= choices.intensity <= 5 and 1 <= choices.pace <= 3 and 0 <= choices.heat <= 3):
            unlock()
            fail("frame %d: levels", frame)
        if app.session.selection.library.index or app.guard.fault:
            unlock()
            fail("frame %d: program %d, fault %d", frame, app.session.selection.library.index, app.guard.fault)
        asked = asked | 1 << 14 if requests.wants_maintenance else asked
        requests.session_requests.bits = 0
        requests.wants_maintenance = False
        return asked


def in_a_massage(calibration, programs, frames, seed):
    """Return how often the frames caused STOP, PAUSE, NEXT and maintenance; the heap is locked."""
    fuzz = Fuzz(calibration, programs, seed)
    fuzz.begin_massage()
    counts = [0, 0, 0, 0]
    lock()
    for frame in range(frames):
        fuzz.mutator.next(frame)
        fuzz.take_frame()
        asked = fuzz.look(frame)
        if asked & user_events.STOP:
            counts[0] += 1
        if asked & user_events.PAUSE:
            counts[1] += 1
        if asked & user_events.NEXT:
            counts[2] += 1
        if asked >> 14:
            counts[3] += 1
        if frame % FRAMES_PER_TICK == 0:
            fuzz.app.session.status.clock.ticks = fuzz.app.session.status.clock.active_ticks = 0
            fuzz.app.tick()
    unlock()
    counts.append(fuzz.line.sent)
    return counts


def at_the_menu(calibration, programs, frames, seed):
    """Return the highest duty that a roller got at the menu, and whether jogging or a self-test was started."""
    fuzz = Fuzz(calibration, programs, seed)
    app = fuzz.app
    for switch in fuzz.board.foot_switches:
        switch.value = False
    tried = 0
    for frame in range(frames):
        fuzz.mutator.next(frame)
        fuzz.take_frame()
        app.requests.wants_maintenance = False
        app.tick()
        state = app.session.state
        if app.jog.state != JOG_OFF:
            tried += 1
        if app.jog.state == JOGGING:
            unlock()
            fail("frame %d: an axis is jogged by chance", frame)
        if state == states.SCREENING:
            app.session.tick(user_events.STOP)
        elif state != states.IDLE:
            unlock()
            fail("frame %d: state %d, fault %d", frame, state, app.guard.fault)
        if app.guard.fault or len(app.session.selection.library.programs) > len(programs):
            unlock()
            fail("frame %d: fault %d", frame, app.guard.fault)
    maximum = 0
    for roller in range(ROLLERS):
        maximum = max(maximum, fuzz.board.motors[roller].maximum)
    return [maximum, tried > 0]
