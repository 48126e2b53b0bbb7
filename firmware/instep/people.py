"""What the machine remembers of up to four people: levels and program of each, and who is at the machine.

No answer to a question and no level of a gentle session is among it.
"""

from array import array

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

PEOPLE_NAMES = ("A", "B", "C", "D")
# Stands for the program's own heat or minutes.
AS_PROGRAMMED = -1

# key, allowed values, default: first the machine's numbers, then those of a person.
NUMBERS = (
    ("who", tuple(range(len(PEOPLE_NAMES))), 0),
    ("waits_warm", (0, 1), 0),
    ("intensity", tuple(range(INTENSITY_MIN, INTENSITY_MAX + 1)), INTENSITY_NEW),
    ("pace", tuple(range(PACE_MIN, PACE_MAX + 1)), PACE_DEFAULT),
    ("feet", tuple(range(len(FEET_MASKS))), FEET_NAMES.index("both")),
    ("balance", tuple(range(-BALANCE_MAX, BALANCE_MAX + 1)), BALANCE_DEFAULT),
    ("sound", (SOUND_FAULTS, SOUND_ALL), SOUND_ALL),
    ("heat", (AS_PROGRAMMED,) + tuple(range(HEAT_OFF, HEAT_MAX + 1)), AS_PROGRAMMED),
    ("minutes", (AS_PROGRAMMED,) + MINUTES, AS_PROGRAMMED),
)
WHO, WAITS_WARM, INTENSITY, PACE, FEET, BALANCE, SOUND, HEAT, MINUTES_AT = range(9)
PERSON_AT = 2  # the first number of a person
PROGRAM_DEFAULT = "classic"


class People:
    """The machine's `values`, then those of each person; `programs` by person; `is_changed`: there is one to save."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everyone."""
        defaults = [row[2] for row in NUMBERS]
        self.values = array("b", defaults + defaults[PERSON_AT:] * (len(PEOPLE_NAMES) - 1))
        self.programs = [PROGRAM_DEFAULT] * len(PEOPLE_NAMES)
        self.is_changed = False

    def get(self, index: int) -> int:
        """Return a number of the machine, or of the person at it."""
        return self.values[place(index, self.values[WHO])]

    def put(self, index: int, value: int) -> None:
        """Change a number of the machine, or of the person at it; `value` has to be allowed."""
        at = place(index, self.values[WHO])
        if self.values[at] != value:
            self.values[at] = value
            self.is_changed = True

    def program(self) -> str:
        """Return the name of the program of the person at the machine."""
        return self.programs[self.values[WHO]]

    def put_program(self, name: str) -> None:
        """Change the program of the person at the machine."""
        if name != self.program():
            self.programs[self.values[WHO]] = name
            self.is_changed = True


def place(index: int, who: int) -> int:
    """Return where in `People.values` number `index` of a person is; the machine's are the same for everyone."""
    return index if index < PERSON_AT else index + who * (len(NUMBERS) - PERSON_AT)
