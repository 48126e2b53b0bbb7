"""The servo drive: values to pulses, written only when they change."""

import tomllib
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.machine.calibration import SERVO_TABLES, servo_fields
from instep.axes import HIGH, LOW
from instep.drive.servo import ServoAxis
from instep.hal.calibration import FIELDS
from sim.plant import servo

FIGURES = tomllib.loads((Path(__file__).parents[3] / "boards" / "reference" / "servo.toml").read_text("utf-8"))
RANGES = {name: (minimum, greatest) for name, minimum, greatest in FIELDS}
SMALL_INT = 2**30


class FakeServo:
    """A servo that records its pulses."""

    def __init__(self) -> None:
        self.pulses_us: list[int] = []
        self.releases = 0

    def set_us(self, pulse_us: int) -> None:
        self.pulses_us.append(pulse_us)

    def release(self) -> None:
        self.releases += 1


def test_a_value_becomes_its_pulse():
    fake = FakeServo()
    ServoAxis(fake, array("i", [600, 30]), 0).tick(26_000)
    assert fake.pulses_us == [600 + 26 * 30]


def test_an_unchanged_value_writes_no_pulse():
    fake = FakeServo()
    axis = ServoAxis(fake, array("i", [600, 30]), 0)
    for value in (0, 0, 1_000, 1_000, 1_001, 1_000):
        axis.tick(value)
    assert fake.pulses_us == [600, 630]


def test_after_release_the_same_value_is_written_again():
    fake = FakeServo()
    axis = ServoAxis(fake, array("i", [600, 30]), 0)
    axis.tick(1_000)
    axis.release()
    axis.tick(1_000)
    assert (fake.pulses_us, fake.releases) == ([630, 630], 1)


@given(st.integers(-60_000, 60_000), st.integers(-2_000, 2_000), st.integers(500, 2_500))
def test_pulses_follow_the_calibration_for_either_sense_of_turning(value, us_per_kilo, zero_us):
    fake = FakeServo()
    ServoAxis(fake, array("i", [zero_us, us_per_kilo]), 0).tick(value)
    assert fake.pulses_us[0] == pytest.approx(zero_us + value * us_per_kilo / 1000, abs=1)


@pytest.mark.parametrize("axis", SERVO_TABLES)
def test_every_intermediate_is_a_small_integer_whatever_the_calibration(axis):
    maximum = max(abs(limit) for limit in RANGES[f"{SERVO_TABLES[axis]}_us_per_kilo"])
    travel = RANGES["press_travel_max_um"][1] if SERVO_TABLES[axis] == "press" else max(-LOW[axis], HIGH[axis])
    assert maximum * travel < SMALL_INT


@pytest.mark.parametrize("axis", SERVO_TABLES)
def test_the_firmware_and_the_plant_read_a_pulse_alike(axis):
    fields = servo_fields(FIGURES)
    table = SERVO_TABLES[axis]
    fake = FakeServo()
    value = HIGH[axis] // 2
    ServoAxis(fake, array("i", [fields[f"{table}_zero_us"], fields[f"{table}_us_per_kilo"]]), 0).tick(value)
    figures = servo.ServoFigures.from_toml(FIGURES, axis)
    assert abs(fake.pulses_us[0] - figures.pulse_us(value)) < 1
