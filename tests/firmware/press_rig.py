"""A press on the simulated foot, the truth of its force, and the strokes that tests give with it."""

import tomllib
from pathlib import Path

import numpy as np

from host_tools.machine.calibration import servo_fields
from instep.axes import LEFT, PULSE_MAX_US, PULSE_MIN_US, RATE_PER_TICK, TOP_PRESS
from instep.drive.press import Press
from instep.drive.servo import ServoAxis
from instep.guard.memory_monitor import MemoryMonitor
from instep.hal.calibration import FIELDS, PRESS_ZERO, Calibration
from instep.stroke.foot_scaling import TOP_PERMILLE
from instep.stroke.trajectory import RAMP_TICKS
from sim.people import Person
from sim.plant import foot, noise, servo
from sim.plant.layout import TICKS_PER_FRAME
from tests.fakes import figures_of

FIGURES = tomllib.loads((Path(__file__).parents[2] / "boards" / "reference" / "servo.toml").read_text("utf-8"))
ROLLER_FIELDS = {name: minimum for name, minimum, _ in FIELDS}  # what a press does not look at
CALIBRATION = Calibration(ROLLER_FIELDS | servo_fields(FIGURES))
CONTACTS_UM = (CALIBRATION.top_contact_um, CALIBRATION.sole_contact_um)
NOISE_N = FIGURES["force_sensor"]["noise_mn"] / 1000
TICK_S = 0.01


class Rig:
    """One roller's press; `force_n` is the truth. `odd` shifts frames and conversions by a tick."""

    def __init__(self, person: Person, side: int, odd: bool = False, contact_um: int | None = None) -> None:
        self.foot = foot.pack_foot(person, LEFT, foot.Well.from_toml(FIGURES))
        self.side = side
        self.end_m = person.length_left_mm / 1000 * (TOP_PERMILLE / 1000 if side == foot.TOP else 1.0)
        self.x_m = 0.0
        self.force_n = 0.0
        self.pulse_us = 0
        self.writes = 0
        self.offset_mn = 0
        self.wild_mn: int | None = None
        self._row = servo.ServoFigures.from_toml(FIGURES, TOP_PRESS).pack()
        self._state = servo.rest_state(self._row, 0.0)
        self._noise = noise.seeded(1, 1)
        self._mn = 0
        self._tick = int(odd)
        axis = ServoAxis(self, figures_of(CALIBRATION), PRESS_ZERO)
        contact_um = CONTACTS_UM[side] if contact_um is None else contact_um
        self.press = Press(axis, self, CALIBRATION, contact_um, MemoryMonitor())

    @property
    def travel_um(self) -> float:
        """Return where the servo really stands."""
        return servo.value_of(self._state, self._row)

    def set_us(self, pulse_us: int) -> None:
        assert PULSE_MIN_US <= pulse_us <= PULSE_MAX_US
        self.pulse_us = pulse_us
        self.writes += 1

    def release(self) -> None:
        self.pulse_us = 0

    def read_mn(self) -> int:
        if self.wild_mn is None:
            return self._mn + self.offset_mn
        wild_mn, self.wild_mn = self.wild_mn, None
        return wild_mn

    def advance(self) -> None:
        """Let the plant go on by one tick."""
        frame_starts = self._tick % TICKS_PER_FRAME == 0
        servo.step_servo(self._state, self._row, self.pulse_us, frame_starts, TICK_S)
        self.force_n, _ = foot.press(self.foot, self.side, self.x_m, self.travel_um / 1e6)
        if not frame_starts:
            self._mn = foot.sensed_mn(self.force_n, NOISE_N, self._noise, 0)
        self._tick += 1

    def tick(self, setpoint_mn: int) -> float:
        """Make one tick of drive and plant; return the true force, N."""
        self.press.tick(setpoint_mn)
        self.advance()
        return self.force_n

    def touch_down(self, setpoint_mn: int, ticks: int = 130) -> list[float]:
        """Press from wherever the force is to a setpoint as the scheduler would; return the true forces."""
        ramp = eased(self.press.force_mn if self.force_n else 0, setpoint_mn)
        return [self.tick(value) for value in ramp + [setpoint_mn] * ticks]

    def roll(self, setpoint_mn: int, speed_m_s: float, back: bool = False) -> list[float]:
        """Roll over the whole foot, away from the toes or back to them; return the true forces."""
        forces = []
        for x_m in stroke(self.end_m, speed_m_s):
            self.x_m = self.end_m - x_m if back else x_m
            forces.append(self.tick(setpoint_mn))
        return forces


def eased(start_mn: int, end_mn: int) -> list[int]:
    """Return setpoints from one force to another at no more than the axis's rate."""
    ticks = max(2, abs(end_mn - start_mn) * 3 // (2 * RATE_PER_TICK[TOP_PRESS]) + 2)
    part = np.linspace(0.0, 1.0, ticks)
    return [int(value) for value in start_mn + (end_mn - start_mn) * part**2 * (3 - 2 * part)]


def stroke(way_m: float, speed_m_s: float) -> list[float]:
    """Return places from 0 to `way_m` with the scheduler's ramps."""
    ticks = max(round(way_m / speed_m_s / TICK_S), RAMP_TICKS) + RAMP_TICKS
    tick = np.arange(ticks)
    weight = np.minimum(RAMP_TICKS, np.minimum(tick + 0.5, ticks - tick - 0.5))
    return [float(place) for place in way_m * np.cumsum(weight) / weight.sum()]
