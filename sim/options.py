"""What a person may choose for a simulated session, checked and complete."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from instep.levels import INTENSITY_DEFAULT, PACE_DEFAULT
from sim.faults import Injection

# How the simulated person answers the screening, unless told otherwise: `physician` = one has been asked,
# `confirm` = goes on after being advised to ask one, `consent` = the physician's, for feet that need care.
ANSWERS: Mapping[str, bool] = MappingProxyType(
    {
        "swollen": False,
        "warts": False,
        "blisters": False,
        "gout": False,
        "diabetes": False,
        "numb": False,
        "physician": True,
        "consent": False,
        "confirm": True,
    }
)

# The rooms that the machine is made for, °C.
AMBIENT_MIN_C = 10.0
AMBIENT_MAX_C = 35.0
AMBIENT_DEFAULT_C = 22.0

FEET_DEFAULT = "both"
PERSON_DEFAULT = "average"
SEED_DEFAULT = 1
SEED_MAX = 2**32 - 1

# Where a live view starts, times real time.
LIVE_SPEED = 30.0

STDOUT = "-"


@dataclass(frozen=True)
class SimOptions:
    """One simulated session.

    program: path of a stroke program (.toml); person: path of a person (.toml).
    minutes, heat: None = what the program says; heat is a name of `levels.HEAT_NAMES`, feet of `levels.FEET_NAMES`.
    answers: every key of ANSWERS. ambient_c: 10..35.
    speed: times real time, None = as fast as it goes. headless: no live view.
    faults: what goes wrong, and when.
    serve_at: TCP port that the machine is operated over, 0 = any that is free; None = a person begins at its buttons.
    json_to: a path, or STDOUT; trace_to: CSV when it ends in .csv, else MCAP; None = not wanted.
    """

    program: Path
    person: Path
    minutes: int | None = None
    intensity: int = INTENSITY_DEFAULT
    pace: int = PACE_DEFAULT
    feet: str = FEET_DEFAULT
    heat: str | None = None
    ambient_c: float = AMBIENT_DEFAULT_C
    seed: int = SEED_DEFAULT
    answers: Mapping[str, bool] = field(default_factory=lambda: ANSWERS)
    faults: tuple[Injection, ...] = ()
    speed: float | None = None
    headless: bool = True
    json_to: Path | str | None = None
    trace_to: Path | None = None
    trace_every_tick: bool = False
    report_to: Path | None = None
    serve_at: int | None = None
