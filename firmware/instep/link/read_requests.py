"""What the laptop may be told: requests that change nothing. None allocates but `settings`, which is told at rest."""

import struct

from instep.link import protocol
from instep.link.exchange import MORE_AT
from instep.link.frames import VERSION
from instep.link.telemetry import STATUS_BYTES, STATUS_PARTS
from instep.session.jog import JOG_OFF
from instep.storage.journal import SCHEMA as JOURNAL_SCHEMA
from instep.storage.settings import SCHEMA as SETTINGS_SCHEMA
from instep.stroke.program import AT_NAME, MAX_BYTES, NAME_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.link.exchange import Exchange
    from instep.link.telemetry import Telemetry
    from instep.session.jog import Jog
    from instep.session.session import Session
    from instep.storage.store import Store

_HELLO_BYTES = struct.calcsize(protocol.HELLO_FORMAT)
_PROGRAM_FIGURES_BYTES = struct.calcsize(protocol.PROGRAM_FIGURES_FORMAT)
_JOURNAL_HEAD_BYTES = struct.calcsize(protocol.JOURNAL_FORMAT)


class ReadRequests:
    """One method a request, which fills the reply and returns its answer."""

    def __init__(
        self,
        request: "Exchange",
        session: "Session",
        jog: "Jog",
        telemetry: "Telemetry",
        store: "Store",
    ) -> None:
        self._request = request
        self._session = session
        self._jog = jog
        self._telemetry = telemetry
        self._store = store

    def hello(self) -> int:
        """Tell version, state and layouts."""
        struct.pack_into(
            protocol.HELLO_FORMAT,
            self._request.reply,
            MORE_AT,
            VERSION,
            self._session.state,
            SETTINGS_SCHEMA,
            JOURNAL_SCHEMA,
            MAX_BYTES,
        )
        self._request.more = _HELLO_BYTES
        return protocol.ANSWER_DONE

    def status(self) -> int:
        """Tell what the machine does now, in parts."""
        self._request.parts_left = STATUS_PARTS
        self._request.more = STATUS_BYTES
        return protocol.ANSWER_DONE

    def write_part(self) -> None:
        """Write the next part of a status."""
        request = self._request
        self._telemetry.write_part(STATUS_PARTS - request.parts_left, request.reply, MORE_AT, request.ticks)
        request.parts_left -= 1

    def programs(self) -> int:
        """Tell name, size and check of one program."""
        programs = self._session.selection.library.programs
        number = self._request.byte(0)
        if number >= len(programs):
            return protocol.ANSWER_NO_PROGRAM
        image = programs[number].data
        end = len(image)
        reply = self._request.reply
        for index in range(NAME_BYTES):
            reply[MORE_AT + index] = image[AT_NAME + index]
        struct.pack_into(
            protocol.PROGRAM_FIGURES_FORMAT,
            reply,
            MORE_AT + NAME_BYTES,
            end,
            programs[number].minutes,
            programs[number].heat,
            image[end - 4] | image[end - 3] << 8,
            image[end - 2] | image[end - 1] << 8,
        )
        self._request.more = NAME_BYTES + _PROGRAM_FIGURES_BYTES
        return protocol.ANSWER_DONE

    def journal(self) -> int:
        """Tell a part of the journal, as much as a slice has time to copy, with its revision."""
        journal = self._store.journal
        image = journal.payload()
        start = self._request.u16(0)
        reply = self._request.reply
        struct.pack_into(protocol.JOURNAL_FORMAT, reply, MORE_AT, journal.revision & protocol.MODULUS - 1, len(image))
        into = MORE_AT + _JOURNAL_HEAD_BYTES
        for at in range(start, min(start + protocol.JOURNAL_MAX, len(image))):
            reply[into] = image[at]
            into += 1
        self._request.more = into - MORE_AT
        return protocol.ANSWER_DONE

    def settings(self) -> int:
        """Tell the settings, at rest."""
        if not self._session.is_at_rest() or self._jog.state != JOG_OFF:
            return protocol.ANSWER_NOT_IDLE
        self._request.say(self._store.settings.payload().decode())
        return protocol.ANSWER_DONE
