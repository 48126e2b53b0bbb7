"""The whole simulated machine: one compiled step per tick over a few flat arrays.

The firmware writes `commands` and reads `readings`, integers like those of the real devices; everything in between
is physics in SI units. Within a tick: supply, servos, contact, motors, heat, sensors.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from instep.axes import FEET, HOME, ROLLERS, SERVOS, SERVOS_PER_FOOT, TICKS_PER_S, TOP_PRESS
from instep.units import KILO, MILLI, PERMILLE
from sim.plant import foot as feet
from sim.plant import heat, motor, servo, supply
from sim.plant.figures import Figures
from sim.plant.jit import compiled
from sim.plant.noise import bell, seeded

HEATERS = FEET
TICK_S = 1 / TICKS_PER_S
TICKS_PER_FRAME = 2  # servo pulses come every 20 ms

# Where each group stands in the command array.
DUTY = 0
DRIVEN = 4
PULSE = 8
HEAT = 24
RELAY = 26
SERVOS_ON = 27
COMMANDS = 28

# Where each group stands in the reading array.
COUNTS = 0
CURRENT = 4
FORCE = 8
NTC = 12
SUPPLY = 16
RELAY_CONTACT = 17
READINGS = 18

# Where each group stands in the state array.
MOTOR = 0
SERVO = MOTOR + ROLLERS * motor.STATES
WELL = SERVO + SERVOS * servo.STATES
CONTACT_N = WELL + HEATERS * heat.STATE_SIZE
BUS_V = CONTACT_N + ROLLERS
PEAK_FORCE_N = BUS_V + 1
PEAK_SKIN_C = PEAK_FORCE_N + 1
STATES = PEAK_SKIN_C + 1

# Where each group stands in the array of constants.
MOTOR_ROW = 0
SERVO_ROW = MOTOR_ROW + 2 * motor.CONSTANTS
FOOT_ROW = SERVO_ROW + SERVOS_PER_FOOT * servo.CONSTANTS
HEATER_ROW = FOOT_ROW + FEET * feet.CONSTANTS
HEATER_CONSTANTS = 7
SUPPLY_ROW = HEATER_ROW + HEATER_CONSTANTS
HEAT_STEPS = SUPPLY_ROW + 3
AMBIENT_C = HEAT_STEPS + 2 * heat.NODES * heat.COLUMNS
BLOOD_C = AMBIENT_C + 1
FORCE_NOISE_N = BLOOD_C + 1
CONSTANTS = FORCE_NOISE_N + 1

# Noise streams: a force sensor each, then the NTCs, then the supply's meter.
NTC_STREAM = ROLLERS
SUPPLY_STREAM = NTC_STREAM + HEATERS * heat.NTCS
STREAMS = SUPPLY_STREAM + 1

SUPPLY_NOISE_MV = 8.0

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]
Noise = NDArray[np.uint64]


class Commands:
    """What the firmware has asked for; every field is a view of one array."""

    def __init__(self) -> None:
        self.array: Integers = np.zeros(COMMANDS, dtype=np.int32)
        view = self.array.data
        self.duty = view[DUTY:DRIVEN]
        self.driven = view[DRIVEN:PULSE]
        self.pulse_us = view[PULSE:HEAT]
        self.heat = view[HEAT:RELAY]
        self.relay = view[RELAY:SERVOS_ON]
        self.servos_on = view[SERVOS_ON:COMMANDS]

    def make_safe(self) -> None:
        """Let everything fall to safe: bridges open, heaters off, no pulses, relay open."""
        self.array[:] = 0


class Readings:
    """What the devices say; every field is a view of one array."""

    def __init__(self) -> None:
        self.array: Integers = np.zeros(READINGS, dtype=np.int32)
        view = self.array.data
        self.counts = view[COUNTS:CURRENT]
        self.current_ma = view[CURRENT:FORCE]
        self.force_mn = view[FORCE:NTC]
        self.ntc_code = view[NTC:SUPPLY]
        self.supply_mv = view[SUPPLY:RELAY_CONTACT]
        self.relay = view[RELAY_CONTACT:READINGS]


@dataclass(frozen=True)
class Snapshots:
    """The plant's state at many moments, one row each; SI units, order of the axes and rollers."""

    roller_m: Floats
    contact_n: Floats
    current_a: Floats
    servo_value: Floats
    element_c: Floats
    skin_c: Floats
    foot_c: Floats
    duty: Integers
    heat: Integers


class Plant:
    """The machine's physics with a person's feet in it; `step` advances by 10 ms."""

    def __init__(self, figures: Figures, ambient_c: float, seed: int) -> None:
        self.commands = Commands()
        self.readings = Readings()
        self.figures = figures
        self.constants = _constants(figures, ambient_c)
        self.state = _start(figures, ambient_c)
        self._noise = seeded(seed, STREAMS)
        self._tick = 0
        self.step(True, True)

    def step(self, is_left_in: bool, is_right_in: bool) -> None:
        """Advance by one tick."""
        frame_starts = self._tick % TICKS_PER_FRAME == 0
        self._tick += 1
        step_machine(
            self.state,
            self.constants,
            self.commands.array,
            self.readings.array,
            self._noise,
            frame_starts,
            is_left_in,
            is_right_in,
        )

    def snapshot(self) -> bytes:
        """Return state and commands as bytes, for `unpack_snapshots`."""
        return self.state.tobytes() + self.commands.array.tobytes()

    def unpack_snapshots(self, rows: NDArray[np.uint8]) -> Snapshots:
        """Turn stacked snapshots (n, bytes) into columns."""
        state = rows[:, : 8 * STATES].copy().view(np.float64)
        command = rows[:, 8 * STATES :].copy().view(np.int32)
        motors = state[:, MOTOR:SERVO].reshape(-1, ROLLERS, motor.STATES)
        wells = state[:, WELL:CONTACT_N].reshape(-1, HEATERS, heat.STATE_SIZE)
        return Snapshots(
            roller_m=motors[:, :, motor.POSITION_M],
            contact_n=state[:, CONTACT_N:BUS_V],
            current_a=motors[:, :, motor.CURRENT_A],
            servo_value=self._servo_values(state[:, SERVO:WELL].reshape(-1, SERVOS, servo.STATES)),
            element_c=wells[:, :, heat.ELEMENT_C],
            skin_c=wells[:, :, heat.PAD_C],
            foot_c=wells[:, :, heat.SKIN_C],
            duty=command[:, DUTY:DRIVEN],
            heat=command[:, HEAT:RELAY],
        )

    def _servo_values(self, states: Floats) -> Floats:
        rows = self.constants[SERVO_ROW:FOOT_ROW].reshape(SERVOS_PER_FOOT, servo.CONSTANTS)
        rows = np.tile(rows, (FEET, 1))
        way = (states[:, :, servo.POSITION_US] - rows[:, servo.ZERO_US]) * KILO
        return np.asarray(way / rows[:, servo.US_PER_KILO])


def _constants(figures: Figures, ambient_c: float) -> Floats:
    row = np.zeros(CONSTANTS)
    row[MOTOR_ROW:SERVO_ROW] = np.concatenate([roller.pack() for roller in figures.rollers])
    row[SERVO_ROW:FOOT_ROW] = np.concatenate([axis.pack() for axis in figures.servos])
    row[FOOT_ROW:HEATER_ROW] = np.concatenate([figures.foot_row(foot) for foot in range(FEET)])
    row[HEATER_ROW:SUPPLY_ROW] = figures.heater.pack()
    row[SUPPLY_ROW:HEAT_STEPS] = figures.supply.pack()
    row[HEAT_STEPS:AMBIENT_C] = heat.step_matrices(figures.heater, figures.foot_heat, TICK_S).ravel()
    row[AMBIENT_C] = ambient_c
    row[BLOOD_C] = figures.foot_heat.blood_c
    row[FORCE_NOISE_N] = figures.force_noise_n
    return row


def _start(figures: Figures, ambient_c: float) -> Floats:
    state = np.zeros(STATES)
    rest = [figures.rollers[index % 2].at_rest(figures.start_m[index]) for index in range(ROLLERS)]
    state[MOTOR:SERVO] = np.concatenate(rest)
    servos = [
        servo.rest_state(figure.pack(), HOME[axis]) for axis, figure in enumerate(figures.servos, start=TOP_PRESS)
    ]
    state[SERVO:WELL] = np.concatenate(servos * FEET)
    state[WELL:CONTACT_N] = np.tile(heat.start_state(figures.foot_heat, ambient_c), HEATERS)
    state[PEAK_SKIN_C] = ambient_c
    return state


@compiled
def step_machine(
    state: Floats,
    constants: Floats,
    commands: Integers,
    readings: Integers,
    noise: Noise,
    frame_starts: bool,
    is_left_in: bool,
    is_right_in: bool,
) -> None:
    """Advance everything by one tick."""
    is_powered = commands[RELAY] != 0
    bus_v = _bus_voltage(state, constants, commands, is_powered)
    state[BUS_V] = bus_v
    power_v = bus_v if is_powered else 0.0
    _step_servos(state, constants, commands, frame_starts)
    for index in range(ROLLERS):
        is_in = is_left_in if index < 2 else is_right_in
        _step_roller(state, constants, commands, index, is_powered, power_v, is_in)
    for well in range(HEATERS):
        is_in = is_left_in if well == 0 else is_right_in
        _step_well(state, constants, commands, well, power_v, is_in)
    _read_sensors(state, constants, readings, noise)
    readings[RELAY_CONTACT] = commands[RELAY]


@compiled
def _bus_voltage(state: Floats, constants: Floats, commands: Integers, is_powered: bool) -> float:
    """Return the supply's voltage under what motors drew in the last tick and heaters draw now."""
    drawn_a = 0.0
    conductance = 0.0
    if is_powered:
        for index in range(ROLLERS):
            drawn_a += state[MOTOR + index * motor.STATES + motor.BUS_A]
        for well in range(HEATERS):
            is_closed = state[WELL + well * heat.STATE_SIZE + heat.CUT_OUT_OPEN] == 0.0
            if is_closed:
                conductance += commands[HEAT + well] / PERMILLE / constants[HEATER_ROW + heat.FILM_OHM]
    return supply.bus_voltage(constants[SUPPLY_ROW:HEAT_STEPS], drawn_a, conductance)


@compiled
def _step_servos(state: Floats, constants: Floats, commands: Integers, frame_starts: bool) -> None:
    for index in range(SERVOS):
        at = SERVO + index * servo.STATES
        row = SERVO_ROW + index % SERVOS_PER_FOOT * servo.CONSTANTS
        pulse = commands[PULSE + index] if commands[SERVOS_ON] != 0 else 0
        servo.step_servo(
            state[at : at + servo.STATES], constants[row : row + servo.CONSTANTS], pulse, frame_starts, TICK_S
        )


@compiled
def _step_roller(
    state: Floats, constants: Floats, commands: Integers, index: int, is_powered: bool, power_v: float, is_in: bool
) -> None:
    """Let the foot push back on one roller, then move it."""
    foot = index // 2
    side = index % 2
    at = MOTOR + index * motor.STATES
    contact_n = 0.0
    if is_in:
        press = SERVO + (foot * SERVOS_PER_FOOT + side) * servo.STATES
        row = SERVO_ROW + side * servo.CONSTANTS
        travel_um = servo.value_of(state[press : press + servo.STATES], constants[row : row + servo.CONSTANTS])
        shape = FOOT_ROW + foot * feet.CONSTANTS
        contact_n, _ = feet.press(
            constants[shape : shape + feet.CONSTANTS], side, state[at + motor.POSITION_M], travel_um * feet.UM
        )
    state[CONTACT_N + index] = contact_n
    state[PEAK_FORCE_N] = max(state[PEAK_FORCE_N], contact_n)
    row = MOTOR_ROW + side * motor.CONSTANTS
    duty = commands[DUTY + index] / PERMILLE
    is_driven = is_powered and commands[DRIVEN + index] != 0
    motor.step(
        state[at : at + motor.STATES], constants[row : row + motor.CONSTANTS], power_v, duty, is_driven, contact_n
    )


@compiled
def _step_well(state: Floats, constants: Floats, commands: Integers, well: int, power_v: float, is_in: bool) -> None:
    at = WELL + well * heat.STATE_SIZE
    heat.step_heat(
        state[at : at + heat.STATE_SIZE],
        constants[HEAT_STEPS:AMBIENT_C].reshape(2, heat.NODES, heat.COLUMNS),
        constants[HEATER_ROW:SUPPLY_ROW],
        commands[HEAT + well] / PERMILLE,
        power_v,
        is_in,
        constants[AMBIENT_C],
        constants[BLOOD_C],
    )
    state[PEAK_SKIN_C] = max(state[PEAK_SKIN_C], state[at + heat.PAD_C])


@compiled
def _read_sensors(state: Floats, constants: Floats, readings: Integers, noise: Noise) -> None:
    for index in range(ROLLERS):
        at = MOTOR + index * motor.STATES
        row = MOTOR_ROW + index % 2 * motor.CONSTANTS
        readings[COUNTS + index] = motor.encoder_counts(
            state[at + motor.POSITION_M], constants[row : row + motor.CONSTANTS]
        )
        readings[CURRENT + index] = int(abs(state[at + motor.CURRENT_A]) * MILLI)
        readings[FORCE + index] = feet.sensed_mn(state[CONTACT_N + index], constants[FORCE_NOISE_N], noise, index)
    for well in range(HEATERS):
        at = WELL + well * heat.STATE_SIZE
        heat.read_ntcs(
            state[at : at + heat.STATE_SIZE],
            constants[HEATER_ROW:SUPPLY_ROW],
            noise,
            NTC_STREAM + well * heat.NTCS,
            readings[NTC + well * heat.NTCS : NTC + (well + 1) * heat.NTCS],
        )
    readings[SUPPLY] = int(state[BUS_V] * MILLI + SUPPLY_NOISE_MV * bell(noise, SUPPLY_STREAM))
