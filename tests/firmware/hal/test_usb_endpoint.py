"""The serial line's endpoint in the USB controller's memory and registers (RP2040 data sheet, 4.1.2.5 and 4.1.4)."""

from instep.hal.usb_endpoint import UsbEndpoint

CONTROL_OF_EP2_IN = 0x5010_0010
BUFFER_OF_EP2_IN = 0x5010_0090
SOF_RD = 0x5011_0048
ENABLE = 1 << 31
AVAILABLE = 1 << 10
DATA1 = 1 << 13


class Halves(dict[int, int]):
    """`machine.mem16` of some registers, given as words."""

    def __getitem__(self, address):
        return self.get(address & ~3, 0) >> 8 * (address & 2) & 0xFFFF


def test_the_endpoint_is_open_while_the_controller_serves_it():
    registers = Halves()
    endpoint = UsbEndpoint(registers)
    assert not endpoint.is_open()
    registers[CONTROL_OF_EP2_IN] = ENABLE | 0x180
    assert endpoint.is_open()


def test_a_packet_that_waits_has_no_mark_and_the_next_has_another():
    registers = Halves()
    endpoint = UsbEndpoint(registers)
    registers[BUFFER_OF_EP2_IN] = AVAILABLE | 10
    assert endpoint.packet() == -1
    registers[BUFFER_OF_EP2_IN] = 10
    first = endpoint.packet()
    registers[BUFFER_OF_EP2_IN] = DATA1 | 10
    assert 0 <= endpoint.packet() != first >= 0


def test_the_frames_are_those_of_the_bus():
    registers = Halves({SOF_RD: 0x7FF})
    assert UsbEndpoint(registers).frame() == 0x7FF
