"""Find characters that word processors and web pages put in place of those that TOML knows."""

import unicodedata

from host_tools.program.lines import outside_texts

# Character: what to type for it.
_DOUBLE, _SINGLE, _BLANK, _MINUS = 'type "', "type '", "type a plain blank", "type a plain -"
_INSTEAD = {
    **dict.fromkeys("\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}", _DOUBLE),
    **dict.fromkeys("\N{DOUBLE LOW-9 QUOTATION MARK}\N{FULLWIDTH QUOTATION MARK}", _DOUBLE),
    **dict.fromkeys(
        "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}", _DOUBLE
    ),
    **dict.fromkeys("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}", _SINGLE),
    **dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}\N{EN SPACE}\N{EM SPACE}", _BLANK),
    **dict.fromkeys("\N{IDEOGRAPHIC SPACE}\N{THIN SPACE}", _BLANK),
    **dict.fromkeys("\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}", _MINUS),
    **dict.fromkeys("\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\N{WORD JOINER}", "delete it"),
    "\N{FULLWIDTH EQUALS SIGN}": "type =",
    "\N{FULLWIDTH COMMA}": "type ,",
}


def foreign_characters(text: str) -> list[tuple[int, str, str]]:
    """Return line, name and remedy of every such character outside texts and comments, each once a line."""
    found = []
    for number, line in enumerate(outside_texts(text).split("\n"), 1):
        for character in dict.fromkeys(line):
            if character in _INSTEAD:
                found.append((number, unicodedata.name(character).lower(), _INSTEAD[character]))
    return found
