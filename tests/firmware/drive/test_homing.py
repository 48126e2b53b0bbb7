"""Homing on the simulated gearmotor: wherever a roller stands, it ends at the same home, gently and in time."""

import itertools
import tomllib
from pathlib import Path

import pytest

from instep.axes import HIGH, SOLE_STROKE
from instep.drive import homing
from instep.drive.homing import Homing
from instep.drive.roller import Roller
from instep.guard.memory_monitor import MemoryMonitor
from sim.people import load_person
from sim.plant.figures import load_figures
from sim.plant.motor import (
    CURRENT_A,
    HIGH_STOP_M,
    LOW_STOP_M,
    POSITION_M,
    SPEED_M_S,
    MotorParameters,
    encoder_counts,
    step,
)
from tests.fakes import FakeEncoder, FakeMotor, figures_of

ROLLER_TOML = Path(__file__).parents[3] / "boards" / "reference" / "roller.toml"
MOTOR = MotorParameters.from_toml(tomllib.loads(ROLLER_TOML.read_text(encoding="utf-8")), "sole")
CALIBRATION = load_figures(load_person("average"), 1).calibration
SUPPLIES_V = (10.8, 12.0, 12.6)
MAX_TICKS = 1_500
HOME_WITHIN_M = 0.000_5
TRAPPED_MAX_N = 60.0


class Rig:
    """One roller on its rail, its bridge fed with `bus_v`."""

    def __init__(self, start_m, bus_v=12.0):
        self.state = MOTOR.at_rest(start_m)
        self.motor = FakeMotor()
        self.encoder = FakeEncoder()
        self._constants = MOTOR.pack()
        self._bus_v = bus_v
        self.fastest_m_s = self.greatest_a = 0.0
        self._read()
        self.roller = Roller(self.motor, self.encoder, CALIBRATION, HIGH[SOLE_STROKE], MemoryMonitor())
        self.homing = Homing(self.roller, figures_of(CALIBRATION))

    def tick(self):
        self.homing.tick()
        duty = self.motor.duty_permille
        step(self.state, self._constants, self._bus_v, (duty or 0) / 1000, duty is not None, 0.0)
        self._read()

    def run(self):
        """Home; return how many ticks it took."""
        self.homing.begin()
        for tick in range(1, MAX_TICKS + 10):
            self.tick()
            if self.homing.state >= homing.FOUND:
                return tick
        raise AssertionError("homing never ends")

    def _read(self):
        self.encoder.counts = encoder_counts(self.state[POSITION_M], self._constants)
        self.motor.current_ma = int(abs(self.state[CURRENT_A]) * 1000)
        self.fastest_m_s = max(self.fastest_m_s, abs(self.state[SPEED_M_S]))
        self.greatest_a = max(self.greatest_a, abs(self.state[CURRENT_A]))


@pytest.mark.parametrize("bus_v", SUPPLIES_V)
@pytest.mark.parametrize("start_m", [MOTOR.low_stop_m, 0.0, 0.005, 0.17, MOTOR.high_stop_m])
def test_a_roller_finds_the_same_home_from_everywhere(start_m, bus_v):
    rig = Rig(start_m, bus_v)
    rig.run()
    assert rig.homing.state == homing.FOUND
    assert abs(rig.state[POSITION_M]) <= HOME_WITHIN_M
    assert rig.roller.position_um == 0
    assert rig.motor.duty_permille is None


def test_homing_is_gentle():
    rig = Rig(0.1)
    rig.run()
    assert rig.fastest_m_s <= 0.1
    assert rig.greatest_a * MOTOR.force_n_a * (1 - MOTOR.gear_loss) <= TRAPPED_MAX_N
    assert rig.greatest_a <= MOTOR.limit_a


def test_it_only_ever_goes_toward_the_toes_and_back_off_the_stop():
    rig = Rig(0.05)
    rig.homing.begin()
    places = []
    while rig.homing.state == homing.SEEKING:
        places.append(rig.state[POSITION_M])
        rig.tick()
    assert all(after <= before for before, after in itertools.pairwise(places))
    assert rig.state[POSITION_M] == pytest.approx(rig.state[LOW_STOP_M], abs=1e-4)


def test_a_roller_held_off_its_stop_is_late_and_coasts():
    rig = Rig(0.02)
    rig.homing.begin()
    while rig.homing.state == homing.SEEKING:
        rig.tick()
    rig.state[HIGH_STOP_M] = rig.state[POSITION_M]
    for _ in range(MAX_TICKS):
        rig.tick()
    assert rig.homing.state == homing.LATE
    assert rig.motor.duty_permille is None


def test_a_roller_that_never_stops_is_late_within_fifteen_seconds():
    rig = Rig(0.0)
    rig.homing.begin()
    for _ in range(MAX_TICKS + 1):
        assert rig.homing.state == homing.SEEKING
        rig.encoder.counts -= 5
        rig.homing.tick()
    assert rig.homing.state == homing.LATE
    assert rig.motor.duty_permille is None


def test_homing_that_is_over_gives_no_more_power():
    rig = Rig(0.0)
    rig.run()
    rig.motor.given.clear()
    for _ in range(100):
        rig.tick()
    assert not any(rig.motor.given)


def test_homing_can_be_done_again():
    rig = Rig(0.03)
    rig.run()
    assert rig.run() > 1
    assert abs(rig.state[POSITION_M]) <= HOME_WITHIN_M
