"""Read telemetry: the values of a board by name, from a STATUS reply or from the blocks that a watched board sends."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from host_tools.link.errors import LinkError
from instep.axes import FEET
from instep.link import protocol, telemetry_fields
from instep.session import states

_MACHINE_NAMES = tuple(row[0] for row in telemetry_fields.MACHINE)
_FOOT_NAMES = tuple(row[0] for row in telemetry_fields.FOOT)
_FEET_BLOCKS = (protocol.BLOCK_LEFT, protocol.BLOCK_RIGHT)

_BLOCK_BYTES = {
    protocol.BLOCK_MACHINE: telemetry_fields.MACHINE_BYTES,
    protocol.BLOCK_LEFT: telemetry_fields.FOOT_BYTES,
    protocol.BLOCK_RIGHT: telemetry_fields.FOOT_BYTES,
    protocol.BLOCK_MOTION: telemetry_fields.MOTION_HEAD_BYTES + FEET * telemetry_fields.MOTION_FOOT_BYTES,
}


@dataclass(frozen=True)
class Telemetry:
    """The machine at one moment: values by the field names of `telemetry_fields`, of the machine and of each foot."""

    machine: Mapping[str, int]
    feet: tuple[Mapping[str, int], Mapping[str, int]]

    def __getitem__(self, name: str) -> int:
        """Return a value of the machine's block."""
        return self.machine[name]

    @property
    def state(self) -> int:
        """Return the session's state, a constant of `instep.session.states`."""
        return self.machine["state"]

    @property
    def is_session_running(self) -> bool:
        """Return True from the questions until the feet are released."""
        return states.SCREENING <= self.state <= states.RETRACT

    def has(self, flag: int) -> bool:
        """Return True if a FLAG_ of `protocol` is set."""
        return bool(self.machine["flags"] & flag)


class TelemetryBlocks:
    """Combine the blocks that a watched board sends in turn; `latest` is None until each has come once."""

    def __init__(self) -> None:
        self.latest: Telemetry | None = None
        self._blocks: dict[int, dict[str, int]] = {}

    def add(self, data: bytes) -> None:
        """Add the data of a TELEMETRY frame; raise LinkError if their layout is unknown."""
        for block, values in read_frame(data).items():
            if data[0] == protocol.BLOCK_MOTION:
                # The fields that move, in the blocks that have come.
                self._blocks.get(block, {}).update(values)
            else:
                self._blocks[block] = values
        if len(self._blocks) == 1 + FEET:
            left, right = (dict(self._blocks[foot]) for foot in _FEET_BLOCKS)
            self.latest = Telemetry(dict(self._blocks[protocol.BLOCK_MACHINE]), (left, right))


def read_frame(data: bytes) -> dict[int, dict[str, int]]:
    """Return the values in the data of a TELEMETRY frame by the BLOCK_ that they belong to; raise LinkError."""
    if not data or len(data) - 1 != _BLOCK_BYTES.get(data[0]):
        raise _unknown_layout()
    block, data = data[0], data[1:]
    if block == protocol.BLOCK_MOTION:
        return _read_motion(data)
    return {block: _read_machine(data) if block == protocol.BLOCK_MACHINE else _read_foot(data)}


def _read_motion(data: bytes) -> dict[int, dict[str, int]]:
    """Return the machine's and the feet's fields that move."""
    values = struct.unpack_from(telemetry_fields.MOTION_HEAD_FORMAT, data)
    found = {protocol.BLOCK_MACHINE: dict(zip(telemetry_fields.MOTION_MACHINE, values, strict=True))}
    for foot, block in enumerate(_FEET_BLOCKS):
        at = telemetry_fields.MOTION_HEAD_BYTES + foot * telemetry_fields.MOTION_FOOT_BYTES
        values = struct.unpack_from(telemetry_fields.MOTION_FOOT_FORMAT, data, at)
        found[block] = dict(zip(telemetry_fields.MOTION_FOOT, values, strict=True))
    return found


def read_telemetry(data: bytes) -> Telemetry:
    """Return the values in the data of a STATUS reply; raise LinkError if their layout is unknown."""
    if len(data) != telemetry_fields.MACHINE_BYTES + FEET * telemetry_fields.FOOT_BYTES:
        raise _unknown_layout()
    left, right = (
        _read_foot(data, telemetry_fields.MACHINE_BYTES + foot * telemetry_fields.FOOT_BYTES) for foot in range(FEET)
    )
    return Telemetry(_read_machine(data), (left, right))


def _read_machine(data: bytes) -> dict[str, int]:
    return dict(zip(_MACHINE_NAMES, struct.unpack_from(telemetry_fields.MACHINE_FORMAT, data), strict=True))


def _read_foot(data: bytes, at: int = 0) -> dict[str, int]:
    return dict(zip(_FOOT_NAMES, struct.unpack_from(telemetry_fields.FOOT_FORMAT, data, at), strict=True))


def _unknown_layout() -> LinkError:
    return LinkError("The board's firmware sends telemetry in another layout.", "Run `instep flash`.")
