"""The safety relay: it operates and releases with a delay, and its contacts bounce.

A tick has one value, the contact's state at its end; during the bounce that state is random.
"""

import numpy as np
from numpy.typing import NDArray

from sim.plant.jit import compiled
from sim.plant.noise import uniform

# State row.
ASKED = 0
SINCE_S = 1  # since the coil was last switched
IS_CLOSED = 2
STATES = 3

# Row of constants.
OPERATE_S = 0
RELEASE_S = 1
BOUNCE_S = 2
CONSTANTS = 3

LONG_S = 1.0  # the bounce is over by then

Floats = NDArray[np.float64]


def open_state() -> Floats:
    """Return the state of a relay that has been open for a long time."""
    return np.array((0.0, LONG_S, 0.0))


@compiled
def step_relay(
    state: Floats, row: Floats, is_asked: bool, noise: NDArray[np.uint64], stream: int, tick_s: float
) -> None:
    """Advance by a tick; IS_CLOSED is the contact at its end."""
    asked = 1.0 if is_asked else 0.0
    if asked != state[ASKED]:
        state[ASKED] = asked
        state[SINCE_S] = 0.0
    state[SINCE_S] = min(state[SINCE_S] + tick_s, LONG_S)
    delay_s = row[OPERATE_S] if is_asked else row[RELEASE_S]
    if state[SINCE_S] >= delay_s + row[BOUNCE_S]:
        state[IS_CLOSED] = asked
    elif state[SINCE_S] > delay_s:
        state[IS_CLOSED] = 1.0 if uniform(noise, stream) < 0.5 else 0.0
