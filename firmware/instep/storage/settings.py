"""The record of what the machine remembers of people (see `people.py`), and the checks of every value in it.

The record holds a line `key=value` for each number of the machine, and for each person a line such as
`A=2,2,2,0,1,-1,-1,classic` with the person's numbers in the order of NUMBERS and the program. The numbers of skipped
techniques, if there are any, are in a line of their own such as `A_skips=0,16,8`: an earlier firmware, which a board
may fall back to, refuses that line and keeps the person. A line that is missing leaves the defaults. Another layout
needs a function at the end of `_MIGRATIONS`.
"""

from instep.people import NUMBERS, PEOPLE_NAMES, PERSON_AT, SKIPPED_ONCE, WHO, People, place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PROGRAM = "program"
PROGRAM_MAX_BYTES = 16
# Behind a person's name: the line of the numbers of skipped techniques, and their place among a person's numbers.
_SKIPS = "_skips"
_SKIPS_AT = SKIPPED_ONCE - PERSON_AT
_PROGRAM_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_-"


def _keep_one_person(texts: "dict[str, str]") -> None:
    """Leave the lines of schema 1 as they are: a level without a person's name belongs to the first person."""


# Entry n changes the texts by key of schema n + 1 in place into those of schema n + 2. Any key may be missing.
_MIGRATIONS: "tuple[Callable[[dict[str, str]], None], ...]" = (_keep_one_person,)
SCHEMA = 1 + len(_MIGRATIONS)

# Half as much again as the longest lines.
MAX_BYTES = 384


class SettingError(ValueError):
    """A setting is refused; the text names the key and the allowed values."""


def _number(key: str, allowed: "Sequence[int]", value: "int | str") -> int:
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
    """The values by key, of the person at the machine; `refused` has a sentence for each one that `load` refused.

    `revision` grows with every change that is not saved yet.
    """

    def __init__(self, people: "People | None" = None) -> None:
        self.people = people or People()
        self.revision = 0
        self.refused: list[str] = []

    def __getitem__(self, key: str) -> "int | str":
        """Return a value; raise SettingError for a key that is not in the table."""
        return self.people.program() if key == PROGRAM else self.people.get(_index(key))

    def change(self, key: str, value: "int | str") -> None:
        """Change a setting to a number or its text; raise SettingError, and change nothing, if it is refused."""
        before = self[key]
        self._put(key, value)
        if self[key] != before:
            self.revision += 1

    def load(self, payload: bytes, schema: int) -> None:
        """Load the values of a record written with `schema`; refused and missing ones take their defaults."""
        self.refused = []
        texts = _lines(payload, self.refused)
        for migrate in _MIGRATIONS[schema - 1 :]:
            migrate(texts)
        self._take(texts)
        if self.refused or schema != SCHEMA:
            self.revision += 1

    def payload(self) -> bytes:
        """Return the bytes to save."""
        people = self.people
        lines = self._texts(0, PERSON_AT)
        for who in range(len(PEOPLE_NAMES)):
            name = PEOPLE_NAMES[who]
            values = [str(people.values[place(index, who)]) for index in range(PERSON_AT, len(NUMBERS))]
            lines.append("%s=%s,%s\n" % (name, ",".join(values[:_SKIPS_AT]), people.programs[who]))
            skips = ",".join(values[_SKIPS_AT:])
            if skips != "0,0,0":
                lines.append("%s%s=%s\n" % (name, _SKIPS, skips))
        return "".join(lines).encode()

    def shown(self) -> str:
        """Return a line `key=value` for each value of the machine and of the person at it."""
        return "".join(self._texts(0, len(NUMBERS))) + "%s=%s\n" % (PROGRAM, self.people.program())

    def _texts(self, first: int, end: int) -> "list[str]":
        return ["%s=%d\n" % (NUMBERS[index][0], self.people.get(index)) for index in range(first, end)]

    def _take(self, texts: "dict[str, str]") -> None:
        """Take the values of a record into `people`, which begin with the defaults."""
        people = self.people
        people.reset()
        who = texts.pop(NUMBERS[WHO][0], "0")
        for key in texts:
            if key[:1] in PEOPLE_NAMES and key[1:] in ("", _SKIPS):
                self._take_person(key, texts[key])
            else:
                self._take_one(key, texts[key])
        self._take_one(NUMBERS[WHO][0], who)
        people.is_changed = False

    def _take_person(self, name: str, line: str) -> None:
        values = line.split(",")
        keys = [row[0] for row in NUMBERS[PERSON_AT:]]
        keys = keys[:_SKIPS_AT] + [PROGRAM] if len(name) == 1 else keys[_SKIPS_AT:]
        if len(values) != len(keys):
            self.refused.append("%s: not %d values" % (name, len(keys)))
            return
        self.people.put(WHO, PEOPLE_NAMES.index(name[0]))
        for key, value in zip(keys, values):
            self._take_one(key, value)
        self.people.put(WHO, 0)

    def _take_one(self, key: str, value: str) -> None:
        try:
            self._put(key, value)
        except SettingError as error:
            self.refused.append(str(error))

    def _put(self, key: str, value: "int | str") -> None:
        if key == PROGRAM:
            self.people.put_program(_program(value))
        else:
            index = _index(key)
            self.people.put(index, _number(key, NUMBERS[index][1], value))


def _index(key: str) -> int:
    """Return the place of a key in NUMBERS."""
    for index in range(len(NUMBERS)):
        if NUMBERS[index][0] == key:
            return index
    raise SettingError("%s: not a setting" % key)
