"""Judge the four thermistors of a new machine by a room thermometer, and their plugs by a foot in one well.

Nothing is measured for the board file: the pull-ups' reference is good to 0.1 K (`boards/pico/board.toml`), a room
thermometer is not.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from host_tools.machine.tables import table
from instep.axes import FOOT_NAMES
from instep.drive.ntc import CODE_OPEN, CODE_SHORT, centi_c
from instep.units import CENTI

NAMES = tuple(f"{foot} {part}" for foot in FOOT_NAMES for part in ("film", "skin side"))

ROOM_MIN_C, ROOM_MAX_C = 10.0, 35.0
# A part of 1 % at 25 °C and of 1 % in its B3950 errs by 0.5 K in a room; a room thermometer by as much, and the air at
# the machine is not that at the thermometer.
ROOM_ERROR_MAX_K = 1.5
# Readings of a machine that is as warm as its room stay within this for five seconds; what drifts by 5 K a minute
# does not.
SPREAD_MAX_K = 0.3
# A foot of 30 °C warms a pad of 22 °C by 2.7 K in 40 s; the other well by nothing.
FELT_MIN_K, UNFELT_MAX_K = 1.0, 0.5

_KELVIN = 273.15
# Parts that a maker may have soldered in by mistake: resistance of the NTC over that of the pull-up, as a multiple of
# the right one.
_OTHERS = {
    "an NTC of 100 k": 10.0,
    "an NTC of 4.7 k": 0.47,
    "a pull-up of 4.7 k": 1 / 0.47,
    "a pull-up of 100 k": 0.1,
}
_NEAR_K = 3.0


# What the four thermistors show at one moment: ADC codes, in the order of NAMES.
Sample = tuple[int, ...]


@dataclass(frozen=True)
class Thermistor:
    """A verdict on one thermistor: empty, or what is wrong with it."""

    name: str
    problem: str = ""
    advice: str = ""


def mean_c(samples: Sequence[Sample], index: int) -> float:
    """Return the mean temperature that a thermistor shows, °C."""
    return sum(centi_c(sample[index]) for sample in samples) / len(samples) / CENTI


def judge_at_rest(samples: Sequence[Sample], room_c: float, machine: str) -> list[Thermistor]:
    """Return the verdicts on a machine as warm as its room; `machine` names its mechanics."""
    return [_at_rest(index, samples, room_c, machine) for index in range(len(NAMES))]


def _at_rest(index: int, samples: Sequence[Sample], room_c: float, machine: str) -> Thermistor:
    name = NAMES[index]
    codes = [sample[index] for sample in samples]
    if max(codes) >= CODE_OPEN:
        return Thermistor(
            name, "a wire is broken or its plug is out", "Check the thermistor's plug and its two wires."
        )
    if min(codes) <= CODE_SHORT:
        return Thermistor(name, "its wires touch", "Find where the two wires of the thermistor are joined.")
    shown_c = [centi_c(code) / CENTI for code in codes]
    spread_k = max(shown_c) - min(shown_c)
    if spread_k > SPREAD_MAX_K:
        problem = f"it changes by {spread_k:.1f} K in these readings, allowed are {SPREAD_MAX_K} K"
        return Thermistor(name, problem, "Leave the machine alone for an hour, with the wells empty; check its plug.")
    error_k = mean_c(samples, index) - room_c
    if abs(error_k) <= ROOM_ERROR_MAX_K:
        return Thermistor(name)
    problem = f"it shows {room_c + error_k:.1f} °C in a room of {room_c:.1f} °C, allowed are {ROOM_ERROR_MAX_K} K"
    return Thermistor(name, problem, _reason(room_c, room_c + error_k, machine))


def _reason(room_c: float, shown_c: float, machine: str) -> str:
    """Return what explains the reading best."""
    beta_k = table(machine, "heater")["ntc"]["beta_k"]
    found = [what for what, ratio in _OTHERS.items() if abs(_shown_c(room_c, ratio, beta_k) - shown_c) <= _NEAR_K]
    if found:
        return f"It reads like {' or '.join(found)}: check both parts."
    return "Is it as warm as the room, for an hour? Then check this NTC (10 k, B3950), its pull-up and their ground."


def _shown_c(room_c: float, ratio: float, beta_k: float) -> float:
    """Return what a board shows for parts whose resistances have `ratio` times the right ratio, °C.

    R = R25 exp(beta (1/T - 1/T25)): the firmware takes a factor in R for a difference in 1/T.
    """
    return 1.0 / (1.0 / (room_c + _KELVIN) + math.log(ratio) / beta_k) - _KELVIN


def judge_foot(foot: int, before: Sequence[Sample], after: Sequence[Sample]) -> list[Thermistor]:
    """Return the verdicts on the two thermistors of the well that a foot (0 = left) has warmed."""
    rises_k = [mean_c(after, index) - mean_c(before, index) for index in range(len(NAMES))]
    of_foot = range(2 * foot, 2 * foot + 2)
    elsewhere = [NAMES[index] for index in range(len(NAMES)) if index not in of_foot and rises_k[index] > UNFELT_MAX_K]
    verdicts = []
    for index in of_foot:
        if rises_k[index] >= FELT_MIN_K:
            verdicts.append(Thermistor(NAMES[index]))
        elif elsewhere:
            problem = f"the foot in the {FOOT_NAMES[foot]} well shows at {' and '.join(elsewhere)}: plugs are crossed"
            verdicts.append(Thermistor(NAMES[index], problem, "Swap the plugs of these thermistors."))
        else:
            rise_k = max(0.0, rises_k[index])
            problem = f"it rises by {rise_k:.1f} K with a foot in the well, at least {FELT_MIN_K:.0f} K are due"
            advice = "Is the foot warm and on the pad? Then check where this thermistor is glued in."
            verdicts.append(Thermistor(NAMES[index], problem, advice))
    return verdicts
