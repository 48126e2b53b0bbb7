"""What a board tells of itself, read from a frame."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from host_tools.link.errors import LinkError
from instep.axes import FEET
from instep.link import messages, names
from instep.session import states

_MACHINE_BYTES = struct.calcsize(messages.TELEMETRY_FORMAT)
_FOOT_BYTES = struct.calcsize(messages.FOOT_FORMAT)


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


def read_telemetry(data: bytes) -> Telemetry:
    """Return what `data` of a TELEMETRY message says; raise LinkError for another layout."""
    if len(data) != _MACHINE_BYTES + FEET * _FOOT_BYTES:
        raise LinkError("The board's firmware tells of itself in another layout.", "Run `make flash`.")
    machine = struct.unpack_from(messages.TELEMETRY_FORMAT, data)
    feet = [
        struct.unpack_from(messages.FOOT_FORMAT, data, _MACHINE_BYTES + foot * _FOOT_BYTES) for foot in range(FEET)
    ]
    left, right = (dict(zip(names.FOOT_NAMES, values, strict=True)) for values in feet)
    return Telemetry(dict(zip(names.TELEMETRY_NAMES, machine, strict=True)), (left, right))
