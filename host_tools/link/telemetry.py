"""What a board tells of itself, read from a frame."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from host_tools.link.errors import LinkError
from instep.axes import FEET
from instep.link import field_names, protocol
from instep.session import states

_MACHINE_BYTES = struct.calcsize(protocol.TELEMETRY_FORMAT)
_FOOT_BYTES = struct.calcsize(protocol.FOOT_FORMAT)
_MOTION_FOOT_BYTES = struct.calcsize(protocol.MOTION_FOOT_FORMAT)
_MOTION_HEAD_BYTES = struct.calcsize(protocol.MOTION_HEAD_FORMAT)

# The length of what a TELEMETRY is about.
_TOLD_BYTES = {
    protocol.TOLD_MACHINE: _MACHINE_BYTES,
    protocol.TOLD_LEFT: _FOOT_BYTES,
    protocol.TOLD_RIGHT: _FOOT_BYTES,
    protocol.TOLD_MOTION: _MOTION_HEAD_BYTES + FEET * _MOTION_FOOT_BYTES,
}


@dataclass(frozen=True)
class Telemetry:
    """The machine at one moment: values by `names.TELEMETRY_NAMES`, and for each foot by `names.FOOT_NAMES`."""

    machine: Mapping[str, int]
    feet: tuple[Mapping[str, int], Mapping[str, int]]

    def __getitem__(self, name: str) -> int:
        """Return one of the machine's values."""
        return self.machine[name]

    @property
    def state(self) -> int:
        """Return the session's state, of `states`."""
        return self.machine["state"]

    @property
    def is_session_running(self) -> bool:
        """Tell whether somebody is being asked, measured, massaged or let go."""
        return states.SCREENING <= self.state <= states.RETRACT

    def has(self, flag: int) -> bool:
        """Tell whether a FLAG_ of `messages` is set."""
        return bool(self.machine["flags"] & flag)


class Gathering:
    """Put together what a watched board tells by turns; `now` is None until all of it has come once."""

    def __init__(self) -> None:
        self.now: Telemetry | None = None
        self._told: dict[int, dict[str, int]] = {}

    def take(self, data: bytes) -> None:
        """Take a TELEMETRY message; raise LinkError for another layout."""
        about, data = (data[0], data[1:]) if data else (len(_TOLD_BYTES), data)
        if len(data) != _TOLD_BYTES.get(about):
            raise _other_layout()
        if about == protocol.TOLD_MACHINE:
            self._told[about] = _read_machine(data)
        elif about == protocol.TOLD_MOTION:
            self._move(data)
        else:
            self._told[about] = _read_foot(data)
        if len(self._told) == 1 + FEET:
            left, right = (dict(self._told[foot]) for foot in (protocol.TOLD_LEFT, protocol.TOLD_RIGHT))
            self.now = Telemetry(dict(self._told[protocol.TOLD_MACHINE]), (left, right))

    def _move(self, data: bytes) -> None:
        """Bring up to date what is known by now."""
        motion = dict(
            zip(field_names.MOTION_NAMES, struct.unpack_from(protocol.MOTION_HEAD_FORMAT, data), strict=True)
        )
        self._told.get(protocol.TOLD_MACHINE, {}).update(motion)
        for foot, about in enumerate((protocol.TOLD_LEFT, protocol.TOLD_RIGHT)):
            at = _MOTION_HEAD_BYTES + foot * _MOTION_FOOT_BYTES
            values = struct.unpack_from(protocol.MOTION_FOOT_FORMAT, data, at)
            self._told.get(about, {}).update(zip(field_names.MOTION_FOOT_NAMES, values, strict=True))


def read_telemetry(data: bytes) -> Telemetry:
    """Return what `data` of a STATUS reply says; raise LinkError for another layout."""
    if len(data) != _MACHINE_BYTES + FEET * _FOOT_BYTES:
        raise _other_layout()
    left, right = (_read_foot(data, _MACHINE_BYTES + foot * _FOOT_BYTES) for foot in range(FEET))
    return Telemetry(_read_machine(data), (left, right))


def _read_machine(data: bytes) -> dict[str, int]:
    return dict(zip(field_names.TELEMETRY_NAMES, struct.unpack_from(protocol.TELEMETRY_FORMAT, data), strict=True))


def _read_foot(data: bytes, at: int = 0) -> dict[str, int]:
    return dict(zip(field_names.FOOT_NAMES, struct.unpack_from(protocol.FOOT_FORMAT, data, at), strict=True))


def _other_layout() -> LinkError:
    return LinkError("The board's firmware tells of itself in another layout.", "Run `make flash`.")
