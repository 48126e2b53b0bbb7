"""Find the line of every key of a TOML file; Python's `tomllib` does not report lines.

Not a full parser: it runs after `tomllib` has accepted the text. A value that it does not recognise gets the line of
the table around it.
"""

import re
from collections.abc import Iterator, Mapping

# The path to a value: ("phase", 0, "waypoints", 2, "top_n").
Place = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""
      "{3}(?:\\.|[^\\])*?"{3,5} | '{3}.*?'{3,5}     # long strings
    | "(?:\\.|[^"\\\n])*" | '[^'\n]*'               # strings
    | \#[^\n]*                                      # comments
    | [\n\[\]{},=]                                  # marks
    | (?:\d{4}-\d\d-\d\d\ (?=\d))?[^\s\[\]{},=\#"']+  # keys and values; a date and its time are one
    """,
    re.VERBOSE | re.DOTALL,
)
_NEWLINE = "\n"
_END = ""


def lines_of(text: str) -> dict[Place, int]:
    """Return the line (from 1) of every key, table and array element of a valid TOML text."""
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.lines


def nearest_line(lines: Mapping[Place, int], place: Place) -> int:
    """Return the line of `place`, else of the innermost table around it, else 1."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


class _Scanner:
    """Walk the tokens of a text and record the line of each key, table and element."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self._tokens = tokens(text)
        self._line = 1
        self._newest: dict[Place, int] = {}  # the index of the newest table of each array of tables

    def scan(self) -> None:
        table: Place = ()
        while (token := self._next()) != _END:
            if token == "[":
                table = self._header()
            elif token != _NEWLINE:
                self._value(self._dotted(table, self._key(token, "=")), self._next())

    def _next(self) -> str:
        token, self._line = next(self._tokens, (_END, self._line))
        return token

    def _next_in_value(self) -> str:
        while (token := self._next()) == _NEWLINE:
            pass
        return token

    def _key(self, token: str, end: str) -> Place:
        """Return the parts of the dotted key that begins with `token`; read up to `end`."""
        parts: list[str] = []
        while token not in (end, _END):
            parts += [token[1:-1]] if token[0] in "\"'" else [part for part in token.split(".") if part]
            token = self._next()
        return tuple(parts)

    def _dotted(self, table: Place, key: Place) -> Place:
        """Return the place of a dotted key; the tables in the key get its line too."""
        for end in range(1, len(key)):
            self.lines.setdefault(table + key[:end], self._line)
        return table + key

    def _header(self) -> Place:
        """Read a table's header after its first bracket; return the place of the table."""
        token = self._next()
        is_array = token == "["
        parts = self._key(self._next() if is_array else token, "]")
        table: Place = ()
        for part in parts[:-1]:
            self.lines.setdefault((*table, part), self._line)
            table = self._newest_table((*table, part))
        table += parts[-1:]
        self.lines.setdefault(table, self._line)
        if is_array:
            self._next()
            self._newest[table] = self._newest.get(table, -1) + 1
        table = self._newest_table(table)
        self.lines[table] = self._line
        return table

    def _newest_table(self, place: Place) -> Place:
        return (*place, self._newest[place]) if place in self._newest else place

    def _value(self, place: Place, token: str) -> None:
        """Read the value that begins with `token`."""
        self.lines[place] = self._line
        if token == "[":
            index = 0
            while (token := self._next_in_value()) not in ("]", _END):
                if token == ",":
                    index += 1
                else:
                    self._value((*place, index), token)
        elif token == "{":
            while (token := self._next_in_value()) not in ("}", _END):
                if token != ",":
                    self._value(self._dotted(place, self._key(token, "=")), self._next_in_value())


def outside_texts(text: str) -> str:
    """Return `text` with blanks in place of what stands in quotes and in comments; its lines stay."""

    def blank(match: re.Match[str]) -> str:
        token = match.group()
        return re.sub(r"[^\n]", " ", token) if token[0] in "\"'#" else token

    return _TOKEN.sub(blank, text)


def tokens(text: str) -> Iterator[tuple[str, int]]:
    """Yield each token except comments, with its line."""
    line = 1
    for match in _TOKEN.finditer(text):
        token = match.group()
        if not token.startswith("#"):
            yield token, line
        line += token.count("\n")
