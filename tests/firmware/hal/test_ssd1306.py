"""The display, on a model of its memory: texts and pictures arrive, piece by piece, and come back after a loss."""

import pytest

from instep.hal import font
from instep.hal.bus import Bus, Port
from instep.hal.ssd1306 import Ssd1306
from tests.emulator.chips.ssd1306 import Ssd1306 as Model
from tests.firmware.hal.wires import ChipBus

_ADDRESS = 0x3C
_WIDTH = 128


class Rig:
    def __init__(self):
        self.wire = ChipBus()
        self.model = Model(_ADDRESS)
        self.model.memory[:] = b"\xa5" * len(self.model.memory)
        self.wire.chips[_ADDRESS] = self.model
        self.bus = Bus(self.wire, lambda: None)
        self.display = Ssd1306(Port(self.bus, _ADDRESS, 16))
        self.settle()

    def settle(self):
        slices = 1
        while self.display.slack():
            slices += 1
            assert slices < 200
        return slices

    def row(self, row):
        return bytes(self.model.memory[row * _WIDTH : (row + 1) * _WIDTH])


def _drawn(text):
    columns = b""
    for character in text:
        at = (ord(character) - font.FIRST) * font.WIDTH
        columns += font.GLYPHS[at : at + font.WIDTH] + b"\0"
    return columns


@pytest.fixture
def rig():
    return Rig()


def test_it_is_cleared_before_it_is_switched_on():
    rig = Rig.__new__(Rig)
    Rig.__init__(rig)
    assert rig.model.is_on
    assert rig.model.is_charged
    assert not any(rig.model.memory)
    assert rig.model.unknown == []
    assert rig.wire.transfers[-1][1] == b"\x00\xaf"


def test_all_characters_are_shown_in_all_rows(rig):
    texts = [bytes(range(32 + 12 * row, 32 + 12 * row + 12)).ljust(21) for row in range(7)] + [b"~}|{zyx".rjust(21)]
    for row, text in enumerate(texts):
        rig.display.write_row(row, bytearray(text))
    rig.settle()
    for row, text in enumerate(texts):
        assert rig.row(row) == _drawn(text.decode()) + b"\0\0"


def test_what_cannot_be_shown_is_a_space(rig):
    rig.display.write_row(0, b"a\x80\x01b".ljust(21))
    rig.settle()
    assert rig.row(0)[:24] == _drawn("a  b")


def test_a_slice_takes_less_than_a_millisecond_on_the_bus(rig):
    rig.display.write_row(0, b"X" * 21)
    rig.display.write_row(7, b"Y" * 21)
    more = True
    while more:
        before = rig.wire.now_ns
        more = rig.display.slack()
        assert rig.wire.now_ns - before <= 680_000


def test_only_the_pieces_that_changed_are_sent(rig):
    rig.display.write_row(3, b"12:34 to go".ljust(21))
    rig.settle()
    rig.wire.transfers.clear()
    rig.display.write_row(3, b"12:35 to go".ljust(21))
    rig.settle()
    assert len(rig.wire.writes(_ADDRESS)) == 1
    rig.display.write_row(3, b"12:35 to go".ljust(21))
    rig.settle()
    assert rig.wire.writes(_ADDRESS) == []
    assert rig.row(3)[:66] == _drawn("12:35 to go")


def test_a_short_text_leaves_the_rest_of_its_row(rig):
    rig.display.write_row(2, b"abcdefghijklmnopqrstu")
    rig.settle()
    rig.display.write_row(2, b"ABC")
    rig.settle()
    assert rig.row(2)[:126] == _drawn("ABCdefghijklmnopqrstu")


def test_a_short_text_does_not_cut_a_longer_one_that_still_waits(rig):
    rig.display.write_row(2, b"abcdefghijklmnopqrstu")
    rig.display.write_row(2, b"ABC")
    rig.settle()
    assert rig.row(2)[:126] == _drawn("ABCdefghijklmnopqrstu")


def test_a_picture_lies_over_the_text_that_came_before_it(rig):
    rig.display.write_row(1, b"W" * 21)
    rig.display.draw(1, 60, bytearray(range(1, 31)))
    rig.settle()
    expected = bytearray(_drawn("W" * 21) + b"\0\0")
    expected[60:90] = bytes(range(1, 31))
    assert rig.row(1) == bytes(expected)


def test_the_same_text_wipes_a_picture(rig):
    rig.display.write_row(1, b"W" * 21)
    rig.display.draw(1, 55, bytearray([255] * 40))
    rig.settle()
    rig.display.write_row(1, b"W" * 21)
    rig.settle()
    assert rig.row(1)[:126] == _drawn("W" * 21)
    rig.display.draw(1, 100, bytearray([255] * 28))
    rig.display.write_row(1, b"W" * 21)
    rig.settle()
    assert rig.row(1) == _drawn("W" * 21) + b"\0\0"


def test_pictures_reach_both_edges(rig):
    rig.display.draw(0, 0, bytearray([1, 2]))
    rig.display.draw(0, 126, bytearray([3, 4]))
    rig.settle()
    assert rig.row(0)[:2] + rig.row(0)[126:] == bytes([1, 2, 3, 4])


def test_a_silent_display_does_not_eat_the_slack_and_shows_all_when_it_is_back(rig):
    rig.model.is_silent = True
    rig.display.write_row(5, b"while it was silent".ljust(21))
    assert rig.settle() <= 2
    assert rig.bus.faults() == 16
    rig.model.is_silent = False
    rig.model.memory[:] = bytes(1024)
    rig.model.power_up()
    rig.display.check()
    rig.settle()
    assert rig.bus.faults() == 0
    assert rig.model.is_on
    assert rig.row(5)[:114] == _drawn("while it was silent")


def test_a_display_that_was_reset_unseen_shows_all_again_within_6_seconds(rig):
    rig.display.write_row(0, b"INSTEP".ljust(21))
    rig.settle()
    rig.model.power_up()
    rig.model.memory[:] = bytes(1024)
    for _ in range(300):  # a check in two ticks
        rig.display.check()
        rig.settle()
    assert rig.model.is_on
    assert rig.row(0)[:36] == _drawn("INSTEP")


def test_asking_shows_nothing(rig):
    rig.display.write_row(0, b"INSTEP".ljust(21))
    rig.settle()
    before = bytes(rig.model.memory)
    rig.display.check()
    assert bytes(rig.model.memory) == before
    assert rig.model.is_on
