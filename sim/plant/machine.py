"""The whole simulated machine: one compiled step per tick (`tick.py`) over a few flat arrays (`layout.py`).

The firmware writes `commands` and reads `readings`, integers like those of the real devices; everything in between
is physics in SI units. Within a tick: supply, servos, contact, motors, heat, sensors.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from instep.axes import FEET, HOME, ROLLERS, SERVOS, TOP_PRESS
from instep.units import KILO
from sim.grades import IDEAL
from sim.plant import force_sensor, heat, motor, ntc, relay, servo, servo_current, thermometer
from sim.plant.figures import Figures
from sim.plant.layout import (
    AMBIENT_C,
    BLOOD_C,
    BUS_V,
    BUTTON_BOUNCE_S,
    COMMANDS,
    CONSTANTS,
    CONTACT_N,
    COUNTS,
    CURRENT,
    DRIVEN,
    DUTY,
    FOOT_ROW,
    FORCE,
    FORCE_ROW,
    FRAME_PHASE,
    HEAT,
    HEAT_STEPS,
    HEATER_ROW,
    HEATERS,
    MOTOR,
    MOTOR_ROW,
    NTC,
    NTC_CHAIN_ROW,
    NTC_ROW,
    NTC_STATE,
    NTCS,
    OSCILLATOR,
    PARTS_STREAM,
    PEAK_FORCE_N,
    PEAK_SKIN_C,
    PEAK_TRACK_N,
    PULSE,
    READINGS,
    RELAY,
    RELAY_CONTACT,
    RELAY_ROW,
    RELAY_STATE,
    SERVO,
    SERVO_CURRENT_ROW,
    SERVO_ROW,
    SERVOS_ON,
    STATES,
    STREAMS,
    SUPPLY,
    SUPPLY_ROW,
    THERMOMETER,
    THERMOMETER_STATE,
    TICK_S,
    WELL,
)
from sim.plant.noise import seeded
from sim.plant.parts import load_parts, relay_hold_s
from sim.plant.tick import step_machine

__all__ = [
    "AMBIENT_C",
    "BUS_V",
    "CONTACT_N",
    "FOOT_ROW",
    "FORCE",
    "HEATERS",
    "HEAT_STEPS",
    "MOTOR",
    "NTC",
    "PEAK_FORCE_N",
    "PEAK_SKIN_C",
    "PEAK_TRACK_N",
    "PULSE",
    "SERVO",
    "SUPPLY",
    "SUPPLY_ROW",
    "TICK_S",
    "WELL",
    "Plant",
    "Snapshots",
    "step_machine",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]


class Commands:
    """The firmware's commands; every field is a view of one array."""

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
        """Make every output safe: bridges open, heaters off, no pulses, relay open."""
        self.array[:] = 0


class Readings:
    """The devices' readings; every field is a view of one array."""

    def __init__(self) -> None:
        self.array: Integers = np.zeros(READINGS, dtype=np.int32)
        view = self.array.data
        self.counts = view[COUNTS:CURRENT]
        self.current_ma = view[CURRENT:FORCE]
        self.force_mn = view[FORCE:NTC]
        self.ntc_code = view[NTC:SUPPLY]
        self.supply_mv = view[SUPPLY:RELAY_CONTACT]
        self.relay = view[RELAY_CONTACT:THERMOMETER]
        self.thermometer_centi_c = view[THERMOMETER:READINGS]


@dataclass(frozen=True)
class Snapshots:
    """The plant's state at many moments, one row each; SI units, order of the axes and rollers.

    contact_n: true force on the foot. track_n: true force on an obstacle in a roller's way. said_mn, said_codes:
    readings of the force sensors and of the NTCs (element, skin; left, right).
    """

    roller_m: Floats
    contact_n: Floats
    track_n: Floats
    said_mn: Integers
    said_codes: Integers
    current_a: Floats
    servo_value: Floats
    element_c: Floats
    skin_c: Floats
    foot_c: Floats
    duty: Integers
    heat: Integers


class Plant:
    """The machine's physics with a person's feet in it; `step` advances by 10 ms.

    `grade` is one of `grades.GRADES`: how far the parts are from their nominal figures; the seed draws them.
    """

    def __init__(self, figures: Figures, ambient_c: float, seed: int, grade: str = IDEAL) -> None:
        self.commands = Commands()
        self.readings = Readings()
        self.figures = figures
        self.constants = _constants(figures, ambient_c)
        self.state = _start(figures, ambient_c)
        self._noise = seeded(seed, STREAMS)
        load_parts(grade).apply(self.constants, self._noise, PARTS_STREAM)
        self.step(True, True)

    def step(self, is_left_in: bool, is_right_in: bool) -> None:
        """Advance by one tick."""
        step_machine(
            self.state,
            self.constants,
            self.commands.array,
            self.readings.array,
            self._noise,
            is_left_in,
            is_right_in,
        )

    @property
    def button_bounce_s(self) -> float:
        """Return how long a button's contact bounces."""
        return float(self.constants[BUTTON_BOUNCE_S])

    def snapshot(self) -> bytes:
        """Return state, commands and readings as bytes, for `unpack_snapshots`."""
        return self.state.tobytes() + self.commands.array.tobytes() + self.readings.array.tobytes()

    def unpack_snapshots(self, rows: NDArray[np.uint8]) -> Snapshots:
        """Turn stacked snapshots (n, bytes) into columns."""
        state = rows[:, : 8 * STATES].copy().view(np.float64)
        whole = rows[:, 8 * STATES :].copy().view(np.int32)
        command, reading = whole[:, :COMMANDS], whole[:, COMMANDS:]
        motors = state[:, MOTOR:SERVO].reshape(-1, ROLLERS, motor.STATES)
        wells = state[:, WELL:CONTACT_N].reshape(-1, HEATERS, heat.STATE_SIZE)
        return Snapshots(
            roller_m=motors[:, :, motor.POSITION_M],
            contact_n=state[:, CONTACT_N:BUS_V],
            track_n=motors[:, :, motor.TRACK_N],
            said_mn=reading[:, FORCE:NTC],
            said_codes=reading[:, NTC:SUPPLY],
            current_a=motors[:, :, motor.CURRENT_A],
            servo_value=self._servo_values(state[:, SERVO:WELL].reshape(-1, SERVOS, servo.STATES)),
            element_c=wells[:, :, heat.ELEMENT_C],
            skin_c=wells[:, :, heat.PAD_C],
            foot_c=wells[:, :, heat.SKIN_C],
            duty=command[:, DUTY:DRIVEN],
            heat=command[:, HEAT:RELAY],
        )

    def _servo_values(self, states: Floats) -> Floats:
        rows = self.constants[SERVO_ROW:FOOT_ROW].reshape(SERVOS, servo.CONSTANTS)
        way = (states[:, :, servo.POSITION_US] - rows[:, servo.ZERO_US]) * KILO
        return np.asarray(way / rows[:, servo.US_PER_KILO])


def _constants(figures: Figures, ambient_c: float) -> Floats:
    row = np.zeros(CONSTANTS)
    row[MOTOR_ROW:SERVO_ROW] = np.concatenate([roller.pack() for roller in figures.rollers])
    row[SERVO_ROW:FOOT_ROW] = np.concatenate([axis.pack() for axis in figures.servos] * FEET)
    row[FOOT_ROW:HEATER_ROW] = np.concatenate([figures.foot_row(foot) for foot in range(FEET)])
    row[HEATER_ROW:SUPPLY_ROW] = figures.heater.pack()
    row[SUPPLY_ROW:HEAT_STEPS] = figures.supply.pack()
    row[HEAT_STEPS:AMBIENT_C] = heat.step_matrices(figures.heater, figures.foot_heat, TICK_S).ravel()
    row[AMBIENT_C] = ambient_c
    row[BLOOD_C] = figures.foot_heat.blood_c
    sensors = [force_sensor.ideal_row(sensor, figures.force_noise_n) for sensor in range(ROLLERS)]
    row[FORCE_ROW:NTC_ROW] = np.concatenate(sensors)
    heater = figures.heater
    thermistor = ntc.ideal_row(heater.r25_ohm, heater.beta_k, heater.pull_up_ohm)
    row[NTC_ROW:NTC_CHAIN_ROW] = np.tile(thermistor, NTCS)
    row[NTC_CHAIN_ROW + ntc.REFERENCE] = 1.0
    row[NTC_CHAIN_ROW + ntc.NOISE_CODES] = heater.noise_codes
    row[RELAY_ROW : RELAY_ROW + relay.CONSTANTS] = relay.ideal_row(relay_hold_s())
    row[SERVO_CURRENT_ROW + servo_current.PRESS_STALL_N] = 1.0
    row[SERVO_CURRENT_ROW + servo_current.HOLD_STALL_N] = 1.0
    row[OSCILLATOR] = 1.0
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
    for index in range(NTCS):
        state[NTC_STATE + index * ntc.STATES + ntc.FELT_C] = ambient_c
    for well in range(HEATERS):
        state[THERMOMETER_STATE + well * thermometer.STATES + thermometer.FELT_C] = ambient_c
    state[RELAY_STATE : RELAY_STATE + relay.STATES] = relay.open_state()
    state[FRAME_PHASE] = 1.0
    return state
