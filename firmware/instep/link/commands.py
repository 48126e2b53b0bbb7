"""What the laptop may ask for, and when: one method a request, which acts and returns its answer.

Nothing moves or heats because of a request alone. START leads to the questions, which are answered at the machine;
RESUME ends only a pause that came from here; a fault is acknowledged at the machine. What concerns a session is
handed over as bits of `instep.commands`, each of which does one thing in the states where it is lawful.
"""

import struct

from instep import commands
from instep.guard.faults import NO_FAULT
from instep.keep.journal import SCHEMA as JOURNAL_SCHEMA
from instep.keep.settings import PROGRAM, SettingError
from instep.keep.settings import SCHEMA as SETTINGS_SCHEMA
from instep.link import messages
from instep.link.frames import BODY_MOST, DATA_AT, VERSION
from instep.link.telemetry import TELEMETRY_BYTES
from instep.link.upload import Upload
from instep.session import bringup, states
from instep.session.levels import (
    FEET_MASKS,
    HEAT_MOST,
    HEAT_OFF,
    INTENSITY_LEAST,
    INTENSITY_MOST,
    MINUTES,
    PACE_LEAST,
    PACE_MOST,
)
from instep.stroke import scheduler as patterns
from instep.stroke.program import AT_NAME, MAX_BYTES, NAME_BYTES, ProgramError
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.guard.supervisor import Supervisor
    from instep.keep.keeper import Keeper
    from instep.link.telemetry import Telemetry
    from instep.session.bringup import BringUp
    from instep.session.session import Session

_ANSWER_AT = DATA_AT
_MORE_AT = DATA_AT + 1
_NO_SEQUENCE = -1
_HIGH_MOST = const(255)
_HELLO_BYTES = struct.calcsize(messages.HELLO_FORMAT)
_PROGRAM_FIGURES_BYTES = struct.calcsize(messages.PROGRAM_FIGURES_FORMAT)
_JOURNAL_HEAD_BYTES = struct.calcsize(messages.JOURNAL_FORMAT)

# Where the panel lets levels be changed too.
_LEVEL_STATES = (states.IDLE, states.WARM, states.RUN, states.PAUSED, states.CLOSING)


class Commands:
    """Answer one request at a time: `reply` then holds the answer, `reply_bytes` its data's length.

    `restore` lets the session choose what changed settings say.
    `bits` are what the next tick should do; `watch_s` is what WATCH asked for, -1 when it has been taken.
    """

    def __init__(
        self,
        session: "Session",
        guard: "Supervisor",
        bring_up: "BringUp",
        telemetry: "Telemetry",
        keeper: "Keeper",
        restore: "Callable[[], None]",
    ) -> None:
        self._session = session
        self._guard = guard
        self._bring_up = bring_up
        self._telemetry = telemetry
        self._keeper = keeper
        self._restore = restore
        self._upload = Upload(session)
        self._body = self.reply = bytearray(BODY_MOST)
        self._size = 0
        self._more = 0
        self._ticks = 0
        self._last_kind = 0
        self._last_sequence = _NO_SEQUENCE
        self.reply_bytes = 0
        self.bits = 0
        self.watch_s = -1
        self.wants_maintenance = False
        # Request: what it does, least and most bytes that it carries.
        self._requests = {
            messages.HELLO: (self._hello, 0, 0),
            messages.STATUS: (self._status, 0, 0),
            messages.WATCH: (self._watch, 1, 1),
            messages.STOP: (self._stop, 0, 0),
            messages.START: (self._start, 0, 0),
            messages.PAUSE: (self._pause, 0, 0),
            messages.RESUME: (self._resume, 0, 0),
            messages.NEXT: (self._next, 0, 0),
            messages.LEVEL: (self._level, 2, 2),
            messages.PROGRAM: (self._program, 1, NAME_BYTES),
            messages.PROGRAMS: (self._programs, 1, 1),
            messages.CHUNK: (self._chunk, 3, 2 + messages.CHUNK_MOST),
            messages.INSTALL: (self._install, 2, 2),
            messages.JOURNAL: (self._journal, 2, 2),
            messages.SETTINGS: (self._settings, 0, 0),
            messages.SETTING: (self._setting, 1, messages.CHUNK_MOST),
            messages.JOG: (self._jog, 5, 5),
            messages.CHECK: (self._check, 0, 0),
            messages.MAINTENANCE: (self._maintenance, 1, 1),
        }

    def handle(self, body: bytearray, data_bytes: int, ticks: int) -> None:
        """Act on the request in `body`; a request that is only repeated, for want of a reply, is answered again."""
        kind = body[0]
        sequence = body[1]
        is_repeated = kind == self._last_kind and sequence == self._last_sequence
        if is_repeated and kind != messages.HELLO and kind != messages.STOP and kind != messages.JOG:
            return
        self._body = body
        self._size = data_bytes
        self._ticks = ticks
        self._more = 0
        self._last_kind = kind
        self._last_sequence = sequence
        self.reply[_ANSWER_AT] = self._answer(kind)
        self.reply_bytes = 1 + self._more

    def tick(self, pressed: int) -> int:
        """Return the bits for this tick, once; `pressed` are the panel's.

        Whoever is at the machine and presses a button, or lifts a foot out, has taken over: a pause is theirs to end.
        """
        bits = self.bits
        self.bits = 0
        session = self._session
        if pressed or not session.feet.are_in or (session.state != states.PAUSED and not bits & commands.PAUSE):
            self._telemetry.is_paused_here = False
        return bits

    def _answer(self, kind: int) -> int:
        if kind not in self._requests:
            return messages.ANSWER_UNKNOWN
        act, least, most = self._requests[kind]
        if not least <= self._size <= most:
            return messages.ANSWER_MALFORMED
        return act()

    def _byte(self, index: int) -> int:
        return self._body[DATA_AT + index]

    def _u16(self, index: int) -> int:
        return self._byte(index) | self._byte(index + 1) << 8

    def _say(self, text: str) -> None:
        """Put a text behind the answer; at rest only, it allocates."""
        for letter in text.encode()[: BODY_MOST - _MORE_AT - 2]:
            self.reply[_MORE_AT + self._more] = letter
            self._more += 1

    def _idle_answer(self) -> int:
        """Return ANSWER_DONE when the machine shows its menu and does nothing else."""
        if self._session.state == states.FAULT or self._guard.fault != NO_FAULT:
            return messages.ANSWER_FAULT
        if self._session.state != states.IDLE:
            return messages.ANSWER_NOT_IDLE
        return messages.ANSWER_DONE if self._bring_up.state == bringup.OFF else messages.ANSWER_BUSY

    # What is only told.

    def _hello(self) -> int:
        self._last_sequence = _NO_SEQUENCE
        struct.pack_into(
            messages.HELLO_FORMAT,
            self.reply,
            _MORE_AT,
            VERSION,
            self._session.state,
            SETTINGS_SCHEMA,
            JOURNAL_SCHEMA,
            MAX_BYTES,
        )
        self._more = _HELLO_BYTES
        return messages.ANSWER_DONE

    def _status(self) -> int:
        self._telemetry.write(self.reply, _MORE_AT, self._ticks)
        self._more = TELEMETRY_BYTES
        return messages.ANSWER_DONE

    def _watch(self) -> int:
        self.watch_s = self._byte(0)
        return messages.ANSWER_DONE

    def _programs(self) -> int:
        programs = self._session.library.programs
        number = self._byte(0)
        if number >= len(programs):
            return messages.ANSWER_NO_PROGRAM
        image = programs[number].data
        end = len(image)
        for index in range(NAME_BYTES):
            self.reply[_MORE_AT + index] = image[AT_NAME + index]
        struct.pack_into(
            messages.PROGRAM_FIGURES_FORMAT,
            self.reply,
            _MORE_AT + NAME_BYTES,
            end,
            programs[number].minutes,
            programs[number].heat,
            image[end - 4] | image[end - 3] << 8,
            image[end - 2] | image[end - 1] << 8,
        )
        self._more = NAME_BYTES + _PROGRAM_FIGURES_BYTES
        return messages.ANSWER_DONE

    def _journal(self) -> int:
        journal = self._keeper.journal
        image = journal.payload()
        start = self._u16(0)
        struct.pack_into(
            messages.JOURNAL_FORMAT, self.reply, _MORE_AT, journal.revision & messages.MODULUS - 1, len(image)
        )
        self._more = _JOURNAL_HEAD_BYTES
        for place in range(start, min(start + messages.CHUNK_MOST, len(image))):
            self.reply[_MORE_AT + self._more] = image[place]
            self._more += 1
        return messages.ANSWER_DONE

    def _settings(self) -> int:
        if not self._session.is_at_rest() or self._bring_up.state != bringup.OFF:
            return messages.ANSWER_NOT_IDLE
        self._say(self._keeper.settings.payload().decode())
        return messages.ANSWER_DONE

    # What concerns a session.

    def _stop(self) -> int:
        self.bits |= commands.STOP
        return messages.ANSWER_DONE

    def _start(self) -> int:
        state = self._session.state
        if state == states.FAULT:
            return messages.ANSWER_FAULT
        if state == states.WARM or state == states.SCREENING or state == states.OFF:
            return messages.ANSWER_AT_MACHINE
        if not self._session.is_at_rest():
            return messages.ANSWER_NOT_IDLE
        if self._guard.messages.first() != NO_FAULT:
            return messages.ANSWER_AT_MACHINE
        self.bits |= commands.BEGIN
        return messages.ANSWER_DONE

    def _pause(self) -> int:
        if self._session.state != states.RUN and self._session.state != states.CLOSING:
            return messages.ANSWER_NOT_RUNNING
        self.bits |= commands.PAUSE
        self._telemetry.is_paused_here = True
        return messages.ANSWER_DONE

    def _resume(self) -> int:
        session = self._session
        if session.state != states.PAUSED:
            return messages.ANSWER_NOT_RUNNING
        if not self._telemetry.is_paused_here or not session.feet.are_in:
            return messages.ANSWER_AT_MACHINE
        if session.scheduler.state != patterns.PAUSED:
            return messages.ANSWER_BUSY
        self.bits |= commands.RESUME
        return messages.ANSWER_DONE

    def _next(self) -> int:
        if self._session.state != states.RUN:
            return messages.ANSWER_NOT_RUNNING
        self.bits |= commands.NEXT
        return messages.ANSWER_DONE

    def _level(self) -> int:
        state = self._session.state
        if state == states.FAULT:
            return messages.ANSWER_FAULT
        level = self._byte(0)
        is_fixed = level == messages.LEVEL_MINUTES or level == messages.LEVEL_FEET
        if state not in _LEVEL_STATES or (is_fixed and state != states.IDLE):
            return messages.ANSWER_NOT_IDLE
        is_kept_gentle = level != messages.LEVEL_INTENSITY and self._session.choices.is_gentle
        return messages.ANSWER_GENTLE if is_kept_gentle else self._set_level(level, self._byte(1))

    def _set_level(self, level: int, value: int) -> int:
        choices = self._session.choices
        if level == messages.LEVEL_INTENSITY and INTENSITY_LEAST <= value <= INTENSITY_MOST:
            choices.intensity = value
        elif level == messages.LEVEL_PACE and PACE_LEAST <= value <= PACE_MOST:
            choices.pace = value
        elif level == messages.LEVEL_HEAT and HEAT_OFF <= value <= HEAT_MOST:
            choices.heat = value
        elif level == messages.LEVEL_MINUTES and value in MINUTES:
            choices.minutes = value
        elif level == messages.LEVEL_FEET and value < len(FEET_MASKS):
            choices.feet = value
        else:
            return messages.ANSWER_RANGE
        return messages.ANSWER_DONE

    # What is only done while the machine shows its menu.

    def _program(self) -> int:
        answer = self._idle_answer()
        if answer != messages.ANSWER_DONE:
            return answer
        try:
            name = bytes(self._body[DATA_AT : DATA_AT + self._size]).decode()
        except UnicodeError:
            return messages.ANSWER_NO_PROGRAM
        return messages.ANSWER_DONE if self._session.choose_program(name) else messages.ANSWER_NO_PROGRAM

    def _chunk(self) -> int:
        answer = self._idle_answer()
        if answer != messages.ANSWER_DONE:
            return answer
        is_put = self._upload.put(self._u16(0), self._body, DATA_AT + 2, DATA_AT + self._size)
        return messages.ANSWER_DONE if is_put else messages.ANSWER_GAP

    def _install(self) -> int:
        answer = self._idle_answer()
        if answer != messages.ANSWER_DONE:
            return answer
        if not self._upload.is_whole(self._u16(0)):
            return messages.ANSWER_GAP
        try:
            self._upload.install()
        except ProgramError as error:
            self._say(str(error))
            return messages.ANSWER_BAD_PROGRAM
        return messages.ANSWER_DONE

    def _setting(self) -> int:
        answer = self._idle_answer()
        if answer != messages.ANSWER_DONE:
            return answer
        try:
            key, _, value = bytes(self._body[DATA_AT : DATA_AT + self._size]).decode().partition("=")
            if key == PROGRAM and not self._session.library.has(value):
                return messages.ANSWER_NO_PROGRAM
            self._keeper.settings.change(key, value)
        except (UnicodeError, SettingError) as error:
            self._say(str(error))
            return messages.ANSWER_RANGE
        self._restore()
        return messages.ANSWER_DONE

    def _jog(self) -> int:
        answer = self._idle_answer()
        if answer != messages.ANSWER_DONE and answer != messages.ANSWER_BUSY:
            return answer
        axis = self._byte(0)
        high = self._u16(3)
        high -= high >> 15 << 16
        # Beyond it a value would not be a small integer on the board.
        if not -_HIGH_MOST <= high <= _HIGH_MOST:
            return messages.ANSWER_RANGE
        value = (high << 16) + self._u16(1)
        if not self._bring_up.is_allowed(axis, value):
            return messages.ANSWER_RANGE
        if self._bring_up.is_foot_in():
            return messages.ANSWER_FOOT_IN
        if self._bring_up.is_busy_for(axis):
            return messages.ANSWER_BUSY
        self._bring_up.jog(axis, value)
        return messages.ANSWER_DONE

    def _check(self) -> int:
        answer = self._idle_answer()
        if answer == messages.ANSWER_DONE:
            self._bring_up.check()
        return answer

    def _maintenance(self) -> int:
        if not self._byte(0) and not (self._session.is_at_rest() and self._bring_up.state == bringup.OFF):
            return messages.ANSWER_NOT_IDLE
        self.wants_maintenance = True
        return messages.ANSWER_DONE
