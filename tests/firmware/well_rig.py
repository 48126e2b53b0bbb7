"""Two wells under their watches: films whose lead follows the power, or not, and what the sensors say of them."""

from instep.guard.faults import NO_FAULT
from instep.guard.sensor_monitor import SensorMonitor
from instep.guard.well_monitor import WellMonitor
from instep.units import PERMILLE
from tests.fakes import stand_in

PER_S = 10
LEAD_CENTI_K = 360
TAU_SAMPLES = 17
CODES = (16_384, 16_385)
CYCLE, DIP_AT, DIP = 160, 140, 20


def probe_at(centi_c, code=CODES[0]):
    """Return a sound sensor that was read once."""
    return stand_in(samples=1, code=code, raw_centi_c=centi_c, centi_c=centi_c, sound=True)


class Well:
    """One film; `gain` is its temperature difference at full power, 0.01 K.

    `element_probe` and `skin_probe` are the readings; `probe` is the one that both sensor monitors judge.
    """

    def __init__(self, skin=3_000):
        self.probe, self.element_probe, self.skin_probe = [probe_at(skin) for _ in range(3)]
        self.heater = stand_in(duty_permille=0, left_out_permille=PERMILLE)
        self.watch = self.monitor()
        self.gain = float(LEAD_CENTI_K)
        self.lead = 0.0
        self.skin = float(skin)
        self.offset = 0.0

    def monitor(self, element=None, skin=None):
        """Return a new monitor of this well; its sensor monitors judge these probes instead of `probe`."""
        monitor = WellMonitor(self.heater, self.element_probe, self.skin_probe)
        monitor.element_monitor = SensorMonitor(element or self.probe)
        monitor.skin_monitor = SensorMonitor(skin or self.probe)
        return monitor

    def ask(self, duty, left_out=0):
        """Let the drive ask for a duty."""
        self.heater.duty_permille = duty
        self.heater.left_out_permille = left_out

    def warm(self):
        """Let the film follow its power for a sample."""
        self.lead += (self.gain * self.heater.duty_permille / PERMILLE - self.lead) / TAU_SAMPLES

    def say(self, element, skin):
        """Let the sensors say something, in 0.01 °C."""
        self.probe.code = CODES[self.probe.code == CODES[0]]
        self.element_probe.centi_c, self.skin_probe.centi_c = round(element), round(skin)


class Pair:
    """Two wells; `say` turns their leads and skins into what is read, as sound sensors do unless it is replaced."""

    def __init__(self):
        self.wells = (Well(), Well())
        self.say = self.say_truly
        self.samples = 0

    def say_truly(self):
        """Let every sensor say what is."""
        for well in self.wells:
            well.say(well.skin + well.lead + well.offset, well.skin)

    def say_crossed(self):
        """Let each well's sensors say what is in the other."""
        for well, other in zip(self.wells, reversed(self.wells), strict=True):
            well.say(other.skin + other.lead, other.skin)

    def say_film_twice(self):
        """Let the left skin side read as warm as its film."""
        self.say_truly()
        left = self.wells[0]
        left.say(left.skin + left.lead, left.skin + left.lead)

    def sample(self):
        """Let a tenth of a second pass; return each well's fault."""
        self.samples += 1
        for well in self.wells:
            well.warm()
        self.say()
        left, right = self.wells
        return left.watch.check(right.watch), right.watch.check(left.watch)

    def run(self, seconds, *duties):
        """Let time pass at these duties; return the first fault of any well."""
        for well, duty in zip(self.wells, duties, strict=False):
            well.ask(duty, PERMILLE if duty == 0 else 0)
        for _ in range(round(seconds * PER_S)):
            fault = max(self.sample())
            if fault:
                return fault
        return NO_FAULT

    def faults(self, seconds, *duties):
        """Let time pass at these duties whatever is found; return all faults."""
        ends = self.samples + round(seconds * PER_S)
        found = set()
        while self.samples < ends:
            found.add(self.run((ends - self.samples) / PER_S, *duties))
        return found - {NO_FAULT}

    def start(self, duty=PERMILLE, wait_s=3.0):
        """Begin to heat: the right well somewhat later."""
        return self.run(wait_s, duty, 0) or self.run(8, duty, duty)

    def hold(self, seconds, duty, dip=100):
        """Go on at a duty of which some is left out now and then, in turn; return the first fault and when, s."""
        for sample in range(round(seconds * PER_S)):
            for turn, well in enumerate(self.wells):
                is_dip = (sample + turn * CYCLE // 2) % CYCLE >= DIP_AT
                well.ask(duty - dip * is_dip, dip * is_dip)
            fault = max(self.sample())
            if fault:
                return fault, sample / PER_S
        return NO_FAULT, seconds
