"""What the laptop may ask for, and when: requests are found by their kind, acted on, and answered.

Nothing moves or heats because of a request alone. START leads to the questions, which are answered at the machine;
RESUME ends only a pause that came from here; a fault is acknowledged at the machine. What concerns a session is
handed over as bits of `instep.user_events`, each of which does one thing in the states where it is lawful.
"""

from instep import user_events
from instep.guard.faults import NO_FAULT
from instep.levels import (
    FEET_MASKS,
    HEAT_MAX,
    HEAT_OFF,
    INTENSITY_MAX,
    INTENSITY_MIN,
    MINUTES,
    PACE_MAX,
    PACE_MIN,
)
from instep.link import protocol
from instep.link.exchange import ANSWER_AT, Exchange
from instep.link.idle_requests import IdleRequests
from instep.link.read_requests import ReadRequests
from instep.session import states
from instep.session.jog import JOG_OFF
from instep.stroke import scheduler as patterns
from instep.stroke.program import NAME_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.guard.supervisor import Supervisor
    from instep.link.telemetry import Telemetry
    from instep.session.jog import Jog
    from instep.session.session import Session
    from instep.storage.store import Store

_NO_SEQUENCE = -1

# Where the panel lets levels be changed too.
_LEVEL_STATES = (states.IDLE, states.WARM, states.RUN, states.PAUSED, states.CLOSING)


class Dispatcher:
    """Answer one request at a time: `reply` then holds the answer, `reply_bytes` its data's length.

    A reply may have to be completed, in parts, before it is whole.
    `restore` lets the session choose what changed settings say. `bits` are what the next tick should do; `watch_s` is
    what WATCH asked for, -1 when it has been taken.
    """

    def __init__(
        self,
        session: "Session",
        guard: "Supervisor",
        jog: "Jog",
        telemetry: "Telemetry",
        store: "Store",
        restore: "Callable[[], None]",
    ) -> None:
        self._session = session
        self._guard = guard
        self._jog = jog
        self._telemetry = telemetry
        self._request = Exchange()
        self._told = told = ReadRequests(self._request, session, jog, telemetry, store)
        menu = IdleRequests(self._request, session, guard, jog, store, restore)
        self.reply = self._request.reply
        self._last_kind = 0
        self._last_sequence = _NO_SEQUENCE
        self.reply_bytes = 0
        self.bits = 0
        self.watch_s = -1
        self.wants_maintenance = False
        # Request: what it does, least and most bytes that it carries.
        self._requests = {
            protocol.HELLO: (told.hello, 0, 0),
            protocol.STATUS: (told.status, 0, 0),
            protocol.WATCH: (self._watch, 1, 1),
            protocol.STOP: (self._stop, 0, 0),
            protocol.START: (self._start, 0, 0),
            protocol.PAUSE: (self._pause, 0, 0),
            protocol.RESUME: (self._resume, 0, 0),
            protocol.NEXT: (self._next, 0, 0),
            protocol.LEVEL: (self._level, 2, 2),
            protocol.PROGRAM: (menu.program, 1, NAME_BYTES),
            protocol.PROGRAMS: (told.programs, 1, 1),
            protocol.CHUNK: (menu.chunk, 3, 2 + protocol.CHUNK_MAX),
            protocol.INSTALL: (menu.install, 2, 2),
            protocol.JOURNAL: (told.journal, 2, 2),
            protocol.SETTINGS: (told.settings, 0, 0),
            protocol.SETTING: (menu.setting, 1, protocol.CHUNK_MAX),
            protocol.JOG: (menu.jog, 5, 5),
            protocol.CHECK: (menu.check, 0, 0),
            protocol.MAINTENANCE: (self._maintenance, 1, 1),
        }

    def handle(self, body: bytearray, data_bytes: int, ticks: int) -> None:
        """Act on the request in `body`; a request that is only repeated, for want of a reply, is answered again."""
        kind = body[0]
        sequence = body[1]
        is_repeated = kind == self._last_kind and sequence == self._last_sequence
        if is_repeated and kind != protocol.HELLO and kind != protocol.STOP and kind != protocol.JOG:
            return
        self._request.take(body, data_bytes, ticks)
        self._last_kind = kind
        self._last_sequence = _NO_SEQUENCE if kind == protocol.HELLO else sequence
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
        if (
            pressed
            or not session.status.feet.are_in
            or (session.state != states.PAUSED and not bits & user_events.PAUSE)
        ):
            self._telemetry.is_paused_here = False
        return bits

    def _answer(self, kind: int) -> int:
        if kind not in self._requests:
            return protocol.ANSWER_UNKNOWN
        act, minimum, maximum = self._requests[kind]
        if not minimum <= self._request.size <= maximum:
            return protocol.ANSWER_MALFORMED
        return act()

    def _watch(self) -> int:
        self.watch_s = self._request.byte(0)
        return protocol.ANSWER_DONE

    def _stop(self) -> int:
        self.bits |= user_events.STOP
        return protocol.ANSWER_DONE

    def _start(self) -> int:
        state = self._session.state
        if state == states.FAULT:
            return protocol.ANSWER_FAULT
        if state == states.WARM or state == states.SCREENING or state == states.OFF:
            return protocol.ANSWER_AT_MACHINE
        if not self._session.is_at_rest():
            return protocol.ANSWER_NOT_IDLE
        if self._guard.notices.first() != NO_FAULT:
            return protocol.ANSWER_AT_MACHINE
        self.bits |= user_events.BEGIN
        return protocol.ANSWER_DONE

    def _pause(self) -> int:
        if self._session.state != states.RUN and self._session.state != states.CLOSING:
            return protocol.ANSWER_NOT_RUNNING
        self.bits |= user_events.PAUSE
        self._telemetry.is_paused_here = True
        return protocol.ANSWER_DONE

    def _resume(self) -> int:
        session = self._session
        if session.state != states.PAUSED:
            return protocol.ANSWER_NOT_RUNNING
        if not self._telemetry.is_paused_here or not session.status.feet.are_in:
            return protocol.ANSWER_AT_MACHINE
        if session.status.scheduler.state != patterns.PAUSED:
            return protocol.ANSWER_BUSY
        self.bits |= user_events.RESUME
        return protocol.ANSWER_DONE

    def _next(self) -> int:
        if self._session.state != states.RUN:
            return protocol.ANSWER_NOT_RUNNING
        self.bits |= user_events.NEXT
        return protocol.ANSWER_DONE

    def _level(self) -> int:
        state = self._session.state
        if state == states.FAULT:
            return protocol.ANSWER_FAULT
        level = self._request.byte(0)
        is_fixed = level == protocol.LEVEL_MINUTES or level == protocol.LEVEL_FEET
        if state not in _LEVEL_STATES or (is_fixed and state != states.IDLE):
            return protocol.ANSWER_NOT_IDLE
        is_kept_gentle = level != protocol.LEVEL_INTENSITY and self._session.selection.choices.is_gentle
        return protocol.ANSWER_GENTLE if is_kept_gentle else self._set_level(level, self._request.byte(1))

    def _set_level(self, level: int, value: int) -> int:
        choices = self._session.selection.choices
        if level == protocol.LEVEL_INTENSITY and INTENSITY_MIN <= value <= INTENSITY_MAX:
            choices.intensity = value
        elif level == protocol.LEVEL_PACE and PACE_MIN <= value <= PACE_MAX:
            choices.pace = value
        elif level == protocol.LEVEL_HEAT and HEAT_OFF <= value <= HEAT_MAX:
            choices.heat = value
        elif level == protocol.LEVEL_MINUTES and value in MINUTES:
            choices.minutes = value
        elif level == protocol.LEVEL_FEET and value < len(FEET_MASKS):
            choices.feet = value
        else:
            return protocol.ANSWER_RANGE
        return protocol.ANSWER_DONE

    def _maintenance(self) -> int:
        if not self._request.byte(0) and not (self._session.is_at_rest() and self._jog.state == JOG_OFF):
            return protocol.ANSWER_NOT_IDLE
        self.wants_maintenance = True
        return protocol.ANSWER_DONE
