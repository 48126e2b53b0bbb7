"""What a session gives to a foot, in three figures: time touched, firm strokes, evenness of the dose.

The same figures are computed of a planned session (`program/plan.py`) and of a recorded one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from host_tools.massage import dose
from instep.axes import (
    HOLD_ARCH,
    HOLD_HEEL,
    SOLE_STROKE,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOP_STROKE,
)
from instep.levels import GENTLE_PRESS_MAX_MN
from instep.stroke.foot_scaling import STATION_PERMILLE
from instep.units import MILLI, MN_PER_N, PERMILLE, S_PER_MINUTE, UM_PER_MM

Rows = NDArray[np.int32]
Booleans = NDArray[np.bool_]

# An open jaw's servo stands within its dead band; a lifted roller's force is noise. Start value.
TOUCH_MN = 100
# Firm is what a gentle session never does.
FIRM_MN = GENTLE_PRESS_MAX_MN

HEADINGS = ("touched", "firm strokes", "dose on top", "dose on the sole")
MEANING = (
    f"Touched: share of the massage. Firm: a roller presses with more than {FIRM_MN // MN_PER_N} N. "
    "Dose: how many times the median of all touched places the greatest is."
)


@dataclass(frozen=True)
class FootFigures:
    """The figures of one foot; an evenness is None where no roller pressed."""

    touched: float
    firm_minutes: float
    top_evenness: float | None
    sole_evenness: float | None

    def texts(self) -> tuple[str, ...]:
        """Return the figures as text, in the order of HEADINGS."""
        evenness = (self.top_evenness, self.sole_evenness)
        doses = ("-" if value is None else f"{value:.1f} × median" for value in evenness)
        return f"{self.touched:.0%}", f"{self.firm_minutes:.1f} min", *doses


def figures_of(axes: Rows, force_mn: Rows, is_massage: Booleans, length_mm: float, row_s: float) -> FootFigures:
    """Return the figures of a foot.

    axes: a row each `row_s`, the foot's ten axes; force_mn: top and sole roller; is_massage: the row counts for times.
    """
    touched = is_touched(axes, force_mn, length_mm)[is_massage]
    firm: Booleans = (force_mn > FIRM_MN).any(axis=1) & is_massage
    evenness = [
        dose.evenness(
            dose.roller_dose(
                axes[:, stroke] / (length_mm * UM_PER_MM), force_mn[:, stroke] * row_s / MN_PER_N, length_mm
            )
        )
        for stroke in (TOP_STROKE, SOLE_STROKE)
    ]
    share = float(touched.mean()) if len(touched) else 0.0
    return FootFigures(share, float(firm.sum()) * row_s / S_PER_MINUTE, *evenness)


def is_touched(axes: Rows, force_mn: Rows, length_mm: float) -> Booleans:
    """Return in which rows a roller, a hold, the grip or the finger between two toes is at the foot."""
    station = np.clip(np.rint(axes[:, TOE_SELECT] / MILLI).astype(np.int64), 0, len(STATION_PERMILLE) - 1)
    toe_um = length_mm * UM_PER_MM * np.array(STATION_PERMILLE)[station] / PERMILLE
    by_hold = (axes[:, [TOE_GRIP, HOLD_ARCH, HOLD_HEEL]] > TOUCH_MN).any(axis=1)
    touched: Booleans = (force_mn > TOUCH_MN).any(axis=1) | by_hold | (axes[:, TOE_REACH] < toe_um)
    return touched
