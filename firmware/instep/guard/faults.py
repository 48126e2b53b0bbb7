"""The catalogue of faults: number, name, what the display says, what the person should do.

Numbers start at 1 and never change once given. A fault ends the session with everything safe and latched, unless it
is a notice: a notice about heat keeps the heat off while the session goes on, the others are only said.
"""

NO_FAULT = 0
FAULT_EMERGENCY_STOP = 1
FAULT_FORCE_HIGH = 2
FAULT_SKIN_HOT = 3
FAULT_ELEMENT_HOT = 4
FAULT_SUPPLY_LOW = 5
FAULT_RELAY_OPEN = 6
FAULT_RELAY_WELDED = 7
FAULT_FOOT_NOT_FOUND = 8
FAULT_FOOT_TOO_LONG = 9
FAULT_FOOT_TOO_SHORT = 10
FAULT_PROBE_LATE = 11
FAULT_HOMING_LATE = 12
FAULT_SETPOINT_RANGE = 13
FAULT_TOE_INTERLOCK = 14
FAULT_PROGRAM_DAMAGED = 15
FAULT_INTERNAL = 16
FAULT_HEAT_SENSOR_LOST = 17
FAULT_HEAT_SENSORS_DIFFER = 18
FAULT_HEAT_READING_FROZEN = 19
FAULT_HEAT_READING_WILD = 20
FAULT_HEAT_WITHOUT_RISE = 21
FAULT_RISE_WITHOUT_HEAT = 22
FAULT_HEAT_CROSSED = 23
FAULT_ROLLER_BLOCKED = 24
FAULT_ENCODER_LOST = 25
FAULT_ENCODER_REVERSED = 26
FAULT_ROLLER_RUNAWAY = 27
FAULT_DEVICE_SILENT = 28
FAULT_DEVICE_NONSENSE = 29
FAULT_BUTTON_STUCK = 30
FAULT_LOOP_STOPPED = 31
FAULT_MEMORY_DAMAGED = 32
FAULT_CLOCK_WRONG = 33
FAULT_OUTPUTS_STUCK = 34

# Heat stays off until the next session; then the sensors are looked at again.
HEAT_NOTICES = (FAULT_HEAT_SENSOR_LOST,)
# Heat stays off until the person has acknowledged it with HEAT, the machine at rest.
LATCHED_HEAT_NOTICES = (
    FAULT_HEAT_SENSORS_DIFFER,
    FAULT_HEAT_READING_FROZEN,
    FAULT_HEAT_READING_WILD,
    FAULT_HEAT_WITHOUT_RISE,
    FAULT_HEAT_CROSSED,
)
# Only said.
OTHER_NOTICES = (FAULT_BUTTON_STUCK, FAULT_LOOP_STOPPED)

# name, sentence, what to do (both fit four rows of 21 characters together with nothing cut).
_CATALOGUE = (
    ("none", "All is well.", ""),
    ("emergency_stop", "The emergency stop was pressed.", "Turn it to release, then press START."),
    ("force_high", "A roller pressed harder than 60 N.", "Take the feet out and press START."),
    ("skin_hot", "The foot rest is warmer than 43 C.", "Take the feet out and let it cool down."),
    ("element_hot", "A heater is warmer than 60 C.", "Switch off and have the heater checked."),
    ("supply_low", "The supply is under 10.5 V.", "Check the power supply and its plug."),
    ("relay_open", "The safety relay does not close.", "Switch off and have the relay checked."),
    ("relay_welded", "The safety relay does not open.", "Switch off and have the relay changed."),
    ("foot_not_found", "No foot was felt while measuring.", "Put toes to the stop and try again."),
    ("foot_too_long", "A foot is longer than 323 mm.", "This machine cannot massage it safely."),
    ("foot_too_short", "A foot is shorter than 203 mm.", "This machine cannot massage it safely."),
    ("probe_late", "Measuring a foot took too long.", "Free the sole roller and try again."),
    ("homing_late", "A roller did not find its home.", "Free the rollers and try again."),
    ("setpoint_range", "A setpoint left the axis's range.", "Please report this with the program."),
    ("toe_interlock", "Toe select moved with toes held.", "Please report this with the program."),
    ("program_damaged", "The stroke program is damaged.", "Install the program again."),
    ("internal", "The program made an error.", "Switch off and on. If it stays, report it."),
    ("heat_sensor_lost", "No heat: a sensor has no contact.", "Have the heat sensors checked."),
    ("heat_sensors_differ", "No heat: two sensors disagree.", "Have the heat sensors checked."),
    ("heat_reading_frozen", "No heat: a reading does not change.", "Have the heat sensors checked."),
    ("heat_reading_wild", "No heat: a reading jumps about.", "Have the heat sensors checked."),
    ("heat_without_rise", "No heat: a heater does not warm.", "Have the heater checked."),
    ("rise_without_heat", "A heater stays on when off.", "Switch off and have the heater checked."),
    ("heat_crossed", "No heat: the wells' wires are crossed.", "Have the heat sensors checked."),
    ("roller_blocked", "A roller was held. It has backed off.", "Take the feet out and press START."),
    ("encoder_lost", "A roller is not felt to move.", "Switch off and have the roller checked."),
    ("encoder_reversed", "A roller moves the wrong way.", "Switch off and have the roller checked."),
    ("roller_runaway", "A roller moves by itself.", "Switch off and have the roller checked."),
    ("device_silent", "A part does not answer.", "Switch off and on. If it stays, report it."),
    ("device_nonsense", "A part answers nonsense.", "Switch off and on. If it stays, report it."),
    ("button_stuck", "A button is stuck.", "Free the button."),
    ("loop_stopped", "The program stood still and began anew.", "If it happens again, report it."),
    ("memory_damaged", "The memory fails its test.", "Switch off and on. If it stays, report it."),
    ("clock_wrong", "The clocks disagree.", "Switch off and on. If it stays, report it."),
    ("outputs_stuck", "An output does not switch off.", "Switch off and report it."),
)


def name(fault: int) -> str:
    """Return the fault's name in lower case."""
    return _CATALOGUE[fault][0]


def sentence(fault: int) -> str:
    """Return what happened, one sentence."""
    return _CATALOGUE[fault][1]


def advice(fault: int) -> str:
    """Return what the person should do, one sentence."""
    return _CATALOGUE[fault][2]


def is_notice(fault: int) -> bool:
    """Tell whether the session goes on."""
    return fault in HEAT_NOTICES or fault in LATCHED_HEAT_NOTICES or fault in OTHER_NOTICES


def count() -> int:
    """Return how many faults there are, "none" included."""
    return len(_CATALOGUE)
