"""The catalogue of faults: number, name, what the display says, what the person should do.

Numbers start at 1 and never change. A fault ends the session: everything safe, latched until it is acknowledged. A
notice lets the session go on: one about heat keeps the heat off, one about a foot pauses, the others are only shown.
"""

from instep.texts import Texts

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
FAULT_PROGRAM_LEFT_OUT = 35
FAULT_STORAGE_ERASED = 36
FAULT_SETTINGS_LOST = 37
FAULT_SETTINGS_OLDER = 38
FAULT_SETTINGS_REFUSED = 39
FAULT_JOURNAL_LOST = 40
FAULT_JOURNAL_OLDER = 41
FAULT_STORAGE_UNWRITTEN = 42
FAULT_FIRMWARE_DAMAGED = 43
FAULT_LOOP_LATE = 44
FAULT_PRESS_HIGH = 45
FAULT_ROLLER_PRESSES = 46
FAULT_FORCE_FROZEN = 47
FAULT_FORCE_LOW = 48
FAULT_FOOT_TOO_HIGH = 49
FAULT_FOOT_MOVED = 50

# Of a fault that is about no roller.
NO_ROLLER = -1

# Numbers that nothing raises in this version.
RESERVED: "tuple[int, ...]" = ()

# Heat stays off until the next session, which checks the sensors again.
HEAT_NOTICES = (FAULT_HEAT_SENSOR_LOST,)
# Heat stays off until the person acknowledges the notice with HEAT, the machine at rest.
LATCHED_HEAT_NOTICES = (
    FAULT_HEAT_SENSORS_DIFFER,
    FAULT_HEAT_READING_FROZEN,
    FAULT_HEAT_READING_WILD,
    FAULT_HEAT_WITHOUT_RISE,
    FAULT_HEAT_CROSSED,
)
# The session pauses, with lifted rollers, until START.
PAUSE_NOTICES = (FAULT_FOOT_MOVED,)
# Only shown.
OTHER_NOTICES = (FAULT_BUTTON_STUCK, FAULT_LOOP_STOPPED)
# In the order of the problems in `storage.store`, from the first.
STORAGE_MESSAGES = (
    FAULT_STORAGE_ERASED,
    FAULT_SETTINGS_LOST,
    FAULT_SETTINGS_OLDER,
    FAULT_SETTINGS_REFUSED,
    FAULT_JOURNAL_LOST,
    FAULT_JOURNAL_OLDER,
    FAULT_STORAGE_UNWRITTEN,
)
# Shown with the machine at rest, until the person acknowledges the message with START.
MESSAGES = (FAULT_PROGRAM_LEFT_OUT,) + STORAGE_MESSAGES

# Parts of a row of the catalogue.
SENTENCE = 1
ADVICE = 2
# A row: name, sentence, advice. Sentence and advice fit on four rows of 21 characters together, uncut.
CATALOGUE = Texts(
    b"none|All is well.||"
    b"emergency_stop|The emergency stop was pressed.|Turn it to release, then press START.|"
    b"force_high|A roller pressed harder than 60 N.|Take the feet out and press START.|"
    b"skin_hot|The foot rest is warmer than 43 C.|Take the feet out and let it cool down.|"
    b"element_hot|A heater is warmer than 60 C.|Switch off and have the heater checked.|"
    b"supply_low|The supply voltage is too low.|Check the power supply and its plug.|"
    b"relay_open|The safety relay does not close.|Switch off and have the relay checked.|"
    b"relay_welded|The safety relay does not open.|Switch off and have the relay changed.|"
    b"foot_not_found|No foot was found while measuring.|Put toes to the stop and try again.|"
    b"foot_too_long|A foot is longer than 323 mm.|This machine cannot massage it safely.|"
    b"foot_too_short|A foot is shorter than 203 mm.|This machine cannot massage it safely.|"
    b"probe_late|Measuring a foot took too long.|Free the sole roller and try again.|"
    b"homing_late|A roller did not find its home.|Free the rollers and try again.|"
    b"setpoint_range|A setpoint was out of range.|Please report this with the program.|"
    b"toe_interlock|Toe select moved with toes held.|Please report this with the program.|"
    b"program_damaged|The massage program is damaged.|Install the program again.|"
    b"internal|An internal error occurred.|Switch off and on. If it stays, report it.|"
    b"heat_sensor_lost|No heat: a sensor has no contact.|Have the heat sensors checked.|"
    b"heat_sensors_differ|No heat: two sensors disagree.|Have the heat sensors checked.|"
    b"heat_reading_frozen|No heat: a reading does not change.|Have the heat sensors checked.|"
    b"heat_reading_wild|No heat: a reading jumps.|Have the heat sensors checked.|"
    b"heat_without_rise|No heat: a heater does not warm.|Have the heater checked.|"
    b"rise_without_heat|A heater does not switch off.|Switch off and have the heater checked.|"
    b"heat_crossed|No heat: the wells' wires are crossed.|Have the heat sensors checked.|"
    b"roller_blocked|A roller was held. It has backed off.|Take the feet out and press START.|"
    b"encoder_lost|No motion measured at a roller.|Switch off and have the roller checked.|"
    b"encoder_reversed|A roller moves the wrong way.|Switch off and have the roller checked.|"
    b"roller_runaway|A roller moves by itself.|Switch off and have the roller checked.|"
    b"device_silent|A component does not answer.|Switch off and on. If it stays, report it.|"
    b"device_nonsense|A component sends invalid data.|Switch off and on. If it stays, report it.|"
    b"button_stuck|A button is stuck.|Free the button.|"
    b"loop_stopped|The controller has restarted by itself.|If it happens again, report it.|"
    b"memory_damaged|The memory fails its test.|Switch off and on. If it stays, report it.|"
    b"clock_wrong|The clocks disagree.|Switch off and on. If it stays, report it.|"
    b"outputs_stuck|An output does not switch off.|Switch off and report it.|"
    b"program_left_out|A damaged program is left out.|Install the program again.|"
    b"storage_erased|Settings and journal are empty.|New? Then all is well. Else report it.|"
    b"settings_lost|The settings were damaged and are lost.|Please choose again.|"
    b"settings_older|The last settings were damaged.|The ones before are used: check them.|"
    b"settings_refused|A setting was invalid and was reset.|Please check your settings.|"
    b"journal_lost|The journal was damaged and is lost.|If it happens again, report it.|"
    b"journal_older|The journal's last entry was damaged.|If it happens again, report it.|"
    b"storage_unwritten|Settings cannot be saved.|Switch off and on. If it stays, report it.|"
    b"firmware_damaged|The firmware is damaged.|Install the firmware again.|"
    b"loop_late|The controller stalled in a session.|If it happens again, report it.|"
    b"press_high|A roller pressed harder than asked.|Take the feet out and press START.|"
    # The servos have a supply of their own: emergency stop and relay do not switch them off, the mains plug does.
    b"roller_presses|A roller still presses.|Unplug the machine, draw the foot out.|"
    b"force_frozen|A force reading does not change.|Switch off and have the sensor checked.|"
    b"force_low|A roller feels less than it presses.|Switch off and have the sensor checked.|"
    b"foot_too_high|A foot is too high for its roller.|This machine cannot massage it safely.|"
    b"foot_moved|A foot seems to have moved.|Toes to the stop, then press START.|",
    parts=3,
)


def name(fault: int) -> str:
    """Return the fault's name in lower case."""
    return CATALOGUE.get(fault)


def sentence(fault: int) -> str:
    """Return the sentence that says what happened."""
    return CATALOGUE.get(fault, SENTENCE)


def advice(fault: int) -> str:
    """Return the sentence that says what to do."""
    return CATALOGUE.get(fault, ADVICE)


def is_notice(fault: int) -> bool:
    """Return True if the session goes on after this fault."""
    return fault in HEAT_NOTICES + LATCHED_HEAT_NOTICES + PAUSE_NOTICES + OTHER_NOTICES + MESSAGES


def count() -> int:
    """Return the number of faults, "none" included."""
    return CATALOGUE.count()
