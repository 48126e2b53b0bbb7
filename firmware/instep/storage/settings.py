"""What the machine remembers of the person's choices: a table of keys, each with its allowed values and default.

The record holds a line `key=value` for each. A key that is missing takes its default, so adding one needs no new
schema. Removing a key, or giving it another meaning, needs a function at the end of `_MIGRATIONS`.
"""

from instep.levels import (
    BALANCE_DEFAULT,
    BALANCE_MAX,
    FEET_MASKS,
    FEET_NAMES,
    HEAT_MAX,
    HEAT_OFF,
    INTENSITY_MAX,
    INTENSITY_MIN,
    INTENSITY_NEW,
    MINUTES,
    PACE_DEFAULT,
    PACE_MAX,
    PACE_MIN,
    SOUND_ALL,
    SOUND_FAULTS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# Stands for the program's own heat or minutes.
AS_PROGRAMMED = -1

# key, allowed values, default.
NUMBERS = (
    ("intensity", tuple(range(INTENSITY_MIN, INTENSITY_MAX + 1)), INTENSITY_NEW),
    ("pace", tuple(range(PACE_MIN, PACE_MAX + 1)), PACE_DEFAULT),
    ("heat", (AS_PROGRAMMED,) + tuple(range(HEAT_OFF, HEAT_MAX + 1)), AS_PROGRAMMED),
    ("minutes", (AS_PROGRAMMED,) + MINUTES, AS_PROGRAMMED),
    ("feet", tuple(range(len(FEET_MASKS))), FEET_NAMES.index("both")),
    ("waits_warm", (0, 1), 0),
    ("balance", tuple(range(-BALANCE_MAX, BALANCE_MAX + 1)), BALANCE_DEFAULT),
    ("sound", (SOUND_FAULTS, SOUND_ALL), SOUND_ALL),
)
PROGRAM = "program"
PROGRAM_DEFAULT = "classic"
PROGRAM_MAX_BYTES = 16
_PROGRAM_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_-"

# Entry n changes the texts by key of schema n + 1 in place into those of schema n + 2. Any key may be missing.
_MIGRATIONS: "tuple[Callable[[dict[str, str]], None], ...]" = ()
SCHEMA = 1 + len(_MIGRATIONS)

# More than twice the length of all lines.
MAX_BYTES = 256


class SettingError(ValueError):
    """A setting is refused; the text names the key and the allowed values."""


def _number(key: str, allowed: "tuple[int, ...]", value: "int | str") -> int:
    for number in allowed:
        if value == number or value == str(number):
            return number
    raise SettingError("%s: %s is not one of %s" % (key, value, ", ".join([str(number) for number in allowed])))


def _program(value: "int | str") -> str:
    name = str(value)
    if not 0 < len(name) <= PROGRAM_MAX_BYTES or [letter for letter in name if letter not in _PROGRAM_LETTERS]:
        raise SettingError("%s: %s is not 1 to %d of a-z, 0-9, _, -" % (PROGRAM, name, PROGRAM_MAX_BYTES))
    return name


def _lines(payload: bytes, refused: "list[str]") -> "dict[str, str]":
    """Return the values' texts by key; other lines than `key=value` go to `refused`."""
    texts: dict[str, str] = {}
    try:
        lines = payload.decode().split("\n")
    except UnicodeError:
        refused.append("settings: not text")
        return texts
    for line in lines:
        key, sign, value = line.partition("=")
        if sign:
            texts[key] = value
        elif line:
            refused.append("%s: not a line key=value" % line)
    return texts


class Settings:
    """The values by key; `refused` has a sentence for each key that the last `load` replaced by its default.

    `revision` grows with every change that is not saved yet.
    """

    def __init__(self) -> None:
        self.revision = 0
        self.refused: list[str] = []
        self._values: dict[str, int | str] = {}
        self._take({})

    def __getitem__(self, key: str) -> "int | str":
        """Return a value; KeyError for a key that is not in the table."""
        return self._values[key]

    def change(self, key: str, value: "int | str") -> None:
        """Change a setting to a number or its text; raise SettingError, and change nothing, if it is refused."""
        accepted = self._accept(key, value)
        if accepted != self._values[key]:
            self._values[key] = accepted
            self.revision += 1

    def load(self, payload: bytes, schema: int) -> None:
        """Load the values of a record written with `schema`; refused and missing keys take their defaults."""
        self.refused = []
        texts = _lines(payload, self.refused)
        for migrate in _MIGRATIONS[schema - 1 :]:
            migrate(texts)
        self._take(texts)
        if self.refused or schema != SCHEMA:
            self.revision += 1

    def payload(self) -> bytes:
        """Return the bytes to save."""
        keys = [row[0] for row in NUMBERS] + [PROGRAM]
        return "".join(["%s=%s\n" % (key, self._values[key]) for key in keys]).encode()

    def _take(self, texts: "dict[str, str]") -> None:
        for key, _, default in NUMBERS:
            self._values[key] = default
        self._values[PROGRAM] = PROGRAM_DEFAULT
        for key in texts:
            try:
                self._values[key] = self._accept(key, texts[key])
            except SettingError as error:
                self.refused.append(str(error))

    def _accept(self, key: str, value: "int | str") -> "int | str":
        if key == PROGRAM:
            return _program(value)
        for known, allowed, _ in NUMBERS:
            if key == known:
                return _number(key, allowed, value)
        raise SettingError("%s: not a setting" % key)
