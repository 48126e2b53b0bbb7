"""A stroke program in memory, checked, in program units (see `instep/stroke/program.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# What a phase says beside technique, feet and repeats: numbers, and selections such as the toes.
Settings = Mapping[str, int | tuple[int, ...]]
# One step of a path: what moves, and where to.
Waypoint = Mapping[str, int]


@dataclass(frozen=True)
class Phase:
    """One technique, given `repeats` times; `waypoints` belong to `path` alone."""

    technique: str
    feet: str
    repeats: int
    settings: Settings = field(default_factory=dict)
    waypoints: tuple[Waypoint, ...] = ()
    is_closing: bool = False

    def number(self, key: str) -> int:
        """Return the setting `key` of a kind that is one number."""
        value = self.settings[key]
        assert isinstance(value, int)
        return value

    def selection(self, key: str) -> tuple[int, ...]:
        """Return the setting `key` of a kind that is a list of toes or gaps."""
        value = self.settings[key]
        assert isinstance(value, tuple)
        return value


@dataclass(frozen=True)
class Program:
    """A whole program; `minutes` 0 gives it once, `heat` is a name of `levels.HEAT_NAMES`."""

    name: str
    title: str
    about: str
    minutes: int
    heat: str
    phases: tuple[Phase, ...]


@dataclass(frozen=True)
class Lane:
    """One axis on its way to `target`; `rate` in 0.1 mm/s, 0 = the axis's own speed."""

    axis: int
    target: int
    rate: int = 0


# The lanes of a step start and arrive together; a stroke is a row of steps.
Step = tuple[Lane, ...]
Stroke = tuple[Step, ...]


@dataclass(frozen=True)
class Expansion:
    """What the machine does for a phase."""

    enter: tuple[Step, ...]
    strokes: tuple[Stroke, ...]
    leave: tuple[Step, ...]
