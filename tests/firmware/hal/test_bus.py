"""The bus retries once, then counts a chip as silent; a held bus is left alone and freed, less and less often."""

import pytest

from instep.hal.bus import Bus, Port
from tests.emulator.chips.chip import RegisterChip
from tests.firmware.hal.wires import ChipBus

_ADDRESS = 0x20
_OTHER = 0x40


class Memory(RegisterChip):
    """A chip that acknowledges `accepts` bytes of a transfer."""

    def __init__(self, address):
        super().__init__(address)
        self.values = {}
        self.accepts = 99
        self._taken = 0

    def start(self, is_read):
        super().start(is_read)
        self._taken = 0

    def write(self, value):
        if self._taken == self.accepts:
            return False
        self._taken += 1
        return super().write(value)

    def write_register(self, register, value):
        self.values[register] = value

    def read_register(self, register):
        return self.values.get(register, 0)


class Rig:
    def __init__(self):
        self.wire = ChipBus()
        self.chip = Memory(_ADDRESS)
        self.other = Memory(_OTHER)
        self.wire.chips = {_ADDRESS: self.chip, _OTHER: self.other}
        self.freed = 0
        self.frees = True
        self.bus = Bus(self.wire, self.free)
        self.port = Port(self.bus, _ADDRESS, 1)
        self.other_port = Port(self.bus, _OTHER, 4)

    def free(self):
        self.freed += 1
        if self.frees:
            self.wire.is_held = False


@pytest.fixture
def rig():
    return Rig()


def test_written_bytes_are_read_back(rig):
    assert rig.port.write(b"\x05\x11\x22")
    into = bytearray(2)
    assert rig.port.read(b"\x05", into)
    assert into == b"\x11\x22"
    assert rig.bus.faults() == 0


def test_one_error_is_retried_and_not_a_fault(rig):
    rig.wire.deaf = 1
    assert rig.port.write(b"\x05\x11")
    rig.wire.deaf = 1
    assert rig.port.read(b"\x05", bytearray(1))
    assert rig.bus.faults() == 0
    assert rig.port.errors == 0


def test_two_errors_are_a_fault_until_the_chip_answers_again(rig):
    rig.wire.deaf = 2
    assert not rig.port.write(b"\x05\x11")
    assert rig.bus.faults() == 1
    assert rig.port.errors == 1
    assert rig.port.write(b"\x05\x11")
    assert rig.bus.faults() == 0


def test_a_silent_chip_is_not_asked_twice_every_time(rig):
    rig.chip.is_silent = True
    rig.port.write(b"\x05\x11")
    before = rig.wire.now_ns
    rig.port.write(b"\x05\x11")
    assert rig.wire.now_ns - before == 22_500
    assert not rig.port.read(b"\x05", bytearray(1))


def test_a_chip_that_does_not_take_every_byte_has_not_been_written(rig):
    rig.chip.accepts = 2
    assert not rig.port.write(b"\x05\x11\x22")
    assert rig.bus.faults() == 1


def test_a_register_that_is_not_acknowledged_is_not_read(rig):
    rig.chip.accepts = 0
    into = bytearray(b"\x77")
    assert not rig.port.read(b"\x05", into)
    assert into == b"\x77"
    assert rig.bus.faults() == 1


def test_invalid_data_has_bits_of_its_own_beside_silence(rig):
    rig.port.note_nonsense(True)
    rig.port.note_nonsense(True)
    rig.other.is_silent = True
    rig.other_port.write(b"\x00")
    assert rig.bus.faults() == 0x0104
    rig.port.note_nonsense(False)
    assert rig.bus.faults() == 4
    rig.other.is_silent = False
    rig.other_port.write(b"\x00")
    assert rig.bus.faults() == 0 == rig.bus.troubles


def test_a_held_bus_costs_one_time_limit_a_tick(rig):
    rig.wire.is_held = True
    for _ in range(10):
        assert not rig.port.write(b"\x05\x11")
        assert not rig.other_port.read(b"\x05", bytearray(1))
    assert rig.wire.now_ns == 3_000_000
    assert rig.bus.faults() == 5


def test_a_held_bus_is_freed_within_two_ticks(rig):
    rig.wire.is_held = True
    rig.port.write(b"\x05\x11")
    rig.bus.recover()
    assert rig.freed == 0
    rig.bus.recover()
    assert rig.freed == 1
    assert rig.port.write(b"\x05\x11")
    assert rig.bus.faults() == 0


def test_a_bus_that_stays_held_is_freed_less_and_less_often_and_then_at_once_again(rig):
    rig.wire.is_held = True
    rig.frees = False
    for _ in range(1_000):
        rig.bus.recover()
        rig.port.write(b"\x05\x11")
    # 1 + 2 + 4 + ... + 64, then every 64 ticks.
    assert 15 <= rig.freed <= 22
    assert rig.bus.recoveries == rig.freed
    rig.frees = True
    for _ in range(70):
        rig.bus.recover()
        rig.port.write(b"\x05\x11")
    assert rig.bus.faults() == 0
    rig.bus.recover()
    freed = rig.freed
    rig.wire.is_held = True
    rig.port.write(b"\x05\x11")
    rig.bus.recover()
    rig.bus.recover()
    assert rig.freed == freed + 1
