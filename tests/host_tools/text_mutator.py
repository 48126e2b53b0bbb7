"""Hurt program files as hands, editors and ill will do: told by a number, the same every time."""

import random
import re
from collections.abc import Callable

from host_tools.program.techniques import SETTINGS, WAYPOINT
from instep.stroke.program import FEET_MODES, TECHNIQUES

_TOKEN = re.compile(r'"[^"\n]*"|[\w.-]+|[^\w\s]')
_NUMBER = re.compile(r"(?<![\w.-])-?\d+(?:\.\d+)?(?![\w.-])")
_NUMBERS = (
    *("0", "-0", "1", "2", "3", "4", "5", "6", "8", "10", "15", "30", "60", "100", "200", "999", "1000", "1001"),
    *("-1", "0.5", "0.01", "0.001", "1.005", "2.5", "3.5", "35", "35.01", "1e3", "1e-9", "1e999", "-1e999", "nan"),
    *("inf", "0x10", "0b1", "1_000", "9223372036854775808", "1" * 400, "true", "1979-05-27", "07:32:00", '"5"'),
)
_MARKS = (*"=[]{}\"'\n#.,- ", "[[", "]]", '"""', "'''", "\\", "\\u0041", "\x00", "\x1b[2J", "\r", "\t", "\ufeff")
_LETTERS = ("é", "ß", "\U0001d538", "\u202e", "\u0301", "\u2028", "1", "“", "\xa0", "√", "\ud7ff", "\u0131", "\u200b")
_WORDS = (
    *TECHNIQUES,
    *FEET_MODES,
    *SETTINGS,
    *WAYPOINT,
    *("technique", "feet", "repeats", "waypoints", "minutes", "heat", "format", "name", "title", "about", "clear"),
    *("[[phase]]", "[[closing]]", "[phase]", "phase.technique", "name.x", '"low"', '"clear"', '"both"', "[]", "{}"),
)
_DEEDS_MAX = 4
_BOMB_ONE_IN = 60
_LIKELY = 3


def mutant(texts: tuple[str, ...], number: int) -> bytes:
    """Return the bytes of the mutant of that number."""
    chance = random.Random(number)
    text = chance.choice(texts)
    deeds: list[Callable[[str, random.Random], str]] = [_number, _number, _token, _token, _line, _mark, _letter, _word]
    for _ in range(chance.randrange(1, _DEEDS_MAX + 1)):
        text = chance.choice(deeds)(text, chance)
        if chance.randrange(_LIKELY) == 0:
            break
    if chance.randrange(_BOMB_ONE_IN) == 0:
        text = _bomb(text, chance)
    data = text.encode("utf-8", "surrogatepass")
    return _bytes(data, chance) if chance.randrange(20) == 0 else data


def _replaced(text: str, found: list[re.Match[str]], chance: random.Random, new: str) -> str:
    if not found:
        return text + new
    match = chance.choice(found)
    return text[: match.start()] + new + text[match.end() :]


def _number(text: str, chance: random.Random) -> str:
    return _replaced(text, list(_NUMBER.finditer(text)), chance, chance.choice(_NUMBERS))


def _token(text: str, chance: random.Random) -> str:
    """Put one of the file's own tokens, or nothing, in the place of another."""
    found = list(_TOKEN.finditer(text))
    new = chance.choice(found).group() if found and chance.randrange(4) else ""
    return _replaced(text, found, chance, new)


def _word(text: str, chance: random.Random) -> str:
    return _replaced(text, list(_TOKEN.finditer(text)), chance, chance.choice(_WORDS))


def _line(text: str, chance: random.Random) -> str:
    """Remove, double, move or join lines."""
    lines = text.splitlines(keepends=True) or [""]
    at, deed = chance.randrange(len(lines)), chance.randrange(5)
    line = lines.pop(at)
    if deed == 1:
        lines[at:at] = [line] * chance.choice((2, 3, 70))
    elif deed == 2:
        lines.insert(chance.randrange(len(lines) + 1), line)
    elif deed == 3:
        lines.insert(at, line.rstrip("\n"))
    elif deed == 4:
        chance.shuffle(lines)
    return "".join(lines)


def _inserted(text: str, chance: random.Random, new: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + new + text[at + chance.randrange(2) :]


def _mark(text: str, chance: random.Random) -> str:
    return _inserted(text, chance, chance.choice(_MARKS))


def _letter(text: str, chance: random.Random) -> str:
    return _inserted(text, chance, chance.choice(_LETTERS))


def _bomb(text: str, chance: random.Random) -> str:
    """Let the file be large, deep or long-winded."""
    size = chance.choice((40, 900, 5_000, 30_000))
    bombs = (
        f"x = {'[' * size}{']' * size}\n",
        f"x = {'{a=' * size}1{'}' * size}\n",
        f"x = {'9' * size}\n",
        f"x = 1e{'9' * size}\n",
        f"{'a.' * size}b = 1\n",
        f"[{'a.' * size}b]\n",
        f"{'a . ' * size}b = 1\n",
        f"[[{'phase.' * (size // 3)}b]]\n",
        f'about = """{chr(34) * 2 * (size // 9)}x"""\n',
        f"x = '{'é' * (size // 2)}'\n",
        "".join(f"x{index} = 1\n" for index in range(size // 10)),
        "".join(f"[x{index}]\n" for index in range(size // 10)),
        "[[phase]]\ntechnique = 'pull'\n" * (size // 30),
        f"waypoints = [{'{ top = 1 }, ' * (size // 14)}]\n",
        f"toes = [{'1, ' * (size // 4)}]\n",
        "#" * size + "\n",
        "\n" * size,
        f"{'x' * size} = 1\n",
    )
    lines = text.splitlines(keepends=True)
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(bombs))
    return "".join(lines)


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """Hurt bytes: what comes out may be no text."""
    at = chance.randrange(len(data) + 1)
    return chance.choice(
        (
            data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :],
            data[:at],
            data.decode("utf-8", "replace").encode("utf-16"),
            b"\xef\xbb\xbf" + data,
            data.replace(b"\n", b"\r\n"),
            data.replace(b"\n", b"\r"),
            b"ISTP" + data[:at],
            data * 40,
        )
    )
