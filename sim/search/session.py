"""Simulate a session with a program, and return the figures that a search compares."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from host_tools.program.check import check_text
from host_tools.program.compile import compile_program
from instep.axes import FEET, FOOT_NAMES
from instep.session.outcome import RESULT_DONE, RESULT_NAMES
from sim.code_digest import require_code
from sim.columns import recording_of
from sim.factory import prepare_image
from sim.options import SimOptions
from sim.people import path_of
from sim.report.dose import roller_dose
from sim.search.profile import AXES, Profiles, along, deviation
from sim.search.wish import Wish
from sim.summary import summarise

FILE = "found.toml"


@dataclass(frozen=True)
class Setting:
    """What the sessions of a search have in common. person: a shipped name, or the path of a .toml file."""

    person: str
    seed: int
    parts: str


@dataclass(frozen=True)
class Session:
    """What one program does in one session.

    text: the program file. is_whole: the session was not cut short. feet: the dose along each foot. lengths_mm: of the
    feet, as the machine measured them. peak_n: the greatest true force under a roller.
    """

    text: str
    is_whole: bool
    feet: Sequence[Profiles] = ()
    lengths_mm: Sequence[float] = ()
    peak_n: float = 0.0

    def is_comfortable(self, wish: Wish) -> bool:
        """Return True if the session was whole and kept the bounds of comfort."""
        return self.is_whole and self.peak_n <= wish.comfort.force_n

    def deviation(self, wish: Wish) -> float:
        """Return the mean difference from a wish, as a share of the mean wished dose; the session must be whole."""
        return deviation(wish, self.feet, self.lengths_mm)


def simulate(setting: Setting, code: str, text: str) -> Session:
    """Return the session of a program file's text; raise InstepError if the code of this process is not `code`."""
    require_code(code)
    options = SimOptions(Path(FILE), path_of(setting.person), seed=setting.seed, parts=setting.parts)
    simulation = prepare_image(options, compile_program(check_text(text, FILE)))
    simulation.run_out()
    summary = summarise(simulation, wall_s=0.0)
    if summary["result"] != RESULT_NAMES[RESULT_DONE]:
        return Session(text, is_whole=False)
    recording = recording_of(simulation, summary)
    feet = [{side: along(roller_dose(recording, foot, axis)) for side, axis in AXES.items()} for foot in range(FEET)]
    lengths_mm = [summary["fit_mm"][name] for name in FOOT_NAMES]
    return Session(text, True, feet, lengths_mm, summary["max_force_n"])
