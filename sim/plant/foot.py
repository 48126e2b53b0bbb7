"""The foot in its well: where its surface is, and with which force it pushes back.

A roller's press has a travel s (0 = lifted); the surface at place x along the foot is met at travel h(x). Beyond
it, spring and tissue carry the same force: k (s - h - d) = a d + b d^2 for the indentation d, solved in closed form.
The force is a continuous function of s and x. Masses are neglected: a roller is light for its spring.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from instep.units import MN_PER_N, PERMILLE
from sim.people import Person
from sim.plant.jit import compiled
from sim.plant.noise import bell

# The two surfaces.
TOP = 0
SOLE = 1

# Row of constants of one foot in its well, see `pack_foot`. Stiffness rows are N/m at first touch.
LENGTH_M = 0
SOLE_PLANE_M = 1  # travel at which ball and heel are met
ARCH_M = 2  # the arch is met this much later
HEEL_RADIUS_M = 3
TOE_HEIGHT_M = 4
RISE_M = 5  # from the toes to ANKLE_U
RAIL_M = 6  # lifted top roller above the sole's plane at x = 0
RAIL_SLOPE = 7
TOES_N_M = 8
BALL_N_M = 9
ARCH_N_M = 10
HEEL_N_M = 11
INSTEP_N_M = 12
STIFFENING_PER_M = 13  # b / a
SPRING_N_M = 14
ROLLER_RADIUS_M = 15
ROLLER_WIDTH_M = 16
CONSTANTS = 17

# Landmarks in shares of the foot's length, start values after the outline of an average foot.
TOES_U = 0.08
BALL_U = 0.28
ARCH_RISES_U = 0.32
ARCH_U = 0.55
HEEL_U = 0.80
WAIST_U = 0.50  # where the instep's height is taken
ANKLE_U = 0.85
TOE_PADS_M = 0.0025  # toe pads are met this much later than the ball
HEEL_STEEPEST = 2.0  # slope of the heel's back; the roller climbs no steeper edge

UM = 1e-6
MM = 1e-3

Floats = NDArray[np.float64]
States = NDArray[np.uint64]


@dataclass(frozen=True)
class Well:
    """Hold the places of rails, rollers and springs relative to a foot, SI units."""

    sole_plane_m: float
    top_rail_m: float
    top_rail_slope: float
    roller_radius_m: float
    roller_width_m: float
    spring_n_m: float

    @classmethod
    def from_toml(cls, figures: dict[str, Any]) -> "Well":
        """Take the well from the figures of `servo.toml`."""
        well = figures["well"]
        return cls(
            sole_plane_m=well["sole_plane_um"] * UM,
            top_rail_m=well["top_rail_um"] * UM,
            top_rail_slope=well["top_rail_permille"] / PERMILLE,
            roller_radius_m=well["roller_radius_um"] * UM,
            roller_width_m=well["roller_width_um"] * UM,
            spring_n_m=figures["press"]["spring_mn_per_mm"],
        )


def pack_foot(person: Person, foot: int, well: Well) -> Floats:
    """Return the row that the compiled functions read, LENGTH_M to ROLLER_WIDTH_M, for foot LEFT or RIGHT."""
    toe_height_m = person.toe_height_mm * MM
    rise_m = (person.instep_height_mm * MM - toe_height_m) / rise_share(WAIST_U)
    shape = (person.length_mm(foot) * MM, well.sole_plane_m, person.arch_height_mm * MM, person.heel_radius_mm * MM)
    top = (toe_height_m, rise_m, well.top_rail_m, well.top_rail_slope)
    tissue = (person.toes_n_per_mm, person.ball_n_per_mm, person.arch_n_per_mm, person.heel_n_per_mm)
    stiffness = tuple(n_per_mm / MM for n_per_mm in (*tissue, person.instep_n_per_mm))
    roller = (person.stiffening_per_mm / MM, well.spring_n_m, well.roller_radius_m, well.roller_width_m)
    return np.array((*shape, *top, *stiffness, *roller), dtype=np.float64)


def probe_offset_m(foot: Floats, travel_m: float, threshold_n: float, late_m: float) -> float:
    """Return foot length minus roller position when a roller that comes from behind the heel feels `threshold_n`.

    `late_m`: the way that the roller makes from that force until it is read. Valid on the heel's rounded end.
    """
    stiffness = foot[HEEL_N_M]
    depth = root(stiffness * foot[STIFFENING_PER_M], stiffness, threshold_n)
    over = travel_m - foot[SOLE_PLANE_M] - depth - threshold_n / foot[SPRING_N_M]
    radius = foot[HEEL_RADIUS_M] + foot[ROLLER_RADIUS_M]
    behind = math.sqrt(over * (2.0 * radius - over)) - foot[HEEL_RADIUS_M]
    return float(late_m - behind)


@compiled
def root(square: float, linear: float, constant: float) -> float:
    """Return the root >= 0 of square d^2 + linear d = constant, without cancellation."""
    return 2.0 * constant / (linear + math.sqrt(linear * linear + 4.0 * square * constant))


@compiled
def smooth(u: float, start: float, end: float) -> float:
    """Return 0 up to `start`, 1 from `end` on, and a curve without a kink between them."""
    part = min(1.0, max(0.0, (u - start) / (end - start)))
    return part * part * (3.0 - 2.0 * part)


@compiled
def rise_share(u: float) -> float:
    """Return the share of the rise from toes to ankle that lies before `u`: half straight, half an S."""
    return 0.5 * max(0.0, u) / ANKLE_U + 0.5 * smooth(u, 0.0, ANKLE_U)


@compiled
def heel_end(behind_m: float, radius_m: float) -> float:
    """Return how far the heel's rounded end draws back, `behind_m` past its start: an arc, then its tangent."""
    if behind_m <= 0.0:
        return 0.0
    arc_m = radius_m * HEEL_STEEPEST / math.sqrt(1.0 + HEEL_STEEPEST * HEEL_STEEPEST)
    arc_part_m = min(behind_m, arc_m)
    drawn_m = radius_m - math.sqrt(radius_m * radius_m - arc_part_m * arc_part_m)
    return drawn_m + HEEL_STEEPEST * (behind_m - arc_part_m)


@compiled
def surface_m(foot: Floats, side: int, x_m: float) -> float:
    """Return the travel at which the roller of `side` meets the foot at `x_m` from the toe tips."""
    u = x_m / foot[LENGTH_M]
    if side == TOP:
        return float(foot[RAIL_M] + foot[RAIL_SLOPE] * x_m - foot[TOE_HEIGHT_M] - foot[RISE_M] * rise_share(u))
    toes_m = TOE_PADS_M * (1.0 - smooth(u, TOES_U, BALL_U))
    arch_m = foot[ARCH_M] * (smooth(u, ARCH_RISES_U, ARCH_U) - smooth(u, ARCH_U, HEEL_U))
    behind_m = x_m - foot[LENGTH_M] + foot[HEEL_RADIUS_M]
    heel_m = heel_end(behind_m, foot[HEEL_RADIUS_M] + foot[ROLLER_RADIUS_M])
    return float(foot[SOLE_PLANE_M] + toes_m + arch_m + heel_m)


@compiled
def stiffness_n_m(foot: Floats, side: int, x_m: float) -> float:
    """Return the tissue's stiffness at first touch."""
    u = x_m / foot[LENGTH_M]
    ball = smooth(u, TOES_U, BALL_U)
    if side == TOP:
        return float(foot[TOES_N_M] + (foot[INSTEP_N_M] - foot[TOES_N_M]) * ball)
    front = foot[TOES_N_M] + (foot[BALL_N_M] - foot[TOES_N_M]) * ball
    middle = (foot[ARCH_N_M] - foot[BALL_N_M]) * smooth(u, BALL_U, ARCH_U)
    return float(front + middle + (foot[HEEL_N_M] - foot[ARCH_N_M]) * smooth(u, ARCH_U, HEEL_U))


@compiled
def indentation_m(foot: Floats, side: int, x_m: float, travel_m: float) -> float:
    """Return how deep the roller of `side` sinks in at `x_m` with its press at `travel_m`; 0 without contact."""
    beyond_m = travel_m - surface_m(foot, side, x_m)
    if beyond_m <= 0.0:
        return 0.0
    stiffness = stiffness_n_m(foot, side, x_m)
    spring = foot[SPRING_N_M]
    return float(root(stiffness * foot[STIFFENING_PER_M], stiffness + spring, spring * beyond_m))


@compiled
def force_n(foot: Floats, side: int, x_m: float, depth_m: float) -> float:
    """Return the force between roller and tissue at an indentation of `depth_m`."""
    return float(stiffness_n_m(foot, side, x_m) * depth_m * (1.0 + foot[STIFFENING_PER_M] * depth_m))


@compiled
def contact_m2(foot: Floats, depth_m: float) -> float:
    """Return the contact area: the roller's chord at `depth_m` times its width."""
    return float(2.0 * math.sqrt(depth_m * (2.0 * foot[ROLLER_RADIUS_M] - depth_m)) * foot[ROLLER_WIDTH_M])


@compiled
def press(foot: Floats, side: int, x_m: float, travel_m: float) -> tuple[float, float]:
    """Return force (N) and mean pressure (Pa) under the roller of `side`; both 0 without contact."""
    depth_m = indentation_m(foot, side, x_m, travel_m)
    if depth_m <= 0.0:
        return 0.0, 0.0
    force = force_n(foot, side, x_m, depth_m)
    return force, force / contact_m2(foot, depth_m)


@compiled
def sensed_mn(force: float, noise_n: float, states: States, stream: int) -> int:
    """Return one conversion of the force sensor for `force` in N: noise of standard deviation `noise_n`, whole mN."""
    return math.floor((force + noise_n * bell(states, stream)) * MN_PER_N + 0.5)
