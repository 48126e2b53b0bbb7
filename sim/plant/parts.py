"""A machine's parts: each figure drawn from its range by the seed, or nominal.

`spans` is a table of (place in the constants, low, high); `draw` fills the places in. The page does the same.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from host_tools.machine.tables import REFERENCE, table
from instep.axes import ROLLERS
from instep.units import MILLI, PERMILLE
from sim.grades import IDEAL, WORST
from sim.plant import force_sensor, ntc, relay, servo_current, supply, thermometer
from sim.plant.jit import compiled
from sim.plant.layout import (
    BUTTON_BOUNCE_S,
    CURRENT_NOISE_MA,
    FORCE_ROW,
    HEATERS,
    NTC_ROW,
    NTCS,
    OSCILLATOR,
    RELAY_ROW,
    SERVO_CURRENT_ROW,
    SUPPLY_ROW,
    THERMOMETER_ROW,
    TICK_S,
)
from sim.plant.noise import uniform

_BUS_V = 12.0

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Parts:
    """How far the parts of one machine are from their nominal figures."""

    grade: str
    spans: Floats

    def apply(self, constants: Floats, noise: NDArray[np.uint64], stream: int) -> None:
        """Draw every part and write its figures into `constants`."""
        if self.grade != IDEAL:
            draw(constants, self.spans.ravel(), len(self.spans), self.grade == WORST, noise, stream)


def load_parts(grade: str) -> Parts:
    """Return the parts of one of `grades.GRADES`, from `boards/reference/parts.toml`."""
    return Parts(grade, np.array(list(_spans(table(REFERENCE, "parts"))), dtype=np.float64))


@compiled
def draw(constants: Floats, spans: Floats, count: int, is_worst: bool, noise: NDArray[np.uint64], stream: int) -> None:
    """Draw each of `count` places of `spans` from its range: evenly, or one of its ends."""
    for at in range(count):
        share = uniform(noise, stream)
        if is_worst:
            share = 0.0 if share < 0.5 else 1.0
        low, high = spans[3 * at + 1], spans[3 * at + 2]
        constants[int(spans[3 * at])] = low + share * (high - low)


Span = tuple[int, float, float]


def _spans(parts: dict[str, Any]) -> Iterator[Span]:
    """Yield place, low and high of every figure, in SI units and the order of drawing."""
    sensor, thermistor, servo = parts["force_sensor"], parts["ntc"], parts["servo"]
    for index in range(ROLLERS):
        at = FORCE_ROW + index * force_sensor.CONSTANTS
        yield _span(at + force_sensor.GAIN, sensor["gain_permille"], _share)
        yield _span(at + force_sensor.OFFSET_N, sensor["offset_mn"], _milli)
        yield _span(at + force_sensor.LAG, sensor["lag_ms"], lambda lag_ms: left_after_tick(lag_ms / MILLI))
        yield _span(at + force_sensor.NOISE_N, sensor["noise_mn"], _milli)
    for index in range(NTCS):
        at = NTC_ROW + index * ntc.CONSTANTS
        yield _span(at + ntc.OFFSET_K, thermistor["offset_k"], float)
        yield _span(at + ntc.LAG, thermistor["lag_s"], left_after_tick)
    yield _span(CURRENT_NOISE_MA, parts["current"]["noise_ma"], float)
    yield _span(OSCILLATOR, servo["oscillator_permille"], _pulse_factor)
    yield from _servo_currents(servo)
    yield _span(RELAY_ROW + relay.OPERATE_S, parts["relay"]["operate_ms"], _milli)
    yield _span(RELAY_ROW + relay.RELEASE_S, parts["relay"]["release_ms"], _milli)
    yield _span(RELAY_ROW + relay.BOUNCE_S, parts["relay"]["bounce_ms"], _milli)
    yield _span(SUPPLY_ROW + supply.OPEN_V, parts["supply"]["open_v"], float)
    yield _span(BUTTON_BOUNCE_S, parts["button"]["bounce_ms"], _milli)
    chip = parts["thermometer"]
    for well in range(HEATERS):
        at = THERMOMETER_ROW + well * thermometer.CONSTANTS
        yield _span(at + thermometer.OFFSET_K, chip["offset_k"], float)
        yield _span(at + thermometer.LAG, chip["lag_s"], left_after_tick)
        yield _span(at + thermometer.NOISE_K, chip["noise_k"], float)
    # Drawn last, so that every other part of a seed's machine is what it was without it.
    yield _span(RELAY_ROW + relay.HOLD_S, parts["relay"]["pump_hold_ms"], _milli)


def relay_hold_s() -> float:
    """Return how long a nominal pump holds the relay's coil after a pulse."""
    low_ms, high_ms = table(REFERENCE, "parts")["relay"]["pump_hold_ms"]
    return _milli((low_ms + high_ms) / 2)


def _servo_currents(servo: dict[str, Any]) -> Iterator[Span]:
    at = SERVO_CURRENT_ROW
    bus_share = servo["rail_v"] / (_BUS_V * servo["rail_efficiency_permille"] / PERMILLE)
    yield _span(at + servo_current.IDLE_A, servo["idle_ma"], _milli)
    yield _span(at + servo_current.RUNNING_A, servo["running_ma"], _milli)
    yield _span(at + servo_current.STALL_A, servo["stall_a"], float)
    yield _span(at + servo_current.PRESS_STALL_N, [servo["press_stall_n"]] * 2, float)
    yield _span(at + servo_current.HOLD_STALL_N, [servo["hold_stall_n"]] * 2, float)
    yield _span(at + servo_current.BUS_SHARE, [bus_share] * 2, float)


def left_after_tick(lag_s: float) -> float:
    """Return the share of a step that a first-order lag has left after a tick."""
    return math.exp(-TICK_S / lag_s)


def _span(place: int, bounds: list[float], convert: Callable[[float], float]) -> Span:
    low, high = (convert(bound) for bound in bounds)
    return place, low, high


def _share(permille: float) -> float:
    return 1.0 + permille / PERMILLE


def _pulse_factor(permille: float) -> float:
    """Return by how much all pulses are longer: a slow clock makes long ones."""
    return 1.0 / _share(permille)


def _milli(value: float) -> float:
    return value / MILLI
