"""The choices that decide a simulated session."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from instep.levels import INTENSITY_DEFAULT, PACE_DEFAULT
from sim.grades import IDEAL, TYPICAL

# How the simulated person answers the screening by default: `physician` = a physician was asked, `confirm` = goes on
# after the advice to ask one, `consent` = the physician consents, for feet that need care.
ANSWERS: Mapping[str, bool] = MappingProxyType(
    {
        "swollen": False,
        "warts": False,
        "blisters": False,
        "clot": False,
        "injury": False,
        "gout": False,
        "diabetes": False,
        "numb": False,
        "pregnant": False,
        "thinners": False,
        "physician": True,
        "consent": False,
        "confirm": True,
    }
)

# Room temperatures in which the machine may be used, °C.
AMBIENT_MIN_C = 10.0
AMBIENT_MAX_C = 35.0
AMBIENT_DEFAULT_C = 22.0

FEET_DEFAULT = "both"
PERSON_DEFAULT = "average"
# Of `instep sim` and `instep campaign`; a session that code asks for has nominal parts unless it says otherwise.
PARTS_DEFAULT = TYPICAL
SEED_DEFAULT = 1
SEED_MAX = 2**32 - 1


@dataclass(frozen=True)
class SimOptions:
    """Decide one simulated session: the same options give the same session, to the bit.

    program: path of a stroke program (.toml); person: path of a person (.toml).
    minutes, heat: None = the program's; heat is a name of `levels.HEAT_NAMES`, feet of `levels.FEET_NAMES`.
    answers: every key of ANSWERS. ambient_c: 10..35. seed: of all noise and parts. parts: one of `grades.GRADES`.
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
    parts: str = IDEAL
    answers: Mapping[str, bool] = field(default_factory=lambda: ANSWERS)
