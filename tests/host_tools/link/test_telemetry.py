"""Reading telemetry from frames."""

import struct

import pytest

from host_tools.link.errors import LinkError
from host_tools.link.telemetry import TelemetryBlocks, read_telemetry
from instep.link import protocol, telemetry_fields


@pytest.mark.parametrize("size", [0, 10, 150, 152])
def test_a_status_of_another_layout_is_an_error_with_advice(size):
    with pytest.raises(LinkError, match="another layout"):
        read_telemetry(bytes(size))


@pytest.mark.parametrize("data", [b"", b"\0", b"\3" + bytes(99), b"\4" + bytes(39)])
def test_a_block_of_another_layout_is_an_error_with_advice(data):
    with pytest.raises(LinkError, match="another layout"):
        TelemetryBlocks().add(data)


def test_there_is_no_telemetry_before_every_block_has_come_once():
    blocks = TelemetryBlocks()
    blocks.add(bytes([protocol.BLOCK_MOTION]) + bytes(struct.calcsize(telemetry_fields.MOTION_HEAD_FORMAT) + 40))
    blocks.add(bytes([protocol.BLOCK_MACHINE]) + bytes(struct.calcsize(telemetry_fields.MACHINE_FORMAT)))
    blocks.add(bytes([protocol.BLOCK_LEFT]) + bytes(struct.calcsize(telemetry_fields.FOOT_FORMAT)))
    assert blocks.latest is None
    blocks.add(bytes([protocol.BLOCK_RIGHT]) + bytes(struct.calcsize(telemetry_fields.FOOT_FORMAT)))
    assert blocks.latest is not None and blocks.latest["ticks"] == 0
