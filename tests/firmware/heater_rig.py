"""A heater drive on the simulated film, NTCs and foot."""

from pathlib import Path

import numpy as np

from instep.drive.heater import PERIOD_TICKS, HeaterDrive
from sim.plant import heat
from sim.plant.noise import seeded
from tests.fakes import stand_in

HEATER = heat.load_heater(Path(__file__).resolve().parents[2] / "boards/reference/heater.toml")


PERIOD_S = 0.1


PERIODS_PER_S = 10


OVERSHOOT_K = 0.5


BAND_K = 0.5


SKIN_TRIP_C = 43.0


ELEMENT_MAX_C = 50.0  # well below the cut-out at 55


AT_ODDS_K = 8.0


SETPOINTS = (3700, 3900, 4100)


MILD_CODE = 16384  # 25 °C


def foot(skin_tau_s=60.0, skin_start_c=28.0, foot_mass_kg=1.0):
    return heat.FootHeat(skin_tau_s, 3600.0, skin_start_c, 35.0, foot_mass_kg)


class Film:
    """A heater that keeps its duty and asserts its range; a board's driver takes whole numbers alone."""

    def __init__(self):
        self.duty_permille = 0

    def set_duty_permille(self, duty_permille):
        assert type(duty_permille) is int
        assert 0 <= duty_permille <= 1000
        self.duty_permille = duty_permille


class Ntc:
    """One NTC of a well, or a fault in its place."""

    def __init__(self, codes, index):
        self.codes, self.index = codes, index
        self.stuck_code = None
        self.offset = 0
        self.reads = 0

    def read_code(self):
        self.reads += 1
        return int(self.codes[self.index]) + self.offset if self.stuck_code is None else self.stuck_code


class Thermometer:
    """A thermometer at the true skin side, or with a fault."""

    def __init__(self, state):
        self.state = state
        self.offset = 0
        self.stuck_centi_c = None

    def read_centi_c(self):
        centi_c = round(100 * self.state[heat.PAD_C]) + self.offset
        return centi_c if self.stuck_centi_c is None else self.stuck_centi_c


def still(centi_c):
    """Return a thermometer that says so for ever."""
    return stand_in(read_centi_c=lambda: centi_c)


class Rig:
    """A well and its drive, a control period at a time; the plant is exact at that step."""

    def __init__(self, foot_heat=None, room_c=20.0, bus_v=12.0, seed=1, heater=HEATER):
        self.foot, self.room_c, self.bus_v = foot_heat or foot(), room_c, bus_v
        self.steps = heat.step_matrices(heater, self.foot, PERIOD_S)
        self.figures = heater.pack()
        self.state = heat.start_state(self.foot, room_c)
        self.noise, self.codes = seeded(seed, heat.NTCS), np.zeros(heat.NTCS, np.int32)
        self.film = Film()
        self.element, self.skin = Ntc(self.codes, heat.ELEMENT_NTC), Ntc(self.codes, heat.SKIN_NTC)
        self.thermometer = Thermometer(self.state)
        self.drive = self.new_drive()

    def new_drive(self, **turn):
        """Return a drive of this well."""
        return HeaterDrive(self.film, self.element, self.skin, self.thermometer, **turn)

    def run(self, seconds, setpoint, foot_in=True, full_power=False):
        """Return element and skin side, °C, after each period."""
        trace = np.empty((round(seconds * PERIODS_PER_S), 2))
        for row in trace:
            heat.read_ntcs(self.state, self.figures, self.noise, 0, self.codes)
            for _ in range(PERIOD_TICKS):
                self.drive.tick(setpoint)
            duty = 1.0 if full_power else self.film.duty_permille / 1000
            heat.step_heat(
                self.state, self.steps, self.figures, duty, self.bus_v, foot_in, self.room_c, self.foot.blood_c
            )
            row[:] = self.state[heat.ELEMENT_C], self.state[heat.PAD_C]
        return trace


def told(centi_c):
    """Return a probe that says so."""
    return stand_in(read=lambda: None, centi_c=centi_c, raw_centi_c=centi_c, sound=True, samples=1)
