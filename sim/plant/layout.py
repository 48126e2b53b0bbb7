"""The indices of the plant's flat arrays: commands, readings, state, constants, noise streams."""

from instep.axes import FEET, ROLLERS, SERVOS, TICKS_PER_S
from sim.plant import foot as feet
from sim.plant import force_sensor, heat, motor, ntc, relay, servo, servo_current, supply, thermometer

HEATERS = FEET
NTCS = HEATERS * heat.NTCS
TICK_S = 1 / TICKS_PER_S
TICKS_PER_FRAME = 2  # servo pulses come every 20 ms

# Commands.
DUTY = 0
DRIVEN = 4
PULSE = 8
HEAT = 24
RELAY = 26  # 1 = a pulse in this tick
SERVOS_ON = 27
COMMANDS = 28

# Readings.
COUNTS = 0
CURRENT = 4
FORCE = 8
NTC = 12
SUPPLY = 16
RELAY_CONTACT = 17
THERMOMETER = 18
READINGS = 20

# State.
MOTOR = 0
SERVO = MOTOR + ROLLERS * motor.STATES
WELL = SERVO + SERVOS * servo.STATES
CONTACT_N = WELL + HEATERS * heat.STATE_SIZE
BUS_V = CONTACT_N + ROLLERS
PEAK_FORCE_N = BUS_V + 1  # the greatest force on a person, across or along the track
PEAK_TRACK_N = PEAK_FORCE_N + 1  # the part of it that pushes along the track
PEAK_SKIN_C = PEAK_TRACK_N + 1
FORCE_SENSOR = PEAK_SKIN_C + 1
NTC_STATE = FORCE_SENSOR + ROLLERS * force_sensor.STATES
RELAY_STATE = NTC_STATE + NTCS * ntc.STATES
FRAME_PHASE = RELAY_STATE + relay.STATES  # 1 = a servo frame starts
SERVO_A = FRAME_PHASE + 1  # what all servos drew in the last tick, on their own rail
THERMOMETER_STATE = SERVO_A + 1
STATES = THERMOMETER_STATE + HEATERS * thermometer.STATES

# Constants.
MOTOR_ROW = 0
SERVO_ROW = MOTOR_ROW + 2 * motor.CONSTANTS
FOOT_ROW = SERVO_ROW + SERVOS * servo.CONSTANTS
HEATER_ROW = FOOT_ROW + FEET * feet.CONSTANTS
HEATER_CONSTANTS = 7
SUPPLY_ROW = HEATER_ROW + HEATER_CONSTANTS
HEAT_STEPS = SUPPLY_ROW + supply.CONSTANTS
AMBIENT_C = HEAT_STEPS + 2 * heat.NODES * heat.COLUMNS
BLOOD_C = AMBIENT_C + 1
FORCE_ROW = BLOOD_C + 1
NTC_ROW = FORCE_ROW + ROLLERS * force_sensor.CONSTANTS
NTC_CHAIN_ROW = NTC_ROW + NTCS * ntc.CONSTANTS
RELAY_ROW = NTC_CHAIN_ROW + ntc.CHAIN_CONSTANTS
SERVO_CURRENT_ROW = RELAY_ROW + relay.CONSTANTS
OSCILLATOR = SERVO_CURRENT_ROW + servo_current.CONSTANTS  # the servo chip's clock, 1 = nominal
HEAT_LEAK = OSCILLATOR + 1  # share of full power that each heater's switch passes when it is off
CURRENT_NOISE_MA = HEAT_LEAK + HEATERS
BUTTON_BOUNCE_S = CURRENT_NOISE_MA + 1
THERMOMETER_ROW = BUTTON_BOUNCE_S + 1
CONSTANTS = THERMOMETER_ROW + HEATERS * thermometer.CONSTANTS

# Noise streams; new ones come last, so that the older ones keep their numbers.
NTC_STREAM = ROLLERS
SUPPLY_STREAM = NTC_STREAM + NTCS
CURRENT_STREAM = SUPPLY_STREAM + 1
RELAY_STREAM = CURRENT_STREAM + ROLLERS
PARTS_STREAM = RELAY_STREAM + 1
THERMOMETER_STREAM = PARTS_STREAM + 1
STREAMS = THERMOMETER_STREAM + HEATERS
