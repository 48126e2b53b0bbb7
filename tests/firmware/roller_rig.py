"""A roller drive on the simulated gearmotor: strokes to run it along, and the worst that they show."""

import tomllib
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import Path

from host_tools.machine.roller import roller_fields
from instep.axes import HIGH, SOLE_STROKE
from instep.drive.roller import Roller
from instep.drive.roller_kernels import CURRENT
from instep.guard.memory_monitor import MemoryMonitor
from instep.hal.calibration import FIELDS, Calibration
from sim.plant.motor import CURRENT_A, POSITION_M, MotorParameters, encoder_counts, step

ROLLER_TOML = Path(__file__).parents[2] / "boards" / "reference" / "roller.toml"
FIGURES = tomllib.loads(ROLLER_TOML.read_text(encoding="utf-8"))
NOMINAL = MotorParameters.from_toml(FIGURES, "sole")
NOMINAL_FIELDS = roller_fields(FIGURES)
LIMIT_MA = NOMINAL_FIELDS["motor_limit_ma"]
SPEED_MAX_UM_TICK = 1_000
ACCELERATION_MAX_UM_TICK2 = 50
SETTLE_TICKS = 100
WATCH_TICKS = 50


class Rig:
    """A simulated gearmotor behind the devices that the drive asks for."""

    def __init__(self, motor: MotorParameters = NOMINAL, bus_v: float = 12.0, contact_n: float = 15.0) -> None:
        self.state = motor.at_rest()
        self._constants = motor.pack()
        self._bus_v = bus_v
        self._contact_n = contact_n
        self._duty_permille = 0
        self.is_driven = False
        self.commands = 0
        self.miscount = 0
        calibration = Calibration({name: minimum for name, minimum, _ in FIELDS} | NOMINAL_FIELDS)
        self.roller = Roller(self, self, calibration, HIGH[SOLE_STROKE], MemoryMonitor())

    def set_duty_permille(self, duty_permille: int) -> None:
        assert -1000 <= duty_permille <= 1000
        self._duty_permille = duty_permille
        self.is_driven = True
        self.commands += 1

    def coast(self) -> None:
        self.is_driven = False
        self.commands += 1

    def read_ma(self) -> int:
        return int(abs(self.state[CURRENT_A]) * 1000)

    def read_counts(self) -> int:
        return encoder_counts(self.state[POSITION_M], self._constants) + self.miscount

    @property
    def position_um(self) -> float:
        """Return where the roller truly is."""
        return float(self.state[POSITION_M] * 1e6)

    def pass_tick(self) -> None:
        """Let 10 ms of physics go by."""
        step(self.state, self._constants, self._bus_v, self._duty_permille / 1000, self.is_driven, self._contact_n)

    def tick(self, setpoint_um: int) -> None:
        """Run the drive once, then the physics."""
        self.roller.tick(setpoint_um)
        self.pass_tick()

    def hold(self, setpoint_um: int, ticks: int) -> None:
        """Run with a resting setpoint."""
        for _ in range(ticks):
            self.tick(setpoint_um)

    def follow(self, start_um: int, end_um: int, peak_um_tick: int = SPEED_MAX_UM_TICK) -> None:
        """Run along one eased stroke."""
        for setpoint_um in eased(start_um, end_um, peak_um_tick):
            self.tick(setpoint_um)


def eased(start_um: int, end_um: int, peak_um_tick: int) -> list[int]:
    """Return a smoothstep stroke of at most `peak_um_tick` and 0.5 m/s2."""
    length_um = abs(end_um - start_um)
    ticks = max(1, ceil(1.5 * length_um / peak_um_tick), ceil(sqrt(6 * length_um / ACCELERATION_MAX_UM_TICK2)))
    shares = [tick / ticks for tick in range(1, ticks + 1)]
    return [start_um + round((end_um - start_um) * (3 * share**2 - 2 * share**3)) for share in shares]


@dataclass
class Worst:
    """The worst that a journey showed."""

    moving_um: float = 0.0
    resting_um: float = 0.0
    overshoot_um: float = 0.0
    current_ma: int = 0
    driven_at_rest_ticks: int = 0


def journey(rig: Rig, ends_um: tuple[int, ...], peak_um_tick: int) -> Worst:
    """Run eased strokes from one end to the next with a rest at each; return the worst of it."""
    worst = Worst()
    start_um = 0
    rig.hold(0, 5)
    for end_um in ends_um:
        direction = 1 if end_um >= start_um else -1
        rests = [end_um] * (SETTLE_TICKS + WATCH_TICKS)
        setpoints_um = eased(start_um, end_um, peak_um_tick) + rests
        for tick, setpoint_um in enumerate(setpoints_um):
            worst.moving_um = max(worst.moving_um, abs(setpoint_um - rig.position_um))
            rig.tick(setpoint_um)
            worst.overshoot_um = max(worst.overshoot_um, (rig.position_um - end_um) * direction)
            worst.current_ma = max(worst.current_ma, rig.roller.state[CURRENT])
            if tick >= len(setpoints_um) - WATCH_TICKS:
                worst.resting_um = max(worst.resting_um, abs(end_um - rig.position_um))
                worst.driven_at_rest_ticks += rig.is_driven
        start_um = end_um
    return worst
