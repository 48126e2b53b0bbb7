"""The hobby servos: 20 ms pulse frames, a limited speed, a lag, a dead band, and limpness without pulses.

A servo lives in pulse space: it turns toward the pulse that it last saw. The last approach is exponential, far from
the pulse the speed is limited; both parts are solved exactly at any tick length. Inside the dead band it stands.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from host_tools.machine.calibration import SERVO_TABLES
from instep.units import KILO
from sim.plant.jit import compiled

# State row of one servo.
POSITION_US = 0
PULSE_US = 1  # of the running frame; 0 = none
STATES = 2

# Row of constants, see ServoFigures.pack.
ZERO_US = 0
US_PER_KILO = 1
SPEED_US_S = 2
LAG_S = 3
DEAD_BAND_US = 4
LIMP_RETURN_S = 5  # 0 = stays where it is
CONSTANTS = 6

SETTLED_US = 0.01  # a limp servo this near to zero is there

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ServoFigures:
    """Hold what one servo axis is made of: us of pulse, seconds."""

    zero_us: float
    us_per_kilo: float
    speed_us_s: float
    lag_s: float
    dead_band_us: float
    limp_return_s: float = 0.0

    @classmethod
    def from_toml(cls, figures: dict[str, Any], axis: int) -> "ServoFigures":
        """Take one axis from the figures of `servo.toml`."""
        servo, table = figures["servo"], figures[SERVO_TABLES[axis]]
        return cls(
            zero_us=table["zero_us"],
            us_per_kilo=table["us_per_kilo"],
            speed_us_s=servo["speed_us_per_s"],
            lag_s=servo["lag_ms"] / KILO,
            dead_band_us=servo["dead_band_us"],
            limp_return_s=table.get("limp_return_ms", 0) / KILO,
        )

    def pulse_us(self, value: float) -> float:
        """Return the pulse for a value in the axis's unit."""
        return self.zero_us + value * self.us_per_kilo / KILO

    def pack(self) -> Floats:
        """Return the row that the compiled functions read, ZERO_US to LIMP_RETURN_S."""
        row = (self.zero_us, self.us_per_kilo, self.speed_us_s, self.lag_s, self.dead_band_us, self.limp_return_s)
        return np.array(row, dtype=np.float64)


def rest_state(row: Floats, value: float) -> Floats:
    """Return the state of a limp servo that stands at `value` of its axis."""
    return np.array((row[ZERO_US] + value * row[US_PER_KILO] / KILO, 0.0))


@compiled
def turned(position_us: float, pulse_us: float, row: Floats, tick_s: float) -> float:
    """Return the position after `tick_s` under a steady pulse."""
    way = pulse_us - position_us
    left = abs(way)
    if left <= row[DEAD_BAND_US]:
        return position_us
    corner = row[SPEED_US_S] * row[LAG_S]
    if left - corner >= row[SPEED_US_S] * tick_s:
        left -= row[SPEED_US_S] * tick_s
    else:
        if left > corner:
            tick_s -= (left - corner) / row[SPEED_US_S]
            left = corner
        left = max(left * math.exp(-tick_s / row[LAG_S]), row[DEAD_BAND_US])
    return float(pulse_us - left if way > 0.0 else pulse_us + left)


@compiled
def step_servo(state: Floats, row: Floats, pulse_us: int, frame_starts: bool, tick_s: float) -> None:
    """Advance one servo; `pulse_us` 0 = no pulses. A new pulse is seen when a frame starts."""
    if frame_starts:
        state[PULSE_US] = pulse_us
    if state[PULSE_US] > 0.0:
        state[POSITION_US] = turned(state[POSITION_US], state[PULSE_US], row, tick_s)
    elif row[LIMP_RETURN_S] > 0.0 and state[POSITION_US] != row[ZERO_US]:
        way = (state[POSITION_US] - row[ZERO_US]) * math.exp(-tick_s / row[LIMP_RETURN_S])
        state[POSITION_US] = row[ZERO_US] + (way if abs(way) > SETTLED_US else 0.0)


@compiled
def value_of(state: Floats, row: Floats) -> float:
    """Return where a servo stands, in its axis's unit (um, milli-station, tenths of a degree, mN)."""
    return float((state[POSITION_US] - row[ZERO_US]) * KILO / row[US_PER_KILO])
