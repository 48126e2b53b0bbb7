"""What the laptop may be told: requests that change nothing. None allocates but `settings`, which is told at rest."""

import struct

from instep.keep.journal import SCHEMA as JOURNAL_SCHEMA
from instep.keep.settings import SCHEMA as SETTINGS_SCHEMA
from instep.link import messages
from instep.link.frames import VERSION
from instep.link.request import MORE_AT
from instep.link.telemetry import PARTS, TELEMETRY_BYTES
from instep.session import bringup
from instep.stroke.program import AT_NAME, MAX_BYTES, NAME_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.keep.keeper import Keeper
    from instep.link.request import Request
    from instep.link.telemetry import Telemetry
    from instep.session.bringup import BringUp
    from instep.session.session import Session

_HELLO_BYTES = struct.calcsize(messages.HELLO_FORMAT)
_PROGRAM_FIGURES_BYTES = struct.calcsize(messages.PROGRAM_FIGURES_FORMAT)
_JOURNAL_HEAD_BYTES = struct.calcsize(messages.JOURNAL_FORMAT)


class Told:
    """One method a request, which fills the reply and returns its answer."""

    def __init__(
        self,
        request: "Request",
        session: "Session",
        bring_up: "BringUp",
        telemetry: "Telemetry",
        keeper: "Keeper",
    ) -> None:
        self._request = request
        self._session = session
        self._bring_up = bring_up
        self._telemetry = telemetry
        self._keeper = keeper

    def hello(self) -> int:
        """Tell version, state and layouts."""
        struct.pack_into(
            messages.HELLO_FORMAT,
            self._request.reply,
            MORE_AT,
            VERSION,
            self._session.state,
            SETTINGS_SCHEMA,
            JOURNAL_SCHEMA,
            MAX_BYTES,
        )
        self._request.more = _HELLO_BYTES
        return messages.ANSWER_DONE

    def status(self) -> int:
        """Tell what the machine does now, in parts."""
        self._request.parts_left = PARTS
        self._request.more = TELEMETRY_BYTES
        return messages.ANSWER_DONE

    def write_part(self) -> None:
        """Write the next part of a status."""
        request = self._request
        self._telemetry.write_part(PARTS - request.parts_left, request.reply, MORE_AT, request.ticks)
        request.parts_left -= 1

    def programs(self) -> int:
        """Tell name, size and check of one program."""
        programs = self._session.library.programs
        number = self._request.byte(0)
        if number >= len(programs):
            return messages.ANSWER_NO_PROGRAM
        image = programs[number].data
        end = len(image)
        reply = self._request.reply
        for index in range(NAME_BYTES):
            reply[MORE_AT + index] = image[AT_NAME + index]
        struct.pack_into(
            messages.PROGRAM_FIGURES_FORMAT,
            reply,
            MORE_AT + NAME_BYTES,
            end,
            programs[number].minutes,
            programs[number].heat,
            image[end - 4] | image[end - 3] << 8,
            image[end - 2] | image[end - 1] << 8,
        )
        self._request.more = NAME_BYTES + _PROGRAM_FIGURES_BYTES
        return messages.ANSWER_DONE

    def journal(self) -> int:
        """Tell a part of the journal, as much as a slice has time to copy, with its revision."""
        journal = self._keeper.journal
        image = journal.payload()
        start = self._request.u16(0)
        reply = self._request.reply
        struct.pack_into(messages.JOURNAL_FORMAT, reply, MORE_AT, journal.revision & messages.MODULUS - 1, len(image))
        into = MORE_AT + _JOURNAL_HEAD_BYTES
        for at in range(start, min(start + messages.JOURNAL_MOST, len(image))):
            reply[into] = image[at]
            into += 1
        self._request.more = into - MORE_AT
        return messages.ANSWER_DONE

    def settings(self) -> int:
        """Tell the settings, at rest."""
        if not self._session.is_at_rest() or self._bring_up.state != bringup.OFF:
            return messages.ANSWER_NOT_IDLE
        self._request.say(self._keeper.settings.payload().decode())
        return messages.ANSWER_DONE
