"""The display's letters: drawn whole, and the firmware's table is made of the drawings as they are."""

import pytest

from host_tools.font.make import DRAWINGS, TABLE, read, table
from instep.hal import font

GLYPHS = read(DRAWINGS.read_text())


def test_the_firmware_has_the_letters_as_they_are_drawn():
    assert TABLE.read_text() == table(GLYPHS), "run: python -m host_tools.font.make"
    assert len(font.GLYPHS) == (font.LAST - font.FIRST + 1) * font.WIDTH


def test_every_printable_character_is_drawn_once_and_unlike_the_others():
    assert sorted(GLYPHS) == [chr(code) for code in range(font.FIRST, font.LAST + 1)]
    assert len(set(GLYPHS.values())) == len(GLYPHS)


def test_bit_0_of_a_column_is_its_top():
    assert GLYPHS["T"] == bytes([0x01, 0x01, 0x7F, 0x01, 0x01])


@pytest.mark.parametrize("broken", ["A\n.....\n", "A B\n" + "..... .....\n" * 7 + ".....\n", "A\n" + "..x..\n" * 8])
def test_a_drawing_that_is_not_whole_is_refused_with_its_line(broken):
    with pytest.raises(ValueError, match="line 4"):
        read("title\ntitle\n\n" + broken)
