"""The four NTCs and the converter that they share: from true temperatures to codes.

Each NTC follows its node with a lag and may feel a part of the rise over the room only. All four dividers hang on one
pull-up voltage, which the converter compares with its own reference; the two of a well share the cable's ground wire:

    ground = g r / (1 + g r), g = sum of 1 / (ntc + pull-up), r = the wire's resistance
    code = reference (ground + (1 - ground) ntc / (ntc + pull-up))

The neutral figures give the codes of `heat.ntc_code`, to the bit.
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.plant.heat import FULL_CODE, KELVIN, NTC_REFERENCE_K
from sim.plant.jit import compiled
from sim.plant.noise import bell

# State row of one NTC.
FELT_C = 0  # the bead's own temperature
DRIFTED_K = 1
OHM = 2
STATES = 3

# Row of constants of one NTC.
R25_OHM = 0
BETA_K = 1
PULL_UP_OHM = 2
OFFSET_K = 3
DRIFT_K_S = 4
LAG = 5  # share of a step that is left after a tick: exp(-tick / time constant)
LOST_RISE = 6  # share of the rise over the room that the bead does not feel, 0 = firm contact
IS_FROZEN = 7  # 1 = the code is frozen
CONSTANTS = 8

# Row of constants of the converter.
REFERENCE = 0  # pull-up voltage over the converter's reference
NOISE_CODES = 1  # standard deviation of one conversion
GROUND_OHM = 2  # of each well's ground wire, left and right
CHAIN_CONSTANTS = 4

Floats = NDArray[np.float64]


def ideal_row(r25_ohm: float, beta_k: float, pull_up_ohm: float) -> Floats:
    """Return the constants of an NTC that is as warm as its node."""
    return np.array((r25_ohm, beta_k, pull_up_ohm, 0.0, 0.0, 0.0, 0.0, 0.0))


@compiled
def feel(state: Floats, row: Floats, node_c: float, ambient_c: float, tick_s: float) -> None:
    """Let one NTC follow its node for a tick and set its resistance."""
    target_c = node_c - row[LOST_RISE] * (node_c - ambient_c)
    state[FELT_C] = target_c - row[LAG] * (target_c - state[FELT_C])
    state[DRIFTED_K] += row[DRIFT_K_S] * tick_s
    celsius = state[FELT_C] + row[OFFSET_K] + state[DRIFTED_K]
    per_kelvin = 1.0 / (celsius + KELVIN) - 1.0 / NTC_REFERENCE_K
    state[OHM] = row[R25_OHM] * math.exp(row[BETA_K] * per_kelvin)


@compiled
def ground_share(conductance_s: float, ground_ohm: float) -> float:
    """Return the common ground's voltage over the pull-up voltage; `conductance_s` is the sum of its dividers'."""
    product = conductance_s * ground_ohm
    return product / (1.0 + product)


@compiled
def convert(
    state: Floats, row: Floats, chain: Floats, ground: float, last: int, noise: NDArray[np.uint64], stream: int
) -> int:
    """Return one NTC's code 0..32767; `ground` is that of `ground_share`, `last` the code before."""
    noise_codes = chain[NOISE_CODES] * bell(noise, stream)
    if row[IS_FROZEN] != 0.0:
        return last
    ratio = ground + (1.0 - ground) * (state[OHM] / (state[OHM] + row[PULL_UP_OHM]))
    code = math.floor(chain[REFERENCE] * ratio * FULL_CODE + noise_codes + 0.5)
    return int(min(max(code, 0), FULL_CODE))
