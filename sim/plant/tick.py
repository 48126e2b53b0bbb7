"""One tick of the whole machine, compiled: supply, servos, contact, motors, heat, sensors."""

import numpy as np
from numpy.typing import NDArray

from instep.axes import ROLLERS, ROLLERS_PER_FOOT, SERVOS, SERVOS_PER_FOOT, TOE_GRIP, TOP_PRESS
from instep.units import MILLI, PERMILLE
from sim.plant import foot as feet
from sim.plant import heat, motor, relay, servo, servo_current, supply
from sim.plant.jit import compiled
from sim.plant.layout import (
    AMBIENT_C,
    BLOOD_C,
    BUS_V,
    CONTACT_N,
    DRIVEN,
    DUTY,
    FOOT_ROW,
    FRAME_PHASE,
    HEAT,
    HEAT_LEAK,
    HEAT_STEPS,
    HEATER_ROW,
    HEATERS,
    MOTOR,
    MOTOR_ROW,
    OSCILLATOR,
    PEAK_FORCE_N,
    PEAK_SKIN_C,
    PEAK_TRACK_N,
    PULSE,
    RELAY,
    RELAY_CONTACT,
    RELAY_ROW,
    RELAY_STATE,
    RELAY_STREAM,
    SERVO,
    SERVO_A,
    SERVO_CURRENT_ROW,
    SERVO_ROW,
    SERVOS_ON,
    SUPPLY,
    SUPPLY_ROW,
    SUPPLY_STREAM,
    TICK_S,
    TICKS_PER_FRAME,
    WELL,
)
from sim.plant.noise import bell
from sim.plant.sensors import read_ntcs, read_rollers, read_thermometers

SUPPLY_NOISE_MV = 8.0
# A foot's servos have the order of the axes: a press for each roller first, grip and holds from this number on.
FIRST_HELD = TOE_GRIP - TOP_PRESS

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]
Noise = NDArray[np.uint64]


@compiled
def step_machine(
    state: Floats,
    constants: Floats,
    commands: Integers,
    readings: Integers,
    noise: Noise,
    is_left_in: bool,
    is_right_in: bool,
) -> None:
    """Advance everything by one tick."""
    relay.step_relay(
        state[RELAY_STATE : RELAY_STATE + relay.STATES],
        constants[RELAY_ROW : RELAY_ROW + relay.CONSTANTS],
        commands[RELAY] != 0,
        noise,
        RELAY_STREAM,
        TICK_S,
    )
    is_powered = state[RELAY_STATE + relay.IS_CLOSED] != 0.0
    bus_v = _bus_voltage(state, constants, commands, is_powered)
    state[BUS_V] = bus_v
    power_v = bus_v if is_powered else 0.0
    _step_servos(state, constants, commands)
    for index in range(ROLLERS):
        is_in = is_left_in if index < 2 else is_right_in
        _step_roller(state, constants, commands, index, is_powered, power_v, is_in)
    for well in range(HEATERS):
        is_in = is_left_in if well == 0 else is_right_in
        _step_well(state, constants, commands, well, power_v, is_in)
    read_rollers(state, constants, readings, noise)
    read_ntcs(state, constants, readings, noise)
    read_thermometers(state, constants, readings, noise)
    readings[SUPPLY] = int(state[BUS_V] * MILLI + SUPPLY_NOISE_MV * bell(noise, SUPPLY_STREAM))
    readings[RELAY_CONTACT] = 1 if is_powered else 0


@compiled
def _bus_voltage(state: Floats, constants: Floats, commands: Integers, is_powered: bool) -> float:
    """Return the supply's voltage under what motors and servos drew in the last tick and heaters draw now."""
    drawn_a = constants[SERVO_CURRENT_ROW + servo_current.BUS_SHARE] * state[SERVO_A]
    conductance = 0.0
    if is_powered:
        for index in range(ROLLERS):
            drawn_a += state[MOTOR + index * motor.STATES + motor.BUS_A]
        for well in range(HEATERS):
            is_closed = state[WELL + well * heat.STATE_SIZE + heat.CUT_OUT_OPEN] == 0.0
            if is_closed:
                conductance += _heat_share(constants, commands, well) / constants[HEATER_ROW + heat.FILM_OHM]
    return supply.bus_voltage(constants[SUPPLY_ROW:HEAT_STEPS], drawn_a, conductance)


@compiled
def _heat_share(constants: Floats, commands: Integers, well: int) -> float:
    """Return the share of full power, 0..1, that a heater's switch passes; a leaking one passes some while off."""
    duty = commands[HEAT + well] / PERMILLE
    return float(duty + constants[HEAT_LEAK + well] * (1.0 - duty))


@compiled
def _step_servos(state: Floats, constants: Floats, commands: Integers) -> None:
    """Turn all servos; their current loads the supply in the next tick."""
    frame_starts = state[FRAME_PHASE] >= 1.0
    if frame_starts:
        state[FRAME_PHASE] -= 1.0
    # A fast oscillator makes short pulses in short frames.
    state[FRAME_PHASE] += 1.0 / (TICKS_PER_FRAME * constants[OSCILLATOR])
    is_drawing = constants[SERVO_CURRENT_ROW + servo_current.BUS_SHARE] > 0.0
    drawn_a = 0.0
    for index in range(SERVOS):
        at = SERVO + index * servo.STATES
        row = SERVO_ROW + index * servo.CONSTANTS
        pulse_us = constants[OSCILLATOR] * commands[PULSE + index] if commands[SERVOS_ON] != 0 else 0.0
        before_us = state[at + servo.POSITION_US]
        servo.step_servo(
            state[at : at + servo.STATES], constants[row : row + servo.CONSTANTS], pulse_us, frame_starts, TICK_S
        )
        if is_drawing and state[at + servo.PULSE_US] > 0.0:
            drawn_a += _servo_a(state, constants, index, abs(state[at + servo.POSITION_US] - before_us))
    state[SERVO_A] = drawn_a


@compiled
def _servo_a(state: Floats, constants: Floats, index: int, turned_us: float) -> float:
    """Return the current of one servo that has turned by `turned_us` in this tick."""
    current = constants[SERVO_CURRENT_ROW : SERVO_CURRENT_ROW + servo_current.CONSTANTS]
    at = SERVO + index * servo.STATES
    row = SERVO_ROW + index * servo.CONSTANTS
    axis = index % SERVOS_PER_FOOT
    held_n = 0.0
    stall_n = current[servo_current.HOLD_STALL_N]
    if axis < ROLLERS_PER_FOOT:
        held_n = state[CONTACT_N + index // SERVOS_PER_FOOT * ROLLERS_PER_FOOT + axis]
        stall_n = current[servo_current.PRESS_STALL_N]
    elif axis >= FIRST_HELD:
        held = servo.value_of(state[at : at + servo.STATES], constants[row : row + servo.CONSTANTS])
        held_n = max(0.0, held) / MILLI
    speed_share = turned_us / (constants[row + servo.SPEED_US_S] * TICK_S + motor.TINY)
    return servo_current.servo_current_a(current, speed_share, held_n, stall_n)


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
        row = SERVO_ROW + (foot * SERVOS_PER_FOOT + side) * servo.CONSTANTS
        travel_um = servo.value_of(state[press : press + servo.STATES], constants[row : row + servo.CONSTANTS])
        shape = FOOT_ROW + foot * feet.CONSTANTS
        contact_n, _ = feet.press(
            constants[shape : shape + feet.CONSTANTS], side, state[at + motor.POSITION_M], travel_um * feet.UM
        )
    state[CONTACT_N + index] = contact_n
    row = MOTOR_ROW + side * motor.CONSTANTS
    duty = commands[DUTY + index] / PERMILLE
    is_driven = is_powered and commands[DRIVEN + index] != 0
    motor.step(
        state[at : at + motor.STATES], constants[row : row + motor.CONSTANTS], power_v, duty, is_driven, contact_n
    )
    state[PEAK_TRACK_N] = max(state[PEAK_TRACK_N], state[at + motor.TRACK_N])
    state[PEAK_FORCE_N] = max(state[PEAK_FORCE_N], contact_n, state[at + motor.TRACK_N])


@compiled
def _step_well(state: Floats, constants: Floats, commands: Integers, well: int, power_v: float, is_in: bool) -> None:
    at = WELL + well * heat.STATE_SIZE
    heat.step_heat(
        state[at : at + heat.STATE_SIZE],
        constants[HEAT_STEPS:AMBIENT_C].reshape(2, heat.NODES, heat.COLUMNS),
        constants[HEATER_ROW:SUPPLY_ROW],
        _heat_share(constants, commands, well),
        power_v,
        is_in,
        constants[AMBIENT_C],
        constants[BLOOD_C],
    )
    state[PEAK_SKIN_C] = max(state[PEAK_SKIN_C], state[at + heat.PAD_C])
