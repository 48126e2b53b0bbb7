"""Exact steps of linear systems."""

import math

import numpy as np
from numpy.typing import NDArray

_TAYLOR_TERMS = 16
_HALVED_NORM = 0.25


def exponential(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the matrix exponential by Taylor's series of a halved matrix, squared back; error near rounding."""
    norm = max(float(np.abs(matrix).sum(axis=1).max()), _HALVED_NORM)
    halvings = max(0, math.ceil(math.log2(norm / _HALVED_NORM)))
    small = matrix / 2.0**halvings
    term = np.eye(len(matrix))
    total = term.copy()
    for order in range(1, _TAYLOR_TERMS):
        term = term @ small / order
        total += term
    for _ in range(halvings):
        total = total @ total
    return total
