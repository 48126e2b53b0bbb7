"""Make the firmware's table of glyphs from `glyphs.txt`; `python -m host_tools.font.make` writes it."""

from pathlib import Path

from instep.hal import font

DRAWINGS = Path(__file__).with_name("glyphs.txt")
TABLE = Path(font.__file__)

_FIRST = ord(" ")
_LAST = ord("~")
_WIDTH = 5
_HEIGHT = 8
_PER_LINE = 8

_HEAD = f'''"""The display's letters, made from host_tools/font/glyphs.txt; do not edit.

{_WIDTH} bytes a character from the space to the tilde, a column each, its top point in bit 0.
"""

FIRST = {_FIRST}
LAST = {_LAST}
WIDTH = {_WIDTH}
GLYPHS = (
'''


def read(text: str) -> dict[str, bytes]:
    """Return the columns of every drawn character; raise ValueError naming a malformed line."""
    lines = text.rstrip("\n").split("\n")[3:]
    glyphs: dict[str, bytes] = {}
    for at in range(0, len(lines), _HEIGHT + 1):
        # The characters of a row are separated by spaces; the very first character is the space.
        names = lines[at][::2]
        rows = [line.split(" ") for line in lines[at + 1 : at + 1 + _HEIGHT]]
        if len(rows) != _HEIGHT or any(len(row) != len(names) for row in rows):
            raise ValueError(f"line {at + 4}: {len(names)} characters need {_HEIGHT} rows of as many pictures")
        for index, name in enumerate(names):
            glyphs[name] = _columns([row[index] for row in rows], at + 4)
    return glyphs


def _columns(picture: list[str], line: int) -> bytes:
    if any(len(row) != _WIDTH or set(row) - {".", "#"} for row in picture):
        raise ValueError(f"line {line}: a picture has {_WIDTH} columns of . and #")
    return bytes(sum((row[column] == "#") << y for y, row in enumerate(picture)) for column in range(_WIDTH))


def table(glyphs: dict[str, bytes]) -> str:
    """Return the source of the firmware's table."""
    characters = [chr(code) for code in range(_FIRST, _LAST + 1)]
    lines = []
    for at in range(0, len(characters), _PER_LINE):
        columns = b"".join(glyphs[name] for name in characters[at : at + _PER_LINE])
        lines.append('    b"' + "".join(f"\\x{column:02x}" for column in columns) + '"\n')
    return _HEAD + "".join(lines) + ")\n"


def main() -> None:
    """Write the table."""
    TABLE.write_text(table(read(DRAWINGS.read_text())))
    print(f"The letters are in {TABLE.name}.")


if __name__ == "__main__":
    main()
