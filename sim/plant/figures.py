"""All figures of a simulated machine with one person in it, read from `boards/reference/` and the person's file."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from host_tools.machine.calibration import calibration_of
from host_tools.machine.tables import REFERENCE, table, table_path
from instep.axes import SOLE_PRESS, TOE_SELECT, TOP_PRESS
from instep.hal.calibration import Calibration
from sim.people import Person
from sim.plant.foot import Well, pack_foot
from sim.plant.heat import FootHeat, HeaterFigures, load_heater
from sim.plant.motor import MotorParameters
from sim.plant.servo import ServoFigures
from sim.plant.supply import SupplyParameters

# A machine that was switched off anywhere has its rollers anywhere: up to this far from home (start value).
_START_MAX_M = 0.02
_MN = 1e-3


@dataclass(frozen=True)
class Figures:
    """One machine and one person, ready to be packed: rollers top and sole, servos from top_press to hold_heel."""

    person: Person
    rollers: tuple[MotorParameters, MotorParameters]
    servos: tuple[ServoFigures, ...]
    heater: HeaterFigures
    supply: SupplyParameters
    well: Well
    foot_heat: FootHeat
    force_noise_n: float
    start_m: tuple[float, float, float, float]
    calibration: Calibration

    def foot_row(self, foot: int) -> NDArray[np.float64]:
        """Return the constants of one foot."""
        return pack_foot(self.person, foot, self.well)


def load_figures(person: Person, seed: int) -> Figures:
    """Return the reference machine for `person`; `seed` places the rollers where the last session left them."""
    roller, servo, supply = (table(REFERENCE, name) for name in ("roller", "servo", "supply"))
    rollers = (MotorParameters.from_toml(roller, "top"), MotorParameters.from_toml(roller, "sole"))
    starts = np.random.default_rng(seed).uniform(0.0, _START_MAX_M, 4)
    return Figures(
        person=person,
        rollers=rollers,
        servos=tuple(ServoFigures.from_toml(servo, axis) for axis in _servo_axes()),
        heater=load_heater(table_path(REFERENCE, "heater")),
        supply=SupplyParameters.from_toml(supply),
        well=Well.from_toml(servo),
        foot_heat=_foot_heat(person),
        force_noise_n=servo["force_sensor"]["noise_mn"] * _MN,
        start_m=(float(starts[0]), float(starts[1]), float(starts[2]), float(starts[3])),
        calibration=calibration_of(REFERENCE),
    )


def _servo_axes() -> list[int]:
    return [TOP_PRESS, SOLE_PRESS, *range(TOE_SELECT, TOE_SELECT + 6)]


def _foot_heat(person: Person) -> FootHeat:
    return FootHeat(
        skin_tau_s=person.skin_tau_s,
        bulk_tau_s=person.bulk_tau_s,
        skin_start_c=person.skin_start_c,
        blood_c=person.blood_c,
        foot_mass_kg=person.mass_kg,
    )
