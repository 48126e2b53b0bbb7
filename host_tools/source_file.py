"""Read the files that people write, of limited size, as UTF-8 and TOML; report errors with their line."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from host_tools.errors import InstepError
from host_tools.program.lines import tokens
from host_tools.program.violations import RefusedFileError, Violation, printable
from host_tools.typography import foreign_characters

SOURCE_MAX_BYTES = 64 * 1024

KEY_PARTS_MAX = 16

_MARKS = "\n[]{},="
_OPENING, _CLOSING, _QUOTES = "[{", "]}", "\"'"
_ERROR_LINE = re.compile(r"\(at line (\d+), column \d+\)$")


_ALLOWED = "TOML, see https://toml.io"


@dataclass(frozen=True)
class TomlProblem:
    """Why a text is not TOML: the problem, its line and what is allowed there."""

    problem: str
    line: int
    allowed: str = _ALLOWED


class NotTomlError(ValueError):
    """A text that is not TOML; `problems` has at least one."""

    def __init__(self, *problems: TomlProblem) -> None:
        super().__init__(problems[0].problem)
        self.problems = problems


def read_source(path: Path, what: str, advice: str) -> bytes:
    """Return a file's bytes; raise InstepError if it is missing (with `advice`) or too long. `what` is its kind."""
    try:
        if path.exists() and not path.is_file():
            raise InstepError(f"{path} is not a file.", advice)
        with path.open("rb") as file:
            data = file.read(SOURCE_MAX_BYTES + 1)
    except FileNotFoundError:
        raise InstepError(f"There is no {what} {path}.", advice) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        message = f"{printable(str(path))} cannot be read: {reason}."
        raise InstepError(message, "Check its name and its rights.") from None
    if len(data) > SOURCE_MAX_BYTES:
        raise InstepError(f"{path} is larger than {SOURCE_MAX_BYTES} bytes.", "Shorten or split it.")
    return data


def decode_source(data: bytes, path: Path) -> str:
    """Return the text of a file; raise InstepError naming the line that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InstepError(f"{path}:{line}: is not UTF-8 text.", "Save it as UTF-8, or give another file.") from None


def parse_toml(text: str) -> dict[str, object]:
    """Return the content of a TOML text; raise NotTomlError."""
    _refuse_long_keys(text)
    try:
        return tomllib.loads(text)
    except RecursionError:
        problem, line = "is nested too deeply", _deepest_line(text)
    except tomllib.TOMLDecodeError as error:
        match = _ERROR_LINE.search(str(error))
        problem, line = f"is not valid TOML: {error}", int(match.group(1)) if match else text.count("\n") + 1
    except ValueError:
        # The one error of Python's own that tomllib does not convert: int() of too many digits.
        problem, line = "has a whole number of too many digits", _longest_number_line(text)
    typographic = [
        TomlProblem(f"has a {name} outside of a text", at, instead) for at, name, instead in foreign_characters(text)
    ]
    raise NotTomlError(*(typographic or [TomlProblem(problem, line)]))


def parse_document(text: str, file: str, advice: str) -> dict[str, object]:
    """Return the content of a TOML text; raise RefusedFileError with `advice`. `file` is the text's name."""
    try:
        return parse_toml(text)
    except NotTomlError as error:
        found = [Violation(file, it.line, "the file", "", it.problem, it.allowed) for it in error.problems]
        raise RefusedFileError(found, advice) from None


def _refuse_long_keys(text: str) -> None:
    """Raise NotTomlError for a key of many parts: tomllib's memory grows with the square of their number."""
    dots = 0
    for token, line in tokens(text):
        if token in _MARKS:
            dots = 0
        elif token[0] not in _QUOTES:
            dots += token.count(".")
        if dots >= KEY_PARTS_MAX:
            raise NotTomlError(TomlProblem(f"has a key of more than {KEY_PARTS_MAX} parts", line))


def _deepest_line(text: str) -> int:
    deepest = depth = 0
    at = 1
    for token, line in tokens(text):
        depth += (token in _OPENING) - (token in _CLOSING)
        if depth > deepest:
            deepest, at = depth, line
    return at


def _longest_number_line(text: str) -> int:
    return max((len(token), line) for token, line in tokens(text) if token[0].isdigit() or token[0] in "+-")[1]
