"""The digital thermometer on the skin side of a well: it shares no wire, converter or reference with the NTCs.

It follows the pad with a lag, may feel a part of the rise over the room only, and gives sixteenths of a degree
(Microchip's MCP9808: 0.0625 °C, typically 0.25 °C and at most 0.5 °C off between -20 and 100 °C).
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.plant.jit import compiled
from sim.plant.noise import bell

# State row of one thermometer.
FELT_C = 0  # the chip's own temperature
DRIFTED_K = 1
STATES = 2

# Row of constants of one thermometer.
OFFSET_K = 0
DRIFT_K_S = 1
LAG = 2  # share of a step that is left after a tick: exp(-tick / time constant)
LOST_RISE = 3  # share of the rise over the room that the chip does not feel, 0 = firm contact
IS_FROZEN = 4  # 1 = the value is frozen
NOISE_K = 5  # standard deviation of one conversion
CONSTANTS = 6

STEPS_PER_K = 16.0
CENTI_PER_K = 100.0

Floats = NDArray[np.float64]


@compiled
def read_thermometer(
    state: Floats,
    row: Floats,
    pad_c: float,
    ambient_c: float,
    last: int,
    noise: NDArray[np.uint64],
    stream: int,
    tick_s: float,
) -> int:
    """Let a thermometer follow its pad for a tick; return its value, 0.01 °C; `last` is the value before."""
    target_c = pad_c - row[LOST_RISE] * (pad_c - ambient_c)
    state[FELT_C] = target_c - row[LAG] * (target_c - state[FELT_C])
    state[DRIFTED_K] += row[DRIFT_K_S] * tick_s
    noise_k = 0.0
    if row[NOISE_K] > 0.0:
        noise_k = row[NOISE_K] * bell(noise, stream)
    if row[IS_FROZEN] != 0.0:
        return last
    celsius = state[FELT_C] + row[OFFSET_K] + state[DRIFTED_K] + noise_k
    return int(math.floor(celsius * STEPS_PER_K + 0.5) * CENTI_PER_K / STEPS_PER_K)
