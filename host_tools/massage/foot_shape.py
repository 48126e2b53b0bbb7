"""The foot of `foot_outline` on the grid of the dose, as a signed distance, so that all edges are smooth."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from host_tools.foot_outline import TOES, Floats, body_outline, is_in_body, toe

CELL = 1 / 320  # grid pitch
U_MIN, U_MAX = -0.03, 1.03
V_MIN, V_MAX = -0.25, 0.25

_WEB = 0.012  # how far the skin rounds the corner between a toe and the body


@cache
def grid() -> tuple[Floats, Floats]:
    """Return the centres of the grid's cells: u of the rows, v of the columns."""
    rows = np.arange(U_MIN + CELL / 2, U_MAX, CELL)
    columns = np.arange(V_MIN + CELL / 2, V_MAX, CELL)
    return rows, columns


@cache
def toe_distance(number: int) -> Floats:
    """Return the signed distance to one toe on the grid, negative inside."""
    u, v = np.meshgrid(*grid(), indexing="ij")
    return toe(number).distance(u, v)


@cache
def foot_distance() -> Floats:
    """Return the signed distance to the whole foot on the grid, negative inside."""
    distance = _body_distance()
    toes = np.min([toe_distance(number) for number in range(1, TOES + 1)], axis=0)
    blend = np.clip(0.5 + (toes - distance) / (2 * _WEB), 0.0, 1.0)
    joined: Floats = toes + (distance - toes) * blend - _WEB * blend * (1 - blend)
    return joined


def inside() -> NDArray[np.bool_]:
    """Return which cells of the grid lie on the foot."""
    return foot_distance() < 0


def _body_distance() -> Floats:
    polygon = body_outline()
    u, v = np.meshgrid(*grid(), indexing="ij")
    cells = np.column_stack([u.ravel(), v.ravel()])
    nearest = np.full(len(cells), np.inf)
    for start, end in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        along = end - start
        part = np.clip((cells - start) @ along / (along @ along), 0.0, 1.0)
        offset = cells - start - part[:, None] * along
        nearest = np.minimum(nearest, np.einsum("ij,ij->i", offset, offset))
    sign = np.where(is_in_body(*grid()), -1.0, 1.0)
    distance: Floats = sign * np.sqrt(nearest).reshape(u.shape)
    return distance
