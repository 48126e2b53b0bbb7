"""The guard over fakes."""

from array import array

from instep.axes import FEET, HOME
from instep.drive.homing import FOUND
from instep.guard import faults
from instep.guard.memory_monitor import MemoryMonitor
from instep.guard.supervisor import Supervisor
from tests.fakes import CODE_25_C, FakeHal, figures_of, stand_in
from tests.firmware.sessions import CALIBRATION, resting_heater, resting_press, resting_roller

FORCE_MAX_MN = 60_000


class Bench:
    """A guard over fakes."""

    def __init__(self, hal=None):
        self.hal = hal or FakeHal()
        self.heaters = [resting_heater() for _ in range(2)]
        self.setpoints = array("i", HOME * 2)
        self.rollers = [resting_roller() for _ in range(4)]
        self.homings = [stand_in(state=FOUND) for _ in range(4)]
        self.presses = [resting_press() for _ in range(4)]
        self.drives = stand_in(heaters=self.heaters, rollers=self.rollers, homings=self.homings, presses=self.presses)
        self.drives.figures = figures_of(CALIBRATION)
        self.guard = Supervisor(self.hal, self.drives, CALIBRATION, MemoryMonitor())
        for well in self.guard.wells:
            well.element.code = well.skin.code = CODE_25_C

    def ticks(self, count=1, is_homing=False):
        """Let the checks of `count` ticks pass; return the fault."""
        for _ in range(count):
            self.guard.check_inputs()
            self.guard.check_setpoints(self.setpoints)
            self.guard.check_outputs(is_homing)
        return self.guard.fault

    def set_temperature(self, sensor, foot, centi_c):
        probe = getattr(self.guard.wells[foot], sensor)
        probe.raw_centi_c = probe.centi_c = centi_c

    def sample(self, sensor, foot, centi_c):
        """Let one temperature sample be taken; return the fault."""
        self.set_temperature(sensor, foot, centi_c)
        self.check_temperatures()
        return self.guard.fault

    def check_temperatures(self):
        """Take a sample of both wells."""
        for foot in range(FEET):
            self.guard.take_temperatures(foot)
            self.guard.judge_temperatures(foot)


class Well:
    """A well's watch that finds what the test says; notes which other well it was shown."""

    def __init__(self):
        self.element = self.skin = stand_in(raw_centi_c=3_000, code=CODE_25_C)
        self.thermometer_centi_c = 3_000
        self.fault = faults.NO_FAULT
        self.other = None

    def take(self):
        pass

    def judge(self, other, is_doubted):
        self.other = other
        return self.fault
