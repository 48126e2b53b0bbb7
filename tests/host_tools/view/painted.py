"""Feet as the live view paints them."""

import numpy as np

from host_tools.view.feet import Toes, Touch, columns_for, paint_foot
from host_tools.view.raster import Image

PAPER = (16, 21, 27)
COLD = np.zeros(60)
FIRM_N = 25.0


def foot(
    rows: int, permille: float, *, left: bool, sole: bool, toes: Toes | None = None, force_n: float = FIRM_N
) -> Image:
    """Return one foot with a roller on it, seen from above or from below."""
    touch = Touch(permille, force_n, COLD)
    return paint_foot(rows, columns_for(rows), left=left, sole=sole, touch=touch, toes=toes, paper=PAPER)
