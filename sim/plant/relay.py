"""The safety relay behind its pump: each pulse of the pin holds the coil for a while; the contacts lag and bounce.

A level of the pin, high or low, is no pulse. A tick has one value, the contact's state at its end; during the bounce
that state is random. A pulse comes at a tick's beginning.
"""

import numpy as np
from numpy.typing import NDArray

from sim.plant.jit import compiled
from sim.plant.noise import uniform

# State row.
ASKED = 0  # 1 = the coil has current
SINCE_S = 1  # since the coil was last switched
IS_CLOSED = 2
UNPULSED_S = 3  # since the last pulse
STATES = 4

# Row of constants.
OPERATE_S = 0
RELEASE_S = 1
BOUNCE_S = 2
HOLD_S = 3  # for which the pump holds the coil after a pulse
CONSTANTS = 4

LONG_S = 1.0  # the bounce is over by then, and no pump holds for as long

Floats = NDArray[np.float64]


def open_state() -> Floats:
    """Return the state of a relay that has been open for a long time."""
    return np.array((0.0, LONG_S, 0.0, LONG_S))


def ideal_row(hold_s: float) -> Floats:
    """Return the constants of a relay without delay or bounce behind a pump that holds for `hold_s`."""
    return np.array((0.0, 0.0, 0.0, hold_s))


@compiled
def step_relay(
    state: Floats, row: Floats, is_pulsed: bool, noise: NDArray[np.uint64], stream: int, tick_s: float
) -> None:
    """Advance by a tick; IS_CLOSED is the contact at its end."""
    if is_pulsed:
        state[UNPULSED_S] = 0.0
    held_s = max(0.0, row[HOLD_S] - state[UNPULSED_S])
    state[UNPULSED_S] = min(state[UNPULSED_S] + tick_s, LONG_S)
    asked = 1.0 if held_s >= tick_s else 0.0
    state[SINCE_S] = min(state[SINCE_S] + tick_s, LONG_S)
    if asked != state[ASKED]:
        state[ASKED] = asked
        state[SINCE_S] = tick_s if asked != 0.0 else tick_s - held_s
    delay_s = row[OPERATE_S] if asked != 0.0 else row[RELEASE_S]
    if state[SINCE_S] >= delay_s + row[BOUNCE_S]:
        state[IS_CLOSED] = asked
    elif state[SINCE_S] > delay_s and state[IS_CLOSED] != asked:
        state[IS_CLOSED] = 1.0 if uniform(noise, stream) < 0.5 else 0.0
