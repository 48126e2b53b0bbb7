"""Both wells with all their sensors, drives and the guard, a tenth of a second at a time: a session in a second.

Films, pads and feet are the simulator's physics, and so are NTCs and thermometers; the code under test is the
firmware's. What a session does beside heating is left out.
"""

import numpy as np

from instep.axes import FEET
from instep.drive.drives import Drives
from instep.drive.heater import PERIOD_TICKS
from instep.guard.memory_monitor import MemoryMonitor
from instep.guard.supervisor import Supervisor
from instep.hal.calibration import Calibration
from instep.units import PERMILLE
from sim.grades import IDEAL
from sim.people import FOLDER, load_person
from sim.plant import heat, ntc, thermometer
from sim.plant.figures import load_figures
from sim.plant.layout import (
    HEAT_LEAK,
    NTC_CHAIN_ROW,
    NTC_ROW,
    NTC_STATE,
    THERMOMETER_ROW,
    THERMOMETER_STATE,
    THERMOMETER_STREAM,
    WELL,
)
from sim.plant.machine import Plant
from tests.fakes import FakeHal

PERIOD_S = 0.1
PERIODS_PER_S = 10
# What the chip can give.
COLDEST_CENTI_C, HOTTEST_CENTI_C = -4_000, 12_500


class Wells:
    """A machine's two wells; `constants` are the plant's, so that any part can be broken in them."""

    def __init__(self, person="average", parts=IDEAL, seed=1, ambient_c=22.0, supply_v=12.0):
        self.figures = figures = load_figures(load_person(FOLDER / f"{person}.toml"), seed)
        self.plant = Plant(figures, ambient_c, seed, parts)
        self.constants, self.state = self.plant.constants, self.plant.state
        self.ambient_c, self.supply_v = ambient_c, supply_v
        self.noise = self.plant._noise
        self.steps = heat.step_matrices(figures.heater, figures.foot_heat, PERIOD_S)
        self.heater_row = figures.heater.pack()
        self.hal = FakeHal()
        memory = MemoryMonitor()
        self.drives = Drives(self.hal, Calibration(vars(figures.calibration)), memory)
        self.guard = Supervisor(self.hal, self.drives, figures.calibration, memory)
        self.stuck_permille: dict[int, int] = {}
        self.are_feet_in = [True] * FEET
        self.setpoint = 0
        self.seconds = 0.0
        self.peak_c = 0.0
        self.over_s = 0.0
        self.found = []

    def pad_c(self, well=0):
        """Return the true temperature of a skin side."""
        return float(self.state[WELL + well * heat.STATE_SIZE + heat.PAD_C])

    def run(self, seconds, setpoint=None):
        """Let time pass; a fault opens the relay."""
        if setpoint is not None:
            self.setpoint = setpoint
        for _ in range(round(seconds * PERIODS_PER_S)):
            self._period()
        return self

    def close_relay(self):
        """Begin a session, as the self-test does."""
        self.guard.relay.set(True)
        return self

    def _period(self):
        self._read()
        guard = self.guard
        for _ in range(PERIOD_TICKS):
            self.drives.heat(self.setpoint if guard.may_heat() else 0)
        for foot, well in enumerate(guard.wells):
            well.element.read()
            well.skin.read()
            guard.take_temperatures(foot)
            guard.judge_temperatures(foot)
        if guard.fault:
            guard.relay.set(False)
        if not guard.may_heat():
            self.drives.cut_heat()
        for name in (guard.fault, guard.heat_fault):
            if name and name not in [found for found, _ in self.found]:
                self.found.append((name, self.seconds))
        self._step()
        self.seconds += PERIOD_S
        hottest = max(self.pad_c(well) for well in range(FEET))
        self.peak_c = max(self.peak_c, hottest)
        self.over_s += PERIOD_S if hottest > 43.0 else 0.0

    def _step(self):
        for well in range(FEET):
            at = WELL + well * heat.STATE_SIZE
            duty = self.stuck_permille.get(well, self.hal.heaters[well].duty_permille) / PERMILLE
            duty += self.constants[HEAT_LEAK + well] * (1 - duty)
            heat.step_heat(
                self.state[at : at + heat.STATE_SIZE],
                self.steps,
                self.heater_row,
                duty,
                self.supply_v if self.guard.relay.is_commanded_closed else 0.0,
                self.are_feet_in[well],
                self.ambient_c,
                self.figures.foot_heat.blood_c,
            )

    def _read(self):
        for well in range(FEET):
            self._read_ntcs(well)
            self._read_thermometer(well)

    def _read_ntcs(self, well):
        chain = self.constants[NTC_CHAIN_ROW : NTC_CHAIN_ROW + ntc.CHAIN_CONSTANTS]
        nodes = WELL + well * heat.STATE_SIZE
        rows, states, conductance = [], [], 0.0
        for index in (heat.ELEMENT_NTC, heat.SKIN_NTC):
            at = heat.NTCS * well + index
            row = self.constants[NTC_ROW + at * ntc.CONSTANTS :][: ntc.CONSTANTS]
            state = self.state[NTC_STATE + at * ntc.STATES :][: ntc.STATES]
            node = heat.PAD_C if index == heat.SKIN_NTC else heat.ELEMENT_C
            ntc.feel(state, _lagging(row, ntc.LAG), self.state[nodes + node], self.ambient_c, PERIOD_S)
            conductance += 1.0 / (state[ntc.OHM] + row[ntc.PULL_UP_OHM])
            rows.append(row)
            states.append(state)
        ground = ntc.ground_share(conductance, chain[ntc.GROUND_OHM + well])
        for index, device in enumerate((self.hal.elements[well], self.hal.skins[well])):
            device.code = ntc.convert(states[index], rows[index], chain, ground, device.code, self.noise, index)

    def _read_thermometer(self, well):
        row = self.constants[THERMOMETER_ROW + well * thermometer.CONSTANTS :][: thermometer.CONSTANTS]
        chip = self.hal.thermometers[well]
        centi_c = thermometer.read_thermometer(
            self.state[THERMOMETER_STATE + well * thermometer.STATES :][: thermometer.STATES],
            _lagging(row, thermometer.LAG),
            self.pad_c(well),
            self.ambient_c,
            chip.centi_c,
            self.noise,
            THERMOMETER_STREAM + well,
            PERIOD_S,
        )
        chip.centi_c = max(COLDEST_CENTI_C, min(centi_c, HOTTEST_CENTI_C))


def _lagging(row, place):
    """Return a part's row with the lag of ten ticks in one."""
    row = np.array(row)
    row[place] **= PERIOD_TICKS
    return row
