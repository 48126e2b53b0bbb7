"""Requests that change nothing. None allocates but `settings`, which is answered at rest only."""

import struct

from instep.link import protocol
from instep.link.exchange import REPLY_DATA_AT
from instep.link.frames import VERSION as LINK_VERSION
from instep.link.telemetry import STATUS_BYTES, STATUS_PARTS
from instep.session.jog import JOG_OFF
from instep.storage.journal import SCHEMA as JOURNAL_SCHEMA
from instep.storage.settings import SCHEMA as SETTINGS_SCHEMA
from instep.stroke.program import AT_NAME, MAX_BYTES, NAME_BYTES
from instep.version import VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.link.exchange import Exchange
    from instep.link.telemetry import Telemetry
    from instep.session.jog import Jog
    from instep.session.session import Session
    from instep.storage.store import Store

_FIRMWARE = VERSION.encode()
_HELLO_BYTES = struct.calcsize(protocol.HELLO_FORMAT)
_PROGRAM_FIGURES_BYTES = struct.calcsize(protocol.PROGRAM_FIGURES_FORMAT)
_JOURNAL_HEAD_BYTES = struct.calcsize(protocol.JOURNAL_FORMAT)


class ReadRequests:
    """One method per request, which fills the reply and returns the answer."""

    def __init__(
        self,
        exchange: "Exchange",
        session: "Session",
        jog: "Jog",
        telemetry: "Telemetry",
        store: "Store",
    ) -> None:
        self._exchange = exchange
        self._session = session
        self._jog = jog
        self._telemetry = telemetry
        self._store = store

    def hello(self) -> int:
        """Reply with version, state and the schemas of the stored data."""
        struct.pack_into(
            protocol.HELLO_FORMAT,
            self._exchange.reply,
            REPLY_DATA_AT,
            LINK_VERSION,
            self._session.state,
            SETTINGS_SCHEMA,
            JOURNAL_SCHEMA,
            MAX_BYTES,
        )
        self._exchange.reply_data_bytes = _HELLO_BYTES
        return protocol.ANSWER_DONE

    def firmware(self) -> int:
        """Reply with the firmware's version."""
        for index in range(len(_FIRMWARE)):
            self._exchange.reply[REPLY_DATA_AT + index] = _FIRMWARE[index]
        self._exchange.reply_data_bytes = len(_FIRMWARE)
        return protocol.ANSWER_DONE

    def status(self) -> int:
        """Reply with the whole telemetry, which `write_part` writes."""
        self._exchange.parts_left = STATUS_PARTS
        self._exchange.reply_data_bytes = STATUS_BYTES
        return protocol.ANSWER_DONE

    def write_part(self) -> None:
        """Write the next part of a STATUS reply."""
        exchange = self._exchange
        self._telemetry.write_part(STATUS_PARTS - exchange.parts_left, exchange.reply, REPLY_DATA_AT, exchange.ticks)
        exchange.parts_left -= 1

    def programs(self) -> int:
        """Reply with the name and the figures of one program."""
        programs = self._session.selection.library.programs
        number = self._exchange.u8(0)
        if number >= len(programs):
            return protocol.ANSWER_NO_PROGRAM
        image = programs[number].data
        end = len(image)
        reply = self._exchange.reply
        for index in range(NAME_BYTES):
            reply[REPLY_DATA_AT + index] = image[AT_NAME + index]
        struct.pack_into(
            protocol.PROGRAM_FIGURES_FORMAT,
            reply,
            REPLY_DATA_AT + NAME_BYTES,
            end,
            programs[number].minutes,
            programs[number].heat,
            image[end - 4] | image[end - 3] << 8,
            image[end - 2] | image[end - 1] << 8,
        )
        self._exchange.reply_data_bytes = NAME_BYTES + _PROGRAM_FIGURES_BYTES
        return protocol.ANSWER_DONE

    def journal(self) -> int:
        """Reply with a part of the journal, as much as one slice has time to copy, and its revision."""
        journal = self._store.journal
        image = journal.payload()
        start = self._exchange.u16(0)
        reply = self._exchange.reply
        struct.pack_into(
            protocol.JOURNAL_FORMAT, reply, REPLY_DATA_AT, journal.revision & protocol.MODULUS - 1, len(image)
        )
        into = REPLY_DATA_AT + _JOURNAL_HEAD_BYTES
        for at in range(start, min(start + protocol.JOURNAL_MAX, len(image))):
            reply[into] = image[at]
            into += 1
        self._exchange.reply_data_bytes = into - REPLY_DATA_AT
        return protocol.ANSWER_DONE

    def settings(self) -> int:
        """Reply with the settings, at rest only."""
        if not self._session.is_at_rest() or self._jog.state != JOG_OFF:
            return protocol.ANSWER_NOT_IDLE
        self._exchange.append_text(self._store.settings.shown())
        return protocol.ANSWER_DONE
