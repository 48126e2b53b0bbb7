"""A stroke program in memory, checked, in program units (see `instep/stroke/program.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# The settings of a phase beside technique, feet and repeats: numbers, and selections such as the toes.
Settings = Mapping[str, int | tuple[int, ...]]
# One step of a path: the target of each axis that moves.
Waypoint = Mapping[str, int]


@dataclass(frozen=True)
class Phase:
    """One technique, repeated `repeats` times; only a `path` has `waypoints`."""

    technique: str
    feet: str
    repeats: int
    settings: Settings = field(default_factory=dict)
    waypoints: tuple[Waypoint, ...] = ()
    is_closing: bool = False

    def number(self, key: str) -> int:
        """Return the setting `key`, which is one number."""
        value = self.settings[key]
        assert isinstance(value, int)
        return value

    def selection(self, key: str) -> tuple[int, ...]:
        """Return the setting `key`, which is a list of toes or gaps."""
        value = self.settings[key]
        assert isinstance(value, tuple)
        return value


@dataclass(frozen=True)
class Program:
    """A whole program; with `minutes` 0 it runs once; `heat` is a name of `levels.HEAT_NAMES`."""

    name: str
    title: str
    about: str
    minutes: int
    heat: str
    phases: tuple[Phase, ...]


@dataclass(frozen=True)
class Lane:
    """The move of one axis to `target`; `rate` in 0.1 mm/s, 0 = the axis's own speed."""

    axis: int
    target: int
    rate: int = 0


# The lanes of a step start and arrive together; a stroke is a sequence of steps.
Step = tuple[Lane, ...]
Stroke = tuple[Step, ...]


@dataclass(frozen=True)
class Expansion:
    """The steps that the machine plays for a phase."""

    enter: tuple[Step, ...]
    strokes: tuple[Stroke, ...]
    leave: tuple[Step, ...]
