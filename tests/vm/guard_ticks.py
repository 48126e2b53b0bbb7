"""Run the guard's monitors tick by tick on MicroPython with the heap locked: none of them may allocate."""

from array import array

import micropython
from instep.drive.ntc import Probe
from instep.drive.press import AT_END, SPRING, TOUCHING, TRAILING, TRAVEL, ZERO
from instep.drive.press import SIZE as PRESS_SIZE
from instep.drive.roller_kernels import ACTIVE, RUN, SCALE, SIZE, STEP
from instep.guard.deadman_timer import DeadmanTimer
from instep.guard.force_monitor import ForceMonitor
from instep.guard.memory_monitor import MemoryMonitor
from instep.guard.motion_monitor import RollerMonitor
from instep.guard.relay_monitor import RelayMonitor
from instep.guard.sensor_monitor import SensorMonitor
from instep.guard.travel_monitor import TravelMonitor
from instep.guard.well_model import WellModel

HEAT_CODE = 14_592


def _stand_in(thing):
    """Return `thing` with the type that the caller needs."""
    return thing


def _nothing():
    """Stand in for locking the heap, which only MicroPython can."""


lock = getattr(micropython, "heap_lock", _nothing)
unlock = getattr(micropython, "heap_unlock", _nothing)


class Thing:
    """A stand-in with the given attributes."""

    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)


class Motor:
    """A motor's current."""

    def __init__(self):
        self.current_ma = 0

    def read_ma(self):
        """Return the current."""
        return self.current_ma


class Encoder:
    """An encoder that moves by `step` counts at every reading."""

    def __init__(self):
        self.counts = 0
        self.step = 0

    def read_counts(self):
        """Return the counts."""
        self.counts += self.step
        return self.counts


class Ntc:
    """An NTC that reads `code`."""

    def __init__(self):
        self.code = HEAT_CODE

    def read_code(self):
        """Return the code."""
        return self.code


class Board:
    """A board whose outputs can be cut and whose timer is called by hand."""

    def __init__(self):
        self.cuts = 0
        self.callback = None

    def start_deadman(self, callback):
        """Keep the callback."""
        self.callback = callback

    def cut_outputs(self):
        """Count."""
        self.cuts += 1


def motion():
    """Return the faults of a roller: sound, met at its speed, held, blind, reversed, too fast, loose."""
    roller = _stand_in(Thing(duty_permille=0, state=array("i", [0] * SIZE)))
    roller.state[RUN] = ACTIVE
    roller.state[STEP] = 300
    roller.state[SCALE] = 22_943
    motor = _stand_in(Motor())
    encoder = _stand_in(Encoder())
    watch = RollerMonitor(roller, motor, encoder, _stand_in(Thing(um_per_1024_counts=22_943)), MemoryMonitor())
    cases = (
        (300, 15, 500),
        (300, 15, 1_200),
        (300, 0, 2_000),
        (300, 0, 500),
        (300, -9, 500),
        (900, 80, 500),
        (0, 12, 0),
    )
    found = [0] * len(cases)
    for index in range(len(cases)):
        roller.duty_permille, encoder.step, motor.current_ma = cases[index]
        lock()
        for _ in range(50):
            fault = watch.check(False)
            if fault and not found[index]:
                found[index] = fault
        unlock()
    return found


class Reading:
    """The filtered reading of a thermistor that was read once."""

    samples = 1

    def __init__(self):
        self.centi_c = 3_000


class Thermometer:
    """A thermometer that says what the skin side's NTC says."""

    def read_centi_c(self):
        """Return 30 °C."""
        return 3_000


def force():
    """Return the faults of a roller: sound, over, frozen, behind three ways, too high, still pressing."""
    found = []
    for asked_mn, force_mn, noise_mn, travel_um, is_touching, has_rolled in (
        (20_000, 20_000, 1, 30_000, True, False),
        (20_000, 40_000, 1, 30_000, True, True),
        (20_000, 20_000, 0, 30_000, True, False),
        (20_000, 9_000, 1, 50_000, True, False),
        (20_000, 20_000, 1, 50_000, True, True),
        (20_000, 0, 1, 60_000, False, False),
        (20_000, 40_000, 1, 0, True, True),
        (0, 20_000, 1, 0, False, False),
    ):
        press = _stand_in(Thing(asked_mn=20_000, state=array("i", [0] * PRESS_SIZE)))
        press.state[TRAILING] = 14_000
        press.state[TOUCHING] = 1
        press.state[SPRING] = 1_200
        press.state[ZERO] = 30
        roller = _stand_in(Thing(position_um=0))
        foot_switch = _stand_in(Thing(read=lambda: True))
        memory = MemoryMonitor()
        travel = TravelMonitor(press, roller, foot_switch, memory)
        watch = ForceMonitor(press, travel, array("i", [0, 0]), memory)
        watch.check(500)
        roller.position_um = 50_000 if has_rolled else 0
        watch.check(600)
        press.asked_mn = asked_mn
        press.state[TRAVEL] = press.state[TRAILING] = travel_um
        press.state[TOUCHING] = int(is_touching)
        press.state[AT_END] = int(not is_touching)
        fault = 0
        lock()
        for tick in range(100):
            fault = fault or watch.check(force_mn + noise_mn * (tick & 1))
        unlock()
        found.append(fault)
    return found


class Heater:
    """A heater with sensors that the test sets; it is on or off."""

    def __init__(self):
        self.ntc = Ntc()
        self.judged = Probe(_stand_in(self.ntc))
        self.element, self.skin = Reading(), Reading()
        self.duty_permille = 0

    def turn(self, tick, codes, lead, duty):
        """Go on by a sample; a `lead` of None swings as widely as two readings can, and the duty with it."""
        is_up = tick // 20 & 1
        self.ntc.code = codes[tick & 1]
        self.judged.read()
        self.duty_permille = duty if lead is not None else 1000 * is_up
        self.element.centi_c = self.skin.centi_c + (lead if lead is not None else 12_700 * is_up - 6_350)


def monitor(heater):
    """Return the monitor of a well whose sensor monitors judge one real sensor."""
    relay = RelayMonitor(_stand_in(heater.ntc))
    relay.is_commanded_closed = True
    probes = _stand_in(heater.element), _stand_in(heater.skin)
    well = WellModel(_stand_in(heater), *probes, _stand_in(Thermometer()), relay)
    well.element_monitor = SensorMonitor(heater.judged)
    well.skin_monitor = SensorMonitor(heater.judged)
    return well


def heat():
    """Return the faults of a well: sound, lost, wild, differing, dead, frozen, swinging, staying on."""
    found = []
    for codes, lead, duty, ticks in (
        ((HEAT_CODE, HEAT_CODE + 2), 0, 0, 600),
        ((32_767, 32_767), 0, 0, 9),
        ((HEAT_CODE, 6_000), 0, 0, 9),
        ((HEAT_CODE, HEAT_CODE + 2), 900, 0, 60),
        ((HEAT_CODE, HEAT_CODE + 2), -40, 1000, 400),
        ((HEAT_CODE, HEAT_CODE), 0, 0, 600),
        ((HEAT_CODE, HEAT_CODE + 2), None, 0, 600),
        ((HEAT_CODE, HEAT_CODE + 2), 700, 300, 600),
    ):
        heaters = [Heater(), Heater()]
        left, right = [monitor(heater) for heater in heaters]
        fault = 0
        lock()
        for tick in range(ticks):
            for heater in heaters:
                heater.turn(tick, codes, lead, duty)
            left.take()
            fault = fault or left.judge(right, False)
            right.take()
            right.judge(left, False)
        unlock()
        found.append(fault)
    return found


def deadman():
    """Return how often the outputs were cut: alive, then dead."""
    board = _stand_in(Board())
    line = DeadmanTimer(board)
    callback = board.callback
    lock()
    for _ in range(70_000):
        line.beat()
        callback(None)
    unlock()
    alive = board.cuts
    lock()
    for _ in range(20):
        callback(None)
    unlock()
    return [alive, board.cuts]
