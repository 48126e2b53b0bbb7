"""What the laptop may ask for, and when: requests are found by their kind, acted on, and answered.

Nothing moves or heats because of a request alone. START leads to the questions, which are answered at the machine;
RESUME ends only a pause that came from here; a fault is acknowledged at the machine. What concerns a session is
handed over as bits of `instep.commands`, each of which does one thing in the states where it is lawful.
"""

from instep import commands
from instep.guard.faults import NO_FAULT
from instep.link import messages
from instep.link.menu import Menu
from instep.link.request import ANSWER_AT, Request
from instep.link.told import Told
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
from instep.stroke.program import NAME_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.guard.supervisor import Supervisor
    from instep.keep.keeper import Keeper
    from instep.link.telemetry import Telemetry
    from instep.session.bringup import BringUp
    from instep.session.session import Session

_NO_SEQUENCE = -1

# Where the panel lets levels be changed too.
_LEVEL_STATES = (states.IDLE, states.WARM, states.RUN, states.PAUSED, states.CLOSING)


class Commands:
    """Answer one request at a time: `reply` then holds the answer, `reply_bytes` its data's length.

    A reply may have to be completed, in parts, before it is whole.
    `restore` lets the session choose what changed settings say. `bits` are what the next tick should do; `watch_s` is
    what WATCH asked for, -1 when it has been taken.
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
        self._request = Request()
        self._told = told = Told(self._request, session, bring_up, telemetry, keeper)
        menu = Menu(self._request, session, guard, bring_up, keeper, restore)
        self.reply = self._request.reply
        self._last_kind = 0
        self._last_sequence = _NO_SEQUENCE
        self.reply_bytes = 0
        self.bits = 0
        self.watch_s = -1
        self.wants_maintenance = False
        # Request: what it does, least and most bytes that it carries.
        self._requests = {
            messages.HELLO: (told.hello, 0, 0),
            messages.STATUS: (told.status, 0, 0),
            messages.WATCH: (self._watch, 1, 1),
            messages.STOP: (self._stop, 0, 0),
            messages.START: (self._start, 0, 0),
            messages.PAUSE: (self._pause, 0, 0),
            messages.RESUME: (self._resume, 0, 0),
            messages.NEXT: (self._next, 0, 0),
            messages.LEVEL: (self._level, 2, 2),
            messages.PROGRAM: (menu.program, 1, NAME_BYTES),
            messages.PROGRAMS: (told.programs, 1, 1),
            messages.CHUNK: (menu.chunk, 3, 2 + messages.CHUNK_MOST),
            messages.INSTALL: (menu.install, 2, 2),
            messages.JOURNAL: (told.journal, 2, 2),
            messages.SETTINGS: (told.settings, 0, 0),
            messages.SETTING: (menu.setting, 1, messages.CHUNK_MOST),
            messages.JOG: (menu.jog, 5, 5),
            messages.CHECK: (menu.check, 0, 0),
            messages.MAINTENANCE: (self._maintenance, 1, 1),
        }

    def handle(self, body: bytearray, data_bytes: int, ticks: int) -> None:
        """Act on the request in `body`; a request that is only repeated, for want of a reply, is answered again."""
        kind = body[0]
        sequence = body[1]
        is_repeated = kind == self._last_kind and sequence == self._last_sequence
        if is_repeated and kind != messages.HELLO and kind != messages.STOP and kind != messages.JOG:
            return
        self._request.take(body, data_bytes, ticks)
        self._last_kind = kind
        self._last_sequence = _NO_SEQUENCE if kind == messages.HELLO else sequence
        self.reply[ANSWER_AT] = self._answer(kind)
        self.reply_bytes = 1 + self._request.more

    def complete_reply(self) -> bool:
        """Write the next part of a reply that takes more than one; return whether there was any."""
        if not self._request.parts_left:
            return False
        self._told.write_part()
        return True

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
        if not least <= self._request.size <= most:
            return messages.ANSWER_MALFORMED
        return act()

    def _watch(self) -> int:
        self.watch_s = self._request.byte(0)
        return messages.ANSWER_DONE

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
        level = self._request.byte(0)
        is_fixed = level == messages.LEVEL_MINUTES or level == messages.LEVEL_FEET
        if state not in _LEVEL_STATES or (is_fixed and state != states.IDLE):
            return messages.ANSWER_NOT_IDLE
        is_kept_gentle = level != messages.LEVEL_INTENSITY and self._session.choices.is_gentle
        return messages.ANSWER_GENTLE if is_kept_gentle else self._set_level(level, self._request.byte(1))

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

    def _maintenance(self) -> int:
        if not self._request.byte(0) and not (self._session.is_at_rest() and self._bring_up.state == bringup.OFF):
            return messages.ANSWER_NOT_IDLE
        self.wants_maintenance = True
        return messages.ANSWER_DONE
