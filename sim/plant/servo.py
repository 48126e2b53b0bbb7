"""The hobby servos: 20 ms pulse frames, a limited speed, a lag, a dead band; limp without pulses.

A servo's place is counted in pulse width: it turns toward the last pulse that it saw. The last approach is
exponential, far from the pulse the speed is limited; both parts are solved exactly at any tick length. Inside the dead
band it stands.

A broken servo has other constants: speed 0 and no limp return is jammed, pulse gain 0 is limp, pulse gain 0 with an
offset runs to that pulse and stays there. One that slips loses a share of each turn between its gear and its load.
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
SLIPPED_US = 2  # how far the gear is ahead of its load
STATES = 3

# Row of constants, see ServoFigures.pack.
ZERO_US = 0
US_PER_KILO = 1
SPEED_US_S = 2
LAG_S = 3
DEAD_BAND_US = 4
LIMP_RETURN_S = 5  # 0 = stays where it is
PULSE_GAIN = 6  # pulse that it sees over the one that is sent
PULSE_OFFSET_US = 7
SLIP_OUT = 8  # share of a turn that is lost on the way out, 0..1
SLIP_BACK = 9  # and on the way back
CONSTANTS = 10

SETTLED_US = 0.01  # a limp servo this near to zero is there

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ServoFigures:
    """Hold the figures of one servo axis: us of pulse, seconds."""

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
        """Return the row that the compiled functions read, ZERO_US to SLIP_BACK, of a sound servo."""
        row = (self.zero_us, self.us_per_kilo, self.speed_us_s, self.lag_s, self.dead_band_us, self.limp_return_s)
        return np.array((*row, 1.0, 0.0, 0.0, 0.0), dtype=np.float64)


def rest_state(row: Floats, value: float) -> Floats:
    """Return the state of a limp servo that stands at `value` of its axis."""
    return np.array((row[ZERO_US] + value * row[US_PER_KILO] / KILO, 0.0, 0.0))


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
def step_servo(state: Floats, row: Floats, pulse_us: float, frame_starts: bool, tick_s: float) -> None:
    """Advance one servo; `pulse_us` 0 = no pulses. A new pulse is seen when a frame starts."""
    if frame_starts:
        is_pulsed = pulse_us > 0.0 or row[PULSE_GAIN] == 0.0
        state[PULSE_US] = row[PULSE_GAIN] * pulse_us + row[PULSE_OFFSET_US] if is_pulsed else 0.0
    if state[PULSE_US] > 0.0:
        gear_us = state[POSITION_US] + state[SLIPPED_US]
        turned_us = turned(gear_us, state[PULSE_US], row, tick_s)
        if row[SLIP_OUT] > 0.0 or row[SLIP_BACK] > 0.0:
            _slip(state, row, gear_us, turned_us)
        state[POSITION_US] = turned_us - state[SLIPPED_US]
    elif row[LIMP_RETURN_S] > 0.0 and state[POSITION_US] != row[ZERO_US]:
        way = (state[POSITION_US] - row[ZERO_US]) * math.exp(-tick_s / row[LIMP_RETURN_S])
        state[POSITION_US] = row[ZERO_US] + (way if abs(way) > SETTLED_US else 0.0)


@compiled
def _slip(state: Floats, row: Floats, gear_us: float, turned_us: float) -> None:
    """Subtract the share of a turn that slips; at its zero the axis meets its stop, and only the gear goes on."""
    lost = row[SLIP_OUT] if turned_us > gear_us else row[SLIP_BACK]
    state[SLIPPED_US] = min(state[SLIPPED_US] + lost * (turned_us - gear_us), turned_us - row[ZERO_US])


@compiled
def value_of(state: Floats, row: Floats) -> float:
    """Return a servo's position in its axis's unit (um, milli-station, tenths of a degree, mN)."""
    return float((state[POSITION_US] - row[ZERO_US]) * KILO / row[US_PER_KILO])
