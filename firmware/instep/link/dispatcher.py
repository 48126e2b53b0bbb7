"""Find the method for each request, call it, and keep its answer; a repeated request is answered but not repeated."""

from instep.link import protocol
from instep.link.exchange import ANSWER_AT, Exchange
from instep.link.idle_requests import IdleRequests
from instep.link.read_requests import ReadRequests
from instep.link.session_requests import SessionRequests
from instep.session.jog import JOG_OFF
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

# Requests that are accepted at the menu only.
_AT_MENU = (
    protocol.PROGRAM,
    protocol.CHUNK,
    protocol.INSTALL,
    protocol.SETTING,
    protocol.JOG,
    protocol.CHECK,
)


class Dispatcher:
    """Answer one request at a time: `reply` then holds the answer and the data, `reply_bytes` their length.

    A long reply is completed in parts. `restore` applies changed settings to the session. `session_requests` has the
    user events for the next tick, `tick` returns them; `watch_s` is the time that WATCH requested, -1 when taken.
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
        self._jog = jog
        self._exchange = exchange = Exchange()
        self._reads = reads = ReadRequests(exchange, session, jog, telemetry, store)
        self._idle = idle = IdleRequests(exchange, session, guard, jog, store, restore)
        self.session_requests = requests = SessionRequests(exchange, session, guard, telemetry)
        # Bound here: one call less in every tick.
        self.tick = requests.tick
        self.reply = exchange.reply
        self.reply_bytes = 0
        self.watch_s = -1
        self.wants_maintenance = False
        self._last_kind = 0
        self._last_sequence = _NO_SEQUENCE
        # Request: method, fewest and most bytes of data.
        self._requests = {
            protocol.HELLO: (reads.hello, 0, 0),
            protocol.STATUS: (reads.status, 0, 0),
            protocol.WATCH: (self._watch, 1, 1),
            protocol.STOP: (requests.stop, 0, 0),
            protocol.START: (requests.start, 0, 0),
            protocol.PAUSE: (requests.pause, 0, 0),
            protocol.RESUME: (requests.resume, 0, 0),
            protocol.NEXT: (requests.next, 0, 0),
            protocol.LEVEL: (requests.level, 2, 2),
            protocol.PROGRAM: (idle.program, 1, NAME_BYTES),
            protocol.PROGRAMS: (reads.programs, 1, 1),
            protocol.CHUNK: (idle.chunk, 3, 2 + protocol.CHUNK_MAX),
            protocol.INSTALL: (idle.install, 2, 2),
            protocol.JOURNAL: (reads.journal, 2, 2),
            protocol.SETTINGS: (reads.settings, 0, 0),
            protocol.SETTING: (idle.setting, 1, protocol.CHUNK_MAX),
            protocol.JOG: (idle.jog, 5, 5),
            protocol.CHECK: (idle.check, 0, 0),
            protocol.MAINTENANCE: (self._maintenance, 1, 1),
            protocol.FIRMWARE: (reads.firmware, 0, 0),
        }

    def handle(self, body: bytearray, data_bytes: int, ticks: int) -> None:
        """Carry out the request in `body`; one that is repeated because its reply was lost is only answered again."""
        kind = body[0]
        sequence = body[1]
        is_repeated = kind == self._last_kind and sequence == self._last_sequence
        if is_repeated and kind != protocol.HELLO and kind != protocol.STOP and kind != protocol.JOG:
            return
        self._exchange.begin(body, data_bytes, ticks)
        self._last_kind = kind
        self._last_sequence = _NO_SEQUENCE if kind == protocol.HELLO else sequence
        self.reply[ANSWER_AT] = self._answer(kind)
        self.reply_bytes = 1 + self._exchange.reply_data_bytes

    def complete_reply(self) -> bool:
        """Write the next part of a long reply; return False if the reply is complete."""
        if not self._exchange.parts_left:
            return False
        self._reads.write_part()
        return True

    def _answer(self, kind: int) -> int:
        if kind not in self._requests:
            return protocol.ANSWER_UNKNOWN
        method, minimum, maximum = self._requests[kind]
        if not minimum <= self._exchange.data_bytes <= maximum:
            return protocol.ANSWER_MALFORMED
        if kind in _AT_MENU:
            refusal = self._idle.readiness()
            # While an axis is jogged, JOG goes on with it.
            is_jogging = kind == protocol.JOG and refusal == protocol.ANSWER_BUSY
            if refusal != protocol.ANSWER_DONE and not is_jogging:
                return refusal
        return method()

    def _watch(self) -> int:
        self.watch_s = self._exchange.u8(0)
        return protocol.ANSWER_DONE

    def _maintenance(self) -> int:
        if not self._exchange.u8(0) and not (self._session.is_at_rest() and self._jog.state == JOG_OFF):
            return protocol.ANSWER_NOT_IDLE
        self.wants_maintenance = True
        return protocol.ANSWER_DONE
