"""The servos' current: a little at rest, more while they turn, and in proportion to the force that they hold.

Currents on the servos' own rail; its regulator takes `BUS_SHARE` of them from the 12 V bus.
"""

import numpy as np
from numpy.typing import NDArray

from sim.plant.jit import compiled

# Row of constants, alike for all servos; all 0: servos that draw nothing.
IDLE_A = 0
RUNNING_A = 1  # at full speed, without load
STALL_A = 2
PRESS_STALL_N = 3  # the force of a press at stall
HOLD_STALL_N = 4  # the force of a grip or hold at stall
BUS_SHARE = 5
CONSTANTS = 6

Floats = NDArray[np.float64]


@compiled
def servo_current_a(row: Floats, speed_share: float, held_n: float, stall_n: float) -> float:
    """Return the current of one servo under pulses: speed as a share of its maximum, and the force that it holds."""
    load = min(1.0, held_n / stall_n)
    turning_a = row[RUNNING_A] * min(1.0, speed_share)
    return float(min(row[STALL_A], row[IDLE_A] + turning_a + (row[STALL_A] - row[IDLE_A]) * load))
