"""The display as a picture, point by point, for looking at and for comparing."""

from collections.abc import Sequence

from PIL import Image

from instep.hal import font

WIDTH, HEIGHT = 128, 64
_CELL = 6
_POINTS = 8


def picture(rows: Sequence[str], pictures: Sequence[dict[int, bytes]]) -> Image.Image:
    """Return 128 by 64 points, white on black: eight rows of text and the columns that were drawn over them."""
    image = Image.new("1", (WIDTH, HEIGHT))
    for row, text in enumerate(rows):
        for column, character in enumerate(text):
            at = (ord(character) - font.FIRST) * font.WIDTH
            _draw(image, row, column * _CELL, font.GLYPHS[at : at + font.WIDTH])
        for column, columns in pictures[row].items():
            _draw(image, row, column, columns)
    return image


def _draw(image: Image.Image, row: int, column: int, columns: bytes) -> None:
    for x, points in enumerate(columns):
        for y in range(_POINTS):
            image.putpixel((column + x, row * _POINTS + y), points >> y & 1)
