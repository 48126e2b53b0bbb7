"""Define the settings of each technique: ranges and defaults.

The defaults are those of the `classic` massage, in the units of a program file; all are start values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from instep.axes import HOLD_ARCH, RATE_PER_S, TICKS_PER_S, TOE_GRIP, TOE_REACH, TOE_TURN, TOP_PRESS, TOP_STROKE
from instep.stroke.program import AXIS_WAIT, TECHNIQUES
from instep.stroke.taper import TAPER_MAX_PERCENT
from instep.stroke.verify import RATE_MAX_DECI_MM_S, REPEATS_MAX, target_range
from instep.units import CENTI, CN_PER_N, DECI, UM_PER_MM

# The settings that no lane holds: how much of its force a roller keeps at the two ends of its way.
TIPS_KEY, END_KEY = "force_tips_percent", "force_end_percent"

TOES = 5
GAPS = 4
SLIDES_MIN, SLIDES_MAX = 2, 3
WAYPOINTS_MAX = 200

# A slower roller looks like a stopped one. Start values.
ROLLER_RATE_MIN_DECI_MM_S = 50
TOE_RATE_MIN_DECI_MM_S = 20
_TOE_RATE_MAX_DECI_MM_S = RATE_PER_S[TOE_REACH] * DECI // UM_PER_MM


@dataclass(frozen=True)
class Number:
    """A number between two bounds in program units, `per_unit` of which make one unit of the file."""

    unit: str
    per_unit: int
    minimum: int
    maximum: int

    @property
    def allowed(self) -> str:
        """Return the allowed range as text."""
        text = f"{self.text(self.minimum)} to {self.text(self.maximum)} {self.unit}".rstrip()
        return text if self.per_unit == 1 else f"{text} in steps of {self.text(1)}"

    def text(self, value: int) -> str:
        """Return a value in the unit of the file."""
        return str(value) if self.per_unit == 1 else f"{value / self.per_unit:g}"


@dataclass(frozen=True)
class Selection:
    """A list of different toes or gaps, numbered from 1 at the big toe."""

    maximum: int

    @property
    def allowed(self) -> str:
        """Return the allowed range as text."""
        return f"a list of different whole numbers, 1 to {self.maximum}"


def _number(axis: int, unit: str, per_unit: int) -> Number:
    return Number(unit, per_unit, *target_range(axis))


_FORCE = _number(TOP_PRESS, "N", CN_PER_N)
_HOLD = _number(HOLD_ARCH, "N", CN_PER_N)
_GRIP = _number(TOE_GRIP, "N", CN_PER_N)
_TURN = _number(TOE_TURN, "degrees", DECI)
_SPEED = Number("mm/s", DECI, ROLLER_RATE_MIN_DECI_MM_S, RATE_MAX_DECI_MM_S)
_TOE_SPEED = Number("mm/s", DECI, TOE_RATE_MIN_DECI_MM_S, _TOE_RATE_MAX_DECI_MM_S)
_ANY_SPEED = Number("mm/s", DECI, TOE_RATE_MIN_DECI_MM_S, RATE_MAX_DECI_MM_S)
_PLACE = _number(TOP_STROKE, "‰", 1)
_SHARE = Number("%", 1, CENTI - TAPER_MAX_PERCENT, CENTI)
_TIME = _number(AXIS_WAIT, "s", TICKS_PER_S)

REPEATS = Number("", 1, 1, REPEATS_MAX)

SETTINGS: Mapping[str, Number | Selection] = MappingProxyType(
    {
        "force_out_n": _FORCE,
        "force_back_n": _FORCE,
        TIPS_KEY: _SHARE,
        END_KEY: _SHARE,
        "speed_out_mm_s": _SPEED,
        "speed_back_mm_s": _SPEED,
        "draw_mm_s": _TOE_SPEED,
        "slide_mm_s": _TOE_SPEED,
        "hold_n": _HOLD,
        "grip_n": _GRIP,
        "turn_deg": Number("degrees", DECI, 0, _TURN.maximum),
        "toes": Selection(TOES),
        "gaps": Selection(GAPS),
        "slides": Number("", 1, SLIDES_MIN, SLIDES_MAX),
        "seconds": _TIME,
    }
)

WAYPOINT: Mapping[str, Number] = MappingProxyType(
    {
        "top": _PLACE,
        "sole": _PLACE,
        "top_n": _FORCE,
        "sole_n": _FORCE,
        "toe": Number("", 1, 1, TOES),
        "gap": Number("", 1, 1, GAPS),
        "reach": _PLACE,
        "turn_deg": _TURN,
        "grip_n": _GRIP,
        "arch_n": _HOLD,
        "heel_n": _HOLD,
        "wait_s": _TIME,
        "speed_mm_s": _ANY_SPEED,
    }
)

# Which settings a technique has, and what they are by default. `path` has waypoints instead.
_EVEN: Mapping[str, object] = {TIPS_KEY: 100, END_KEY: 100}
_LIGHT = {"force_out_n": 8.0, "force_back_n": 5.0, "speed_out_mm_s": 25.0, "speed_back_mm_s": 25.0}
_STROKE = {"force_out_n": 25.0, "force_back_n": 8.0, "speed_out_mm_s": 30.0, "speed_back_mm_s": 30.0}
DEFAULTS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "smooth": {**_LIGHT, **_EVEN},
        "top": {**_STROKE, "hold_n": 10.0, **_EVEN},
        "sole": {**_STROKE, "speed_out_mm_s": 40.0, "speed_back_mm_s": 40.0, **_EVEN},
        "pull": {
            "toes": [1, 2, 3, 4, 5],
            "hold_n": 10.0,
            "grip_n": 3.5,  # 4.55 N at the maximum intensity, below the toe's limit of 5 N
            "turn_deg": 8.0,
            "draw_mm_s": 10.0,
            "slide_mm_s": 30.0,
        },
        "slide": {"gaps": [1, 2, 3, 4], "slides": 2, "hold_n": 10.0, "slide_mm_s": 25.0},
        "rest": {"seconds": 5.0},
        "path": {},
    }
)
DEFAULT_REPEATS = MappingProxyType({"smooth": 2, "top": 2, "sole": 2, "pull": 1, "slide": 1, "rest": 1, "path": 1})
DEFAULT_FEET = MappingProxyType(dict.fromkeys(TECHNIQUES, "each") | {"smooth": "both", "rest": "both", "path": "both"})
