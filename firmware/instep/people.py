"""What the machine remembers of up to four people: levels and program of each, and who is at the machine.

No answer to a question and no level of a gentle session is among it.
"""

from array import array

from instep.axes import TICKS_PER_S
from instep.levels import (
    BALANCE_DEFAULT,
    BALANCE_MAX,
    FEET_BOTH,
    FEET_MASKS,
    HEAT_MAX,
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

# Massage since the machine was cleaned, in units of five minutes; after ten hours the start page suggests it.
UNCLEANED_TICKS = 5 * 60 * TICKS_PER_S
UNCLEANED_MAX = 120

# A bit for each technique of `stroke/program.py`, which is not imported here; a test compares them.
_TECHNIQUES = range(1 << 7)

# key, allowed values, default: first the machine's numbers, then those of a person.
NUMBERS = (
    ("who", range(len(PEOPLE_NAMES)), 0),
    ("waits_warm", (0, 1), 0),
    ("uncleaned", range(UNCLEANED_MAX + 1), 0),
    ("intensity", range(INTENSITY_MIN, INTENSITY_MAX + 1), INTENSITY_NEW),
    ("pace", range(PACE_MIN, PACE_MAX + 1), PACE_DEFAULT),
    ("feet", range(len(FEET_MASKS)), FEET_BOTH),
    ("balance", range(-BALANCE_MAX, BALANCE_MAX + 1), BALANCE_DEFAULT),
    ("sound", (SOUND_FAULTS, SOUND_ALL), SOUND_ALL),
    ("heat", range(AS_PROGRAMMED, HEAT_MAX + 1), AS_PROGRAMMED),
    ("minutes", (AS_PROGRAMMED,) + MINUTES, AS_PROGRAMMED),
    ("skipped_once", _TECHNIQUES, 0),
    ("skipped_twice", _TECHNIQUES, 0),
    ("left_out", _TECHNIQUES, 0),
)
WHO, WAITS_WARM, UNCLEANED, INTENSITY, PACE, FEET, BALANCE, SOUND, HEAT, MINUTES_AT = range(10)
PERSON_AT = 3  # the first number of a person
SKIPPED_ONCE, SKIPPED_TWICE, LEFT_OUT = range(10, 13)
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

    def add_massage(self, ticks: int) -> None:
        """Count a massage for the time since the machine was cleaned."""
        units = (ticks + UNCLEANED_TICKS // 2) // UNCLEANED_TICKS
        self.put(UNCLEANED, min(UNCLEANED_MAX, self.get(UNCLEANED) + units))

    def note_skips(self, given: int, skipped: int, skipped_twice: int) -> None:
        """Count the skips of a session, a bit for each technique; what was given to its end counts from 0 again.

        A technique that is skipped twice, in one session or in two of those that give it, is offered to be left out.
        """
        kept = ~given | skipped
        once = self.get(SKIPPED_ONCE)
        skipped_twice = (self.get(SKIPPED_TWICE) | skipped_twice | once & skipped) & kept
        self.put(SKIPPED_TWICE, skipped_twice)
        self.put(SKIPPED_ONCE, (once | skipped) & kept & ~skipped_twice)

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
