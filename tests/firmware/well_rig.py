"""A well under the guard's model whose readings and power are what the test says."""

from instep.guard.faults import NO_FAULT
from instep.guard.sensor_monitor import SensorMonitor
from instep.guard.well_model import WellModel
from instep.units import PERMILLE
from tests.fakes import FakeThermometer, stand_in

PER_S = 10
MILD = 3_000
CODES = (14_592, 14_593)


def probe_at(centi_c, code=CODES[0]):
    """Return a sound sensor that was read once."""
    return stand_in(samples=1, code=code, raw_centi_c=centi_c, centi_c=centi_c, sound=True)


class Well:
    """One well; `watch` is its model, `probe` the sensor that both sensor monitors judge; 0.01 °C."""

    def __init__(self, skin=MILD):
        self.probe, self.element_probe, self.skin_probe = [probe_at(skin) for _ in range(3)]
        self.thermometer = FakeThermometer(skin)
        self.heater = stand_in(duty_permille=0)
        self.relay = stand_in(is_commanded_closed=False)
        self.watch = WellModel(self.heater, self.element_probe, self.skin_probe, self.thermometer, self.relay)
        self.watch.element_monitor = SensorMonitor(self.probe)
        self.watch.skin_monitor = SensorMonitor(self.probe)

    def say(self, element, skin, thermometer=None):
        """Let the sensors say something; the thermometer what the skin side's NTC says, unless it is given."""
        self.probe.code = CODES[self.probe.code == CODES[0]]
        self.element_probe.centi_c, self.skin_probe.centi_c = round(element), round(skin)
        self.thermometer.centi_c = round(skin if thermometer is None else thermometer)

    def sample(self, other=None, is_doubted=False):
        """Take a sample beside another well, by default a quiet one; return the fault that it completes."""
        self.watch.take()
        return self.watch.judge((other or _QUIET).watch, is_doubted)

    def run(self, seconds, duty=None, other=None, **said):
        """Let time pass; return the first fault."""
        if duty is not None:
            self.heater.duty_permille = duty
        for _ in range(round(seconds * PER_S)):
            if said:
                self.say(**said)
            fault = self.sample(other)
            if fault != NO_FAULT:
                return fault
        return NO_FAULT

    def close_relay(self):
        """Let a session begin: what lead there is now is the sensors' own."""
        self.run(31)
        self.relay.is_commanded_closed = True
        return self


FULL = PERMILLE
_QUIET = Well()
