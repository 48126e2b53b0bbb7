"""Seeded noise for the sensors: small, fast, the same bits on every machine."""

import numpy as np
from numpy.typing import NDArray

from sim.plant.jit import compiled

_TWO_TO_MINUS_32 = 2.0**-32


def seeded(seed: int, streams: int) -> NDArray[np.uint64]:
    """Return one non-zero generator state per stream, derived from `seed` by splitmix64 (Steele, Lea, Flood 2014)."""
    mask = (1 << 64) - 1
    states = []
    word = seed & mask
    for _ in range(streams):
        word = (word + 0x9E3779B97F4A7C15) & mask
        mixed = ((word ^ word >> 30) * 0xBF58476D1CE4E5B9) & mask
        mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) & mask
        states.append((mixed ^ mixed >> 31) or 1)
    return np.array(states, dtype=np.uint64)


@compiled
def uniform(states: NDArray[np.uint64], stream: int) -> float:
    """Draw from [0, 1) and advance the stream (xorshift64, Marsaglia 2003)."""
    x = states[stream]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    states[stream] = x
    return float(x >> np.uint64(32)) * _TWO_TO_MINUS_32


@compiled
def bell(states: NDArray[np.uint64], stream: int) -> float:
    """Draw a bell-shaped value: mean 0, standard deviation 1, never beyond 3.46 (sum of four uniforms)."""
    total = uniform(states, stream) + uniform(states, stream) + uniform(states, stream) + uniform(states, stream)
    return (total - 2.0) * 1.7320508075688772
