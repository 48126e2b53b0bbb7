"""The quantities in which two sessions are compared, and how far apart is wide.

Causes stand before effects: of two that differ at the same moment, the first in this order is named.
"""

from dataclasses import dataclass

from instep.axes import FOOT_NAMES
from instep.units import CENTI, DECI, MILLI, UM_PER_MM


@dataclass(frozen=True)
class Quantity:
    """A field of a trace: its series, words, unit, raw values per unit, and the difference that counts as wide.

    `is_step`: the value stays until the next one, and any other value is a difference.
    """

    series: str
    words: str
    unit: str = ""
    per_unit: float = 1.0
    wide: float = 0.0
    is_step: bool = False


# Field, words, unit, raw values per unit, wide: a difference that a person notices, or that no tolerance explains
# (start values; the parts' tolerances stand in boards/reference/parts.toml).
_STEPS = (
    ("machine.state", "state of the session"),
    ("machine.fault", "fault"),
    ("machine.intensity", "intensity"),
    ("machine.pace", "pace"),
    ("machine.heat", "warmth"),
)
_FOOT_STEPS = (("is_in", "foot in its well"), ("technique", "technique"))
_FOOT = (
    ("top_target_mn", "set force of the top roller", "N", MILLI, 1.0),
    ("sole_target_mn", "set force of the sole roller", "N", MILLI, 1.0),
    ("top_um", "position of the top roller", "mm", UM_PER_MM, 10.0),
    ("sole_um", "position of the sole roller", "mm", UM_PER_MM, 10.0),
    ("top_mn", "force of the top roller", "N", MILLI, 3.0),
    ("sole_mn", "force of the sole roller", "N", MILLI, 3.0),
    ("station_milli", "toe station", "toes and gaps", MILLI, 0.5),
    ("reach_um", "reach of the toe unit", "mm", UM_PER_MM, 5.0),
    ("turn_deci_deg", "turn of the toe unit", "°", DECI, 3.0),
    ("grip_mn", "grip of the toe unit", "N", MILLI, 1.0),
    ("top_ma", "current of the top motor", "A", MILLI, 0.8),
    ("sole_ma", "current of the sole motor", "A", MILLI, 0.8),
    ("skin_centi_c", "temperature at the skin", "°C", CENTI, 1.0),
    ("element_centi_c", "temperature of the heating element", "°C", CENTI, 3.0),
)
_MACHINE = (("machine.supply_mv", "supply voltage", "V", MILLI, 0.5),)

QUANTITIES = (
    *(Quantity(series, words, is_step=True) for series, words in _STEPS),
    *(
        Quantity(f"{foot}.{field}", f"{words}, {foot}", is_step=True)
        for field, words in _FOOT_STEPS
        for foot in FOOT_NAMES
    ),
    *(
        Quantity(f"{foot}.{field}", f"{words}, {foot}", unit, per_unit, wide)
        for field, words, unit, per_unit, wide in _FOOT
        for foot in FOOT_NAMES
    ),
    *(Quantity(*row) for row in _MACHINE),
)
