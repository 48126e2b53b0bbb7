"""A roller's force sensor: from the true force to the number that is read.

Lag, gain, offset and drift describe a sound sensor within its tolerance, or a broken one. The neutral figures give the
true force plus noise, to the bit.
"""

import numpy as np
from numpy.typing import NDArray

from sim.plant.foot import sensed_mn
from sim.plant.jit import compiled

# State row of one sensor.
FELT_N = 0  # the force after the lag
DRIFTED_N = 1
STATES = 2

# Row of constants of one sensor.
SOURCE = 0  # number of the roller whose force it measures
GAIN = 1
OFFSET_N = 2
DRIFT_N_S = 3
LAG = 4  # share of a step that is left after a tick: exp(-tick / time constant)
NOISE_N = 5  # standard deviation of one conversion
IS_FROZEN = 6  # 1 = the reading is frozen
CONSTANTS = 7

Floats = NDArray[np.float64]


def ideal_row(sensor: int, noise_n: float) -> Floats:
    """Return the constants of a sensor that gives the true force of its own roller, plus noise."""
    return np.array((float(sensor), 1.0, 0.0, 0.0, 0.0, noise_n, 0.0))


@compiled
def read_force(
    state: Floats, row: Floats, true_n: float, last_mn: int, noise: NDArray[np.uint64], stream: int, tick_s: float
) -> int:
    """Return the reading after `tick_s` under `true_n`, mN; `last_mn` is the reading before."""
    state[FELT_N] = true_n - row[LAG] * (true_n - state[FELT_N])
    state[DRIFTED_N] += row[DRIFT_N_S] * tick_s
    if row[IS_FROZEN] != 0.0:
        return last_mn
    shown_n = row[GAIN] * state[FELT_N] + row[OFFSET_N] + state[DRIFTED_N]
    return sensed_mn(shown_n, row[NOISE_N], noise, stream)
