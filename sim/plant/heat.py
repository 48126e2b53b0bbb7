"""The heat of one foot well: film, pad, shell, the foot's skin layer and bulk, two NTCs and a thermal cut-out.

A linear network of five nodes, stepped with its matrix exponential while power, room and blood are held over the
tick: exact for the network at any tick length, to rounding. The two states of the foot (in, out) have a matrix each.
The pad carries the skin-side NTC. A foot that is out keeps its own heat and its blood, nothing else.
"""

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.plant.jit import compiled
from sim.plant.linear import exponential
from sim.plant.noise import bell

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
States = NDArray[np.uint64]

# A well's state row: node temperatures in degC, then the film.
ELEMENT_C = 0
PAD_C = 1
WELL_C = 2
SKIN_C = 3
BULK_C = 4
NODES = 5
POWER_W = 5
CUT_OUT_OPEN = 6
STATE_SIZE = 7

# Columns of a step matrix after the nodes: the inputs of the network.
POWER = 5
AMBIENT = 6
BLOOD = 7
COLUMNS = 8

# The parameter row of `HeaterFigures.pack`.
FILM_OHM = 0
OPENS_C = 1
CLOSES_C = 2
R25_OHM = 3
BETA_K = 4
PULL_UP_OHM = 5
NOISE_CODES = 6

# The NTC codes of a well.
ELEMENT_NTC = 0
SKIN_NTC = 1
NTCS = 2

FULL_CODE = 32767
KELVIN = 273.15
NTC_REFERENCE_K = 298.15

FOOT_J_PER_KG_K = 3500.0  # soft tissue, from tissue property tables
TISSUE_K_PER_W = 1.6  # skin layer to bulk: 100 cm2, about 6 mm at 0.4 W/(m K); start value


@dataclass(frozen=True)
class HeaterFigures:
    """Hold the figures of `boards/reference/heater.toml`: W, V, J/K, K/W, ohm, K, °C and ADC codes."""

    rated_w: float
    rated_v: float
    element_j_per_k: float
    pad_j_per_k: float
    well_j_per_k: float
    element_to_pad_k_per_w: float
    element_to_well_k_per_w: float
    well_to_ambient_k_per_w: float
    pad_to_air_k_per_w: float
    pad_to_skin_k_per_w: float
    r25_ohm: float
    beta_k: float
    pull_up_ohm: float
    noise_codes: float
    opens_c: float
    closes_c: float

    def pack(self) -> Floats:
        """Return the row that the compiled functions read, FILM_OHM to NOISE_CODES."""
        film_ohm = self.rated_v**2 / self.rated_w
        row = (film_ohm, self.opens_c, self.closes_c, self.r25_ohm, self.beta_k, self.pull_up_ohm, self.noise_codes)
        return np.array(row, dtype=np.float64)


@dataclass(frozen=True)
class FootHeat:
    """Hold the thermal figures of one person's foot.

    `skin_tau_s` is the skin layer's time constant between a held pad and a held bulk; `bulk_tau_s` is the bulk's
    against the blood alone.
    """

    skin_tau_s: float
    bulk_tau_s: float
    skin_start_c: float
    blood_c: float
    foot_mass_kg: float


def load_heater(path: Path) -> HeaterFigures:
    """Read the heater's figures from a TOML file; raise KeyError or TypeError for a missing or unknown one."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    capacities = {f"{name}_j_per_k": value for name, value in table["capacity_j_per_k"].items()}
    resistances = {f"{name}_k_per_w": value for name, value in table["resistance_k_per_w"].items()}
    return HeaterFigures(**table["film"], **capacities, **resistances, **table["ntc"], **table["cut_out"])


def capacities_j_per_k(heater: HeaterFigures, foot: FootHeat) -> Floats:
    """Return the heat capacity of each node, J/K."""
    skin = foot.skin_tau_s * (1.0 / heater.pad_to_skin_k_per_w + 1.0 / TISSUE_K_PER_W)
    bulk = foot.foot_mass_kg * FOOT_J_PER_KG_K
    return np.array((heater.element_j_per_k, heater.pad_j_per_k, heater.well_j_per_k, skin, bulk))


def flows_w_per_k(heater: HeaterFigures, foot: FootHeat, foot_in: bool) -> Floats:
    """Return the heat into each node (rows, W) per kelvin of a node, watt of film, kelvin of room and of blood."""
    flows = np.zeros((NODES, COLUMNS))
    links = [
        (ELEMENT_C, PAD_C, heater.element_to_pad_k_per_w),
        (ELEMENT_C, WELL_C, heater.element_to_well_k_per_w),
        (WELL_C, AMBIENT, heater.well_to_ambient_k_per_w),
        (SKIN_C, BULK_C, TISSUE_K_PER_W),
        (BULK_C, BLOOD, foot.bulk_tau_s / (foot.foot_mass_kg * FOOT_J_PER_KG_K)),
        (PAD_C, SKIN_C, heater.pad_to_skin_k_per_w) if foot_in else (PAD_C, AMBIENT, heater.pad_to_air_k_per_w),
    ]
    for one, other, k_per_w in links:
        flows[one, one] -= 1.0 / k_per_w
        flows[one, other] += 1.0 / k_per_w
        if other < NODES:
            flows[other, other] -= 1.0 / k_per_w
            flows[other, one] += 1.0 / k_per_w
    flows[ELEMENT_C, POWER] = 1.0
    return flows


def step_matrices(heater: HeaterFigures, foot: FootHeat, tick_s: float) -> Floats:
    """Return the exact step over `tick_s` for foot out (0) and foot in (1), each NODES x COLUMNS."""
    steps = np.empty((2, NODES, COLUMNS))
    for foot_in in (False, True):
        rate = np.zeros((COLUMNS, COLUMNS))
        rate[:NODES] = flows_w_per_k(heater, foot, foot_in) / capacities_j_per_k(heater, foot)[:, np.newaxis]
        steps[int(foot_in)] = exponential(rate * tick_s)[:NODES]
    return steps


def start_state(foot: FootHeat, ambient_c: float) -> Floats:
    """Return a well at room temperature, film off, and a foot that is as warm inside as its skin."""
    state = np.zeros(STATE_SIZE)
    state[[ELEMENT_C, PAD_C, WELL_C]] = ambient_c
    state[[SKIN_C, BULK_C]] = foot.skin_start_c
    return state


@compiled
def step_heat(
    state: Floats,
    steps: Floats,
    figures: Floats,
    duty: float,
    bus_v: float,
    foot_in: bool,
    ambient_c: float,
    blood_c: float,
) -> None:
    """Advance one well by one tick: duty 0..1 of a PWM much faster than the tick, `bus_v` 0 with the relay open."""
    if state[ELEMENT_C] >= figures[OPENS_C]:
        state[CUT_OUT_OPEN] = 1.0
    elif state[ELEMENT_C] <= figures[CLOSES_C]:
        state[CUT_OUT_OPEN] = 0.0
    power_w = (1.0 - state[CUT_OUT_OPEN]) * duty * bus_v * bus_v / figures[FILM_OHM]
    state[POWER_W] = power_w
    step = steps[1 if foot_in else 0]
    element, pad, well, skin, bulk = state[0], state[1], state[2], state[3], state[4]
    for node in range(NODES):
        state[node] = (
            step[node, ELEMENT_C] * element
            + step[node, PAD_C] * pad
            + step[node, WELL_C] * well
            + step[node, SKIN_C] * skin
            + step[node, BULK_C] * bulk
            + step[node, POWER] * power_w
            + step[node, AMBIENT] * ambient_c
            + step[node, BLOOD] * blood_c
        )


@compiled
def ntc_ratio(celsius: float, figures: Floats) -> float:
    """Return the divider's ratio 0..1 by the beta formula (0.5 at 25 °C, falling as it warms)."""
    per_kelvin = 1.0 / (celsius + KELVIN) - 1.0 / NTC_REFERENCE_K
    ohm = figures[R25_OHM] * math.exp(figures[BETA_K] * per_kelvin)
    return float(ohm / (ohm + figures[PULL_UP_OHM]))


def celsius_of(codes: NDArray[np.int32], heater: HeaterFigures) -> Floats:
    """Return the temperatures of codes, computed with nominal parts: the inverse of `ntc_ratio`."""
    ratio = np.clip(codes, 1, FULL_CODE - 1) / FULL_CODE
    ohm = heater.pull_up_ohm * ratio / (1.0 - ratio)
    return np.asarray(1.0 / (1.0 / NTC_REFERENCE_K + np.log(ohm / heater.r25_ohm) / heater.beta_k) - KELVIN)


@compiled
def ntc_code(celsius: float, figures: Floats, noise: States, stream: int) -> int:
    """Return one conversion 0..32767 of an NTC, with the noise of `stream`."""
    code = math.floor(ntc_ratio(celsius, figures) * FULL_CODE + figures[NOISE_CODES] * bell(noise, stream) + 0.5)
    return int(min(max(code, 0), FULL_CODE))


@compiled
def read_ntcs(state: Floats, figures: Floats, noise: States, first_stream: int, codes: Codes) -> None:
    """Convert both NTCs of a well into `codes`; uses two noise streams from `first_stream`."""
    codes[ELEMENT_NTC] = ntc_code(state[ELEMENT_C], figures, noise, first_stream)
    codes[SKIN_NTC] = ntc_code(state[PAD_C], figures, noise, first_stream + 1)
