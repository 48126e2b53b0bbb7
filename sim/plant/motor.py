"""A roller's DC gearmotor on its H-bridge: current, speed and place of the carriage it pulls.

Everything is referred to the roller, so the motor constant is in N/A (and V s/m) and inertia in kg:

    L di/dt = v - R i - k u             (bridge open: i = 0)
    m du/dt = k i - b u - friction      friction against motion, constant + share of |k i| lost in the gear

Between samples the linear part is solved exactly (zero-order hold, matrix exponential) over SUBSTEPS steps a tick.
Friction is held over one step, and a step in which the motion dies ends in stand-still: nothing in steady state, about
0.1 mm and 1.5 mm/s after four seconds of reversals. Standing friction is larger than sliding friction, as the
sheet's start voltage says. Stops are inelastic; narrowing them jams the roller.

A finger or toe in the way is a spring on either side: it pushes back by `OBSTACLE_N_M` for each metre that the roller
is beyond its place. Its force is taken at the middle of a step, which keeps the energy of a bounce.
"""

from dataclasses import dataclass
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from host_tools.machine import roller
from sim.plant.jit import compiled
from sim.plant.linear import exponential

# State row of one motor.
POSITION_M = 0  # from the toe tips, positive away from them
SPEED_M_S = 1
CURRENT_A = 2
BUS_A = 3  # drawn from the supply, mean of the last tick; negative while braking
LOW_STOP_M = 4
HIGH_STOP_M = 5
OBSTACLE_LOW_M = 6  # a finger is met below this place and above the next one
OBSTACLE_HIGH_M = 7
OBSTACLE_N_M = 8  # its stiffness, 0 = nothing is in the way
TRACK_N = 9  # the greatest force on it within the last tick
STATES = 10

# Row of constants, see MotorParameters.pack.
SLIDING_N = 0
BREAKAWAY_N = 1
ROLLING = 2
GEAR_LOSS_N_A = 3
FORCE_N_A = 4
RESISTANCE = 5
INDUCTANCE = 6
COUNTS_PER_M = 7
STEP_S = 8
DRIVEN = 9  # next (current, speed, advance) from current, speed, volts, force: 3 x 4 numbers
COASTING = 21  # next (speed, advance) from speed, force: 2 x 2 numbers
STUCK = 25  # next current from current, volts: 2 numbers
CONSTANTS = 27

SUBSTEPS = 10
TICK_S = 0.01
TINY = 1e-30  # keeps a quotient finite
FAR_M = 1e3  # farther than any roller goes

# The matrix exponential's first term left out is (1/16)^10 / 10!, under rounding.
_HALVED_NORM = 1 / 16
_TAYLOR_TERMS = 10

Row = NDArray[np.float64]


@dataclass(frozen=True)
class MotorParameters:
    """Hold one gearmotor, SI units, referred to the roller's travel."""

    resistance_ohm: float
    inductance_h: float
    force_n_a: float  # motor constant before gear loss; also the back-EMF in V s/m
    gear_loss: float  # share of the motor's force that is lost in the gear, 0..1
    mass_kg: float
    viscous_n_s_m: float
    sliding_n: float
    breakaway_n: float
    rolling: float
    counts_per_m: float
    low_stop_m: float
    high_stop_m: float
    limit_a: float

    @classmethod
    def from_toml(cls, figures: dict[str, Any], side: str) -> "MotorParameters":
        """Derive the constants of the `side` ("top" or "sole") roller from the figures of `roller.toml`."""
        motor, carriage = figures["gearmotor"], figures["carriage"]
        radius_m = figures["drum"]["diameter_m"] / 2
        force_n_a, useful_n_a = roller.force_n_a(figures), roller.useful_n_a(figures)
        no_load_n = useful_n_a * motor["no_load_a"]
        return cls(
            resistance_ohm=roller.resistance_ohm(figures),
            inductance_h=motor["inductance_h"],
            force_n_a=force_n_a,
            gear_loss=1 - useful_n_a / force_n_a,
            mass_kg=motor["rotor_inertia_kg_m2"] * (motor["gear_ratio"] / radius_m) ** 2 + carriage["mass_kg"],
            viscous_n_s_m=no_load_n * motor["viscous_share"] / roller.no_load_m_s(figures),
            sliding_n=no_load_n * (1 - motor["viscous_share"]) + carriage["guide_friction_n"],
            breakaway_n=useful_n_a * roller.start_a(figures) + carriage["guide_friction_n"],
            rolling=carriage["rolling_coefficient"],
            counts_per_m=roller.counts_per_m(figures),
            low_stop_m=-carriage["stop_clearance_m"],
            high_stop_m=carriage[side + "_travel_m"] + carriage["stop_clearance_m"],
            limit_a=figures["drive"]["limit_a"],
        )

    def at_rest(self, position_m: float = 0.0) -> Row:
        """Return a fresh state row standing at `position_m`."""
        state = np.zeros(STATES)
        state[POSITION_M] = position_m
        state[LOW_STOP_M] = self.low_stop_m
        state[HIGH_STOP_M] = self.high_stop_m
        state[OBSTACLE_LOW_M] = -FAR_M
        state[OBSTACLE_HIGH_M] = FAR_M
        return state

    def pack(self, step_s: float = TICK_S / SUBSTEPS) -> Row:
        """Return the row of constants for `step`, discretised at `step_s`."""
        row = np.zeros(CONSTANTS)
        row[SLIDING_N] = self.sliding_n
        row[BREAKAWAY_N] = self.breakaway_n
        row[ROLLING] = self.rolling
        row[GEAR_LOSS_N_A] = self.gear_loss * self.force_n_a
        row[FORCE_N_A] = self.force_n_a
        row[RESISTANCE] = self.resistance_ohm
        row[INDUCTANCE] = self.inductance_h
        row[COUNTS_PER_M] = self.counts_per_m
        row[STEP_S] = step_s
        row[DRIVEN:COASTING] = self._driven(step_s).ravel()
        row[COASTING:STUCK] = self._coasting(step_s).ravel()
        kept = np.exp(-step_s * self.resistance_ohm / self.inductance_h)
        row[STUCK:] = kept, (1 - kept) / self.resistance_ohm
        return row

    def _driven(self, step_s: float) -> Row:
        """Solve d(i, u, x, v, f)/dt over one step; rows i, u, x; columns i, u, v, f."""
        rates = np.zeros((5, 5))
        rates[0, [0, 1, 3]] = np.array((-self.resistance_ohm, -self.force_n_a, 1)) / self.inductance_h
        rates[1, [0, 1, 4]] = np.array((self.force_n_a, -self.viscous_n_s_m, 1)) / self.mass_kg
        rates[2, 1] = 1
        return exponential(rates * step_s)[:3, [0, 1, 3, 4]]

    def _coasting(self, step_s: float) -> Row:
        """Solve d(u, x, f)/dt over one step; rows u, x; columns u, f."""
        rates = np.zeros((3, 3))
        rates[0, [0, 2]] = np.array((-self.viscous_n_s_m, 1)) / self.mass_kg
        rates[1, 0] = 1
        return exponential(rates * step_s)[:2, [0, 2]]


@compiled
def step(state: Row, constants: Row, bus_v: float, duty: float, is_driven: bool, contact_n: float) -> None:
    """Advance one motor by a tick: duty -1..1 of `bus_v`, or open bridge; the foot presses with `contact_n`."""
    rolling_n = constants[ROLLING] * contact_n
    if is_driven:
        _drive(state, constants, duty, duty * bus_v, rolling_n)
    else:
        _coast(state, constants, constants[SLIDING_N] + rolling_n, constants[BREAKAWAY_N] + rolling_n)


@compiled
def encoder_counts(position_m: float, constants: Row) -> int:
    """Return the encoder's count at `position_m`, zero at the toe tips."""
    return floor(float(position_m * constants[COUNTS_PER_M]))


@compiled
def _drive(state: Row, constants: Row, duty: float, volts: float, rolling_n: float) -> None:
    """Advance all steps with the bridge on."""
    step_s = constants[STEP_S]
    breakaway_n, sliding_n = constants[BREAKAWAY_N] + rolling_n, constants[SLIDING_N] + rolling_n
    low_m, high_m = state[LOW_STOP_M], state[HIGH_STOP_M]
    position_m, speed, current_a = state[POSITION_M], state[SPEED_M_S], state[CURRENT_A]
    is_obstructed = state[OBSTACLE_N_M] > 0.0
    pushed_n, track_n = 0.0, 0.0
    for _ in range(SUBSTEPS):
        if is_obstructed:
            pushed_n = obstacle_n(state, position_m + 0.5 * step_s * speed)
        lost_n = constants[GEAR_LOSS_N_A] * abs(current_a)
        motor_n = constants[FORCE_N_A] * current_a + pushed_n
        direction = _direction(speed, motor_n, breakaway_n + lost_n, position_m > low_m, position_m < high_m)
        if direction == 0.0:
            current_a = constants[STUCK] * current_a + constants[STUCK + 1] * volts
        else:
            friction_n = -direction * (sliding_n + lost_n) + pushed_n
            next_speed = _row(constants, DRIVEN + 4, current_a, speed, volts, friction_n)
            advance_m = _row(constants, DRIVEN + 8, current_a, speed, volts, friction_n)
            current_a = _row(constants, DRIVEN, current_a, speed, volts, friction_n)
            position_m, speed = _move(position_m, speed, direction, next_speed, advance_m, step_s, low_m, high_m)
        if is_obstructed:
            track_n = max(track_n, abs(obstacle_n(state, position_m)))
    state[TRACK_N] = track_n
    # The winding's voltage law, integrated over the tick, gives the charge without summing it.
    moved_v_s = constants[FORCE_N_A] * (position_m - state[POSITION_M])
    moved_v_s += constants[INDUCTANCE] * (current_a - state[CURRENT_A])
    state[BUS_A] = duty * (volts - moved_v_s / (SUBSTEPS * step_s)) / constants[RESISTANCE]
    state[POSITION_M], state[SPEED_M_S], state[CURRENT_A] = position_m, speed, current_a


@compiled
def _coast(state: Row, constants: Row, friction_n: float, breakaway_n: float) -> None:
    """Advance all steps with the bridge open; the freewheel diodes end the current within the first."""
    state[CURRENT_A] = 0.0
    state[BUS_A] = 0.0
    step_s, low_m, high_m = constants[STEP_S], state[LOW_STOP_M], state[HIGH_STOP_M]
    position_m, speed = state[POSITION_M], state[SPEED_M_S]
    is_obstructed = state[OBSTACLE_N_M] > 0.0
    pushed_n, track_n = 0.0, 0.0
    for _ in range(SUBSTEPS):
        if is_obstructed:
            pushed_n = obstacle_n(state, position_m + 0.5 * step_s * speed)
            track_n = max(track_n, abs(obstacle_n(state, position_m)))
        direction = _direction(speed, pushed_n, breakaway_n, position_m > low_m, position_m < high_m)
        if direction == 0.0:
            break
        push_n = -direction * friction_n + pushed_n
        next_speed = constants[COASTING] * speed + constants[COASTING + 1] * push_n
        advance_m = constants[COASTING + 2] * speed + constants[COASTING + 3] * push_n
        position_m, speed = _move(position_m, speed, direction, next_speed, advance_m, step_s, low_m, high_m)
    if is_obstructed:
        track_n = max(track_n, abs(obstacle_n(state, position_m)))
    state[TRACK_N] = track_n
    state[POSITION_M], state[SPEED_M_S] = position_m, speed


@compiled
def obstacle_n(state: Row, position_m: float) -> float:
    """Return the force of a finger in the way on a roller at `position_m`, N; positive pushes away from the toes."""
    beyond_m = max(0.0, position_m - state[OBSTACLE_HIGH_M]) - max(0.0, state[OBSTACLE_LOW_M] - position_m)
    return float(-state[OBSTACLE_N_M] * beyond_m)


@compiled
def _row(constants: Row, at: int, current_a: float, speed: float, volts: float, force_n: float) -> float:
    """Return one row of the driven solution."""
    driven = constants[at] * current_a + constants[at + 1] * speed
    held = constants[at + 2] * volts + constants[at + 3] * force_n
    return float(driven + held)


@compiled
def _direction(speed: float, motor_n: float, holding_n: float, may_retreat: bool, may_advance: bool) -> float:
    """Return which way the roller slides (+1, -1), or 0 while friction or a stop holds it.

    `motor_n` includes the force of a finger in the way.
    """
    if speed != 0.0:
        return 1.0 if speed > 0.0 else -1.0
    if motor_n > holding_n and may_advance:
        return 1.0
    if motor_n < -holding_n and may_retreat:
        return -1.0
    return 0.0


@compiled
def _move(
    position_m: float,
    speed: float,
    direction: float,
    next_speed: float,
    advance_m: float,
    step_s: float,
    low_m: float,
    high_m: float,
) -> tuple[float, float]:
    """Return the next position and speed; the roller stands still where its motion dies or meets a stop."""
    if next_speed * direction <= 0.0:
        # Constant deceleration up to the instant of standing still.
        advance_m = 0.5 * speed * step_s * abs(speed) / (abs(speed - next_speed) + TINY)
        next_speed = 0.0
    position_m += advance_m
    if position_m > high_m or position_m < low_m:
        return min(max(position_m, low_m), high_m), 0.0
    return position_m, next_speed
