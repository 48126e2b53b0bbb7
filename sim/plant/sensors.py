"""Read the sensors of the whole machine, compiled: encoders, bridge currents, forces, NTCs, thermometers."""

import numpy as np
from numpy.typing import NDArray

from instep.axes import ROLLERS
from instep.units import MILLI
from sim.plant import force_sensor, heat, motor, ntc, thermometer
from sim.plant.jit import compiled
from sim.plant.layout import (
    AMBIENT_C,
    CONTACT_N,
    COUNTS,
    CURRENT,
    CURRENT_NOISE_MA,
    CURRENT_STREAM,
    FORCE,
    FORCE_ROW,
    FORCE_SENSOR,
    HEATERS,
    MOTOR,
    MOTOR_ROW,
    NTC,
    NTC_CHAIN_ROW,
    NTC_ROW,
    NTC_STATE,
    NTC_STREAM,
    THERMOMETER,
    THERMOMETER_ROW,
    THERMOMETER_STATE,
    THERMOMETER_STREAM,
    TICK_S,
    WELL,
)
from sim.plant.noise import bell

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]
Noise = NDArray[np.uint64]


@compiled
def read_rollers(state: Floats, constants: Floats, readings: Integers, noise: Noise) -> None:
    """Read encoders, bridge currents and force sensors."""
    for index in range(ROLLERS):
        at = MOTOR + index * motor.STATES
        row = MOTOR_ROW + index % 2 * motor.CONSTANTS
        readings[COUNTS + index] = motor.encoder_counts(
            state[at + motor.POSITION_M], constants[row : row + motor.CONSTANTS]
        )
        current_ma = abs(state[at + motor.CURRENT_A]) * MILLI
        if constants[CURRENT_NOISE_MA] > 0.0:
            current_ma = max(0.0, current_ma + constants[CURRENT_NOISE_MA] * bell(noise, CURRENT_STREAM + index))
        readings[CURRENT + index] = int(current_ma)
        sensor = FORCE_SENSOR + index * force_sensor.STATES
        part = FORCE_ROW + index * force_sensor.CONSTANTS
        felt_roller = int(constants[part + force_sensor.SOURCE])
        readings[FORCE + index] = force_sensor.read_force(
            state[sensor : sensor + force_sensor.STATES],
            constants[part : part + force_sensor.CONSTANTS],
            state[CONTACT_N + felt_roller],
            readings[FORCE + index],
            noise,
            index,
            TICK_S,
        )


@compiled
def read_ntcs(state: Floats, constants: Floats, readings: Integers, noise: Noise) -> None:
    """Convert the NTCs of both wells: element and skin side, left, then right."""
    chain = constants[NTC_CHAIN_ROW : NTC_CHAIN_ROW + ntc.CHAIN_CONSTANTS]
    for well in range(HEATERS):
        _read_well(state, constants, readings, noise, chain, well)


@compiled
def _read_well(state: Floats, constants: Floats, readings: Integers, noise: Noise, chain: Floats, well: int) -> None:
    """Convert the two NTCs of a well, which share its ground wire."""
    conductance_s = 0.0
    for index in range(heat.NTCS * well, heat.NTCS * (well + 1)):
        at = NTC_STATE + index * ntc.STATES
        row = NTC_ROW + index * ntc.CONSTANTS
        nodes = WELL + well * heat.STATE_SIZE
        node_c = state[nodes + (heat.ELEMENT_C if index % heat.NTCS == heat.ELEMENT_NTC else heat.PAD_C)]
        ntc.feel(
            state[at : at + ntc.STATES],
            constants[row : row + ntc.CONSTANTS],
            node_c,
            constants[AMBIENT_C],
            TICK_S,
        )
        conductance_s += 1.0 / (state[at + ntc.OHM] + constants[row + ntc.PULL_UP_OHM])
    ground = ntc.ground_share(conductance_s, chain[ntc.GROUND_OHM + well])
    for index in range(heat.NTCS * well, heat.NTCS * (well + 1)):
        at = NTC_STATE + index * ntc.STATES
        row = NTC_ROW + index * ntc.CONSTANTS
        readings[NTC + index] = ntc.convert(
            state[at : at + ntc.STATES],
            constants[row : row + ntc.CONSTANTS],
            chain,
            ground,
            readings[NTC + index],
            noise,
            NTC_STREAM + index,
        )


@compiled
def read_thermometers(state: Floats, constants: Floats, readings: Integers, noise: Noise) -> None:
    """Read the digital thermometer of each well."""
    for well in range(HEATERS):
        at = THERMOMETER_STATE + well * thermometer.STATES
        row = THERMOMETER_ROW + well * thermometer.CONSTANTS
        readings[THERMOMETER + well] = thermometer.read_thermometer(
            state[at : at + thermometer.STATES],
            constants[row : row + thermometer.CONSTANTS],
            state[WELL + well * heat.STATE_SIZE + heat.PAD_C],
            constants[AMBIENT_C],
            readings[THERMOMETER + well],
            noise,
            THERMOMETER_STREAM + well,
            TICK_S,
        )
