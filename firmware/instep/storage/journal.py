"""The last sessions and faults, in two rings of fixed-size entries that are changed in place.

    heading   12 bytes   sessions ever begun; next place and count of both rings
    sessions  50 entries of 40 bytes
    faults    20 entries of 8 bytes

All numbers are little-endian. Entries are written in the middle of a session and reach the flash later, so only the
three methods that read allocate. A result of 0 means that the session has not ended; found at boot, that it was
interrupted.
"""

import struct

from micropython import const

SCHEMA = 1
SESSIONS = 50
FAULTS = 20

_HEADING_FORMAT = "<IHHHH"
_HEADING_BYTES = const(12)

# Order, program, duration s, highest force mN, highest skin temperature centi °C, late ticks; then a byte each:
# result, stop reason, fault, intensity, pace, heat, minutes, feet.
_SESSION_FORMAT = "<I16sHHhHBBBBBBBB4x"
_SESSION_BYTES = const(40)
SESSION_NAMES = (
    "order",
    "program",
    "duration_s",
    "highest_force_mn",
    "highest_skin_centi_c",
    "late_ticks",
    "result",
    "stop_reason",
    "fault",
    "intensity",
    "pace",
    "heat",
    "minutes",
    "feet",
)
# The parts of an entry, which are written at different times, and where they begin.
_BEGUN_FORMAT = "<I16s"
_MEASURED_FORMAT = "<HHhH"
_MEASURED_AT = const(20)
_ENDED_FORMAT = "<BBB"
_ENDED_AT = const(28)
_LEVELS_FORMAT = "<BBBBB"
_LEVELS_AT = const(31)

# Order of the session, second of it, fault, state of the session.
_FAULT_FORMAT = "<IHBB"
_FAULT_BYTES = const(8)
FAULT_NAMES = ("order", "second", "fault", "state")

_SESSIONS_AT = _HEADING_BYTES
_FAULTS_AT = _HEADING_BYTES + SESSIONS * _SESSION_BYTES
IMAGE_BYTES = _FAULTS_AT + FAULTS * _FAULT_BYTES

_U16_MAX = const(0xFFFF)
_I16_MIN = const(-0x8000)
_I16_MAX = const(0x7FFF)
# Within MicroPython's small integers, so that counting does not allocate.
_ORDER_MAX = const(0x3FFFFFFF)


class Journal:
    """Keep the entries of sessions and faults; `revision` grows with every change that is not saved yet.

    While a session runs, `see` notes its highest force and temperature, and the caller counts `late_ticks`.
    """

    def __init__(self) -> None:
        self._image = bytearray(IMAGE_BYTES)
        self._sessions_begun = 0
        self._next_session = 0
        self._session_count = 0
        self._next_fault = 0
        self._fault_count = 0
        self._highest_force_mn = 0
        self._highest_skin_centi_c = _I16_MIN
        self.late_ticks = 0
        self.revision = 0

    def load(self, payload: bytes) -> bool:
        """Load the rings of a record; return False, and load nothing, if the layout differs."""
        if len(payload) != IMAGE_BYTES:
            return False
        begun, next_session, sessions, next_fault, faults = struct.unpack_from(_HEADING_FORMAT, payload)
        if next_session >= SESSIONS or sessions > SESSIONS or next_fault >= FAULTS or faults > FAULTS:
            return False
        self._image[:] = payload
        self._sessions_begun = begun
        self._next_session, self._session_count = next_session, sessions
        self._next_fault, self._fault_count = next_fault, faults
        return True

    def payload(self) -> bytearray:
        """Return the bytes to save."""
        return self._image

    def begin_session(self, program: bytes) -> None:
        """Open the entry of a session; `program` is its name, cut at 16 bytes."""
        self._sessions_begun = min(self._sessions_begun + 1, _ORDER_MAX)
        at = _SESSIONS_AT + self._next_session * _SESSION_BYTES
        for place in range(at, at + _SESSION_BYTES):
            self._image[place] = 0
        struct.pack_into(_BEGUN_FORMAT, self._image, at, self._sessions_begun, program)
        self._next_session = (self._next_session + 1) % SESSIONS
        self._session_count = min(self._session_count + 1, SESSIONS)
        self._highest_force_mn = 0
        self._highest_skin_centi_c = _I16_MIN
        self.late_ticks = 0
        self._change()

    def see(self, force_mn: int, skin_centi_c: int) -> None:
        """Note force and skin temperature, if they are the highest of the session."""
        if force_mn > self._highest_force_mn:
            self._highest_force_mn = force_mn
        if skin_centi_c > self._highest_skin_centi_c:
            self._highest_skin_centi_c = skin_centi_c

    def note_levels(self, intensity: int, pace: int, heat: int, minutes: int, feet: int) -> None:
        """Write the levels of the newest session, 0..255 each."""
        at = self._newest_session_at() + _LEVELS_AT
        struct.pack_into(_LEVELS_FORMAT, self._image, at, intensity, pace, heat, minutes, feet)
        self._change()

    def end_session(self, duration_s: int, result: int, stop_reason: int, fault: int) -> None:
        """Close the newest entry; figures out of an entry's range are cut to it."""
        at = self._newest_session_at()
        struct.pack_into(_ENDED_FORMAT, self._image, at + _ENDED_AT, result, stop_reason, fault)
        struct.pack_into(
            _MEASURED_FORMAT,
            self._image,
            at + _MEASURED_AT,
            min(max(duration_s, 0), _U16_MAX),
            min(self._highest_force_mn, _U16_MAX),
            max(min(self._highest_skin_centi_c, _I16_MAX), _I16_MIN),
            min(self.late_ticks, _U16_MAX),
        )
        self._change()

    def note_fault(self, fault: int, state: int, second: int) -> None:
        """Write a fault with the session's state and second at that time (0 outside a session)."""
        at = _FAULTS_AT + self._next_fault * _FAULT_BYTES
        second = min(max(second, 0), _U16_MAX)
        struct.pack_into(_FAULT_FORMAT, self._image, at, self._sessions_begun, second, fault, state)
        self._next_fault = (self._next_fault + 1) % FAULTS
        self._fault_count = min(self._fault_count + 1, FAULTS)
        self._change()

    def is_session_open(self) -> bool:
        """Return True if the newest session has not ended."""
        return self._session_count > 0 and self._image[self._newest_session_at() + _ENDED_AT] == 0

    def session_count(self) -> int:
        """Return the number of sessions in the journal, 0..SESSIONS."""
        return self._session_count

    def fault_count(self) -> int:
        """Return the number of faults in the journal, 0..FAULTS."""
        return self._fault_count

    def session(self, back: int) -> "dict[str, int | str]":
        """Return the session `back` places before the last (0 = the last), by SESSION_NAMES."""
        at = _SESSIONS_AT + (self._next_session - 1 - back) % SESSIONS * _SESSION_BYTES
        entry = dict(zip(SESSION_NAMES, struct.unpack_from(_SESSION_FORMAT, self._image, at)))
        entry["program"] = entry["program"].rstrip(b"\0").decode()
        return entry

    def fault(self, back: int) -> "dict[str, int]":
        """Return the fault `back` places before the last (0 = the last), by FAULT_NAMES."""
        at = _FAULTS_AT + (self._next_fault - 1 - back) % FAULTS * _FAULT_BYTES
        return dict(zip(FAULT_NAMES, struct.unpack_from(_FAULT_FORMAT, self._image, at)))

    def _newest_session_at(self) -> int:
        return _SESSIONS_AT + (self._next_session - 1) % SESSIONS * _SESSION_BYTES

    def _change(self) -> None:
        struct.pack_into(
            _HEADING_FORMAT,
            self._image,
            0,
            self._sessions_begun,
            self._next_session,
            self._session_count,
            self._next_fault,
            self._fault_count,
        )
        self.revision += 1
