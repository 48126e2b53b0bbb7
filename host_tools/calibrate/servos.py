"""Judge the servos of a new machine: their plugs and directions, and the clock of the chip that makes their pulses."""

from collections.abc import Sequence
from dataclasses import dataclass

from instep.axes import HOLD_ARCH, HOLD_HEEL, SOLE_PRESS, TOE_GRIP, TOE_REACH, TOE_SELECT, TOE_TURN, TOP_PRESS
from instep.units import HZ_PER_KHZ

# What a person saw the servo do.
RIGHT, WRONG_WAY, OTHER, NOTHING = "right", "wrong way", "other", "nothing"

_PRESSES = "presses its roller into the well"
# Axis of a foot: where it is shown, in the axis's unit, and what a person sees then.
SHOWN = {
    TOP_PRESS: (3_000, _PRESSES),
    SOLE_PRESS: (3_000, _PRESSES),
    TOE_SELECT: (4_000, "goes from the big toe to the third one"),
    TOE_REACH: (20_000, "goes from the toe tips toward the foot"),
    TOE_TURN: (80, "turns one way"),
    TOE_GRIP: (2_000, "closes"),
    HOLD_ARCH: (5_000, "closes on the arch"),
    HOLD_HEEL: (5_000, "closes on the heel"),
}

# PCA9685 data sheet, 7.3.5: 4096 steps a period, and a whole number of the clock's counts to a step.
_STEPS = 4_096
_HZ = 50
# What a board file allows: 25 MHz on paper.
CLOCK_MIN_KHZ, CLOCK_MAX_KHZ = 23_000, 27_000
SPREAD_MAX_HZ = 0.3


@dataclass(frozen=True)
class Servo:
    """A verdict on one servo: empty, or what is wrong with it."""

    name: str
    problem: str = ""
    advice: str = ""


def judge_servo(name: str, saw: str) -> Servo:
    """Return the verdict on the servo of an axis from what a person saw."""
    if saw == OTHER:
        return Servo(name, "another servo moves instead", "Swap the two plugs: `instep board show` has the channels.")
    if saw == NOTHING:
        return Servo(name, "it does not move", "Check its plug, the 6 V and its horn.")
    if saw == WRONG_WAY:
        advice = "Mount it the other way round, or turn the sign of us_per_kilo in the machine's servo.toml."
        return Servo(name, "it moves the wrong way", advice)
    return Servo(name)


def clock_khz(measured_hz: Sequence[float], used_khz: int) -> int:
    """Return the chip's clock from the frequency of its pulses; the board made them for `used_khz`.

    Raise ValueError if the readings differ too much, or if no sound chip has such a clock.
    """
    spread_hz = max(measured_hz) - min(measured_hz)
    if spread_hz > SPREAD_MAX_HZ:
        raise ValueError(f"the readings differ by {spread_hz:.2f} Hz, allowed are {SPREAD_MAX_HZ} Hz")
    counts = (used_khz * HZ_PER_KHZ + _STEPS * _HZ // 2) // (_STEPS * _HZ)
    found = round(sum(measured_hz) / len(measured_hz) * _STEPS * counts / HZ_PER_KHZ)
    if not CLOCK_MIN_KHZ <= found <= CLOCK_MAX_KHZ:
        raise ValueError(f"the clock would be {found} kHz, allowed are {CLOCK_MIN_KHZ} to {CLOCK_MAX_KHZ} kHz")
    return found
