"""The catalogue of faults: number, name, what the display says, what the person should do.

Numbers start at 1 and never change. A fault ends the session: everything safe, latched until it is acknowledged. A
notice lets the session go on: a notice about heat keeps the heat off, the others are only shown.
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

# Numbers that nothing raises in this version.
RESERVED = (FAULT_MEMORY_DAMAGED,)

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

# Name, sentence, advice. Sentence and advice fit on four rows of 21 characters together, uncut.
_CATALOGUE = (
    ("none", b"All is well.", b""),
    ("emergency_stop", b"The emergency stop was pressed.", b"Turn it to release, then press START."),
    ("force_high", b"A roller pressed harder than 60 N.", b"Take the feet out and press START."),
    ("skin_hot", b"The foot rest is warmer than 43 C.", b"Take the feet out and let it cool down."),
    ("element_hot", b"A heater is warmer than 60 C.", b"Switch off and have the heater checked."),
    ("supply_low", b"The supply voltage is too low.", b"Check the power supply and its plug."),
    ("relay_open", b"The safety relay does not close.", b"Switch off and have the relay checked."),
    ("relay_welded", b"The safety relay does not open.", b"Switch off and have the relay changed."),
    ("foot_not_found", b"No foot was found while measuring.", b"Put toes to the stop and try again."),
    ("foot_too_long", b"A foot is longer than 323 mm.", b"This machine cannot massage it safely."),
    ("foot_too_short", b"A foot is shorter than 203 mm.", b"This machine cannot massage it safely."),
    ("probe_late", b"Measuring a foot took too long.", b"Free the sole roller and try again."),
    ("homing_late", b"A roller did not find its home.", b"Free the rollers and try again."),
    ("setpoint_range", b"A setpoint was out of range.", b"Please report this with the program."),
    ("toe_interlock", b"Toe select moved with toes held.", b"Please report this with the program."),
    ("program_damaged", b"The massage program is damaged.", b"Install the program again."),
    ("internal", b"An internal error occurred.", b"Switch off and on. If it stays, report it."),
    ("heat_sensor_lost", b"No heat: a sensor has no contact.", b"Have the heat sensors checked."),
    ("heat_sensors_differ", b"No heat: two sensors disagree.", b"Have the heat sensors checked."),
    ("heat_reading_frozen", b"No heat: a reading does not change.", b"Have the heat sensors checked."),
    ("heat_reading_wild", b"No heat: a reading jumps.", b"Have the heat sensors checked."),
    ("heat_without_rise", b"No heat: a heater does not warm.", b"Have the heater checked."),
    ("rise_without_heat", b"A heater does not switch off.", b"Switch off and have the heater checked."),
    ("heat_crossed", b"No heat: the wells' wires are crossed.", b"Have the heat sensors checked."),
    ("roller_blocked", b"A roller was held. It has backed off.", b"Take the feet out and press START."),
    ("encoder_lost", b"No motion measured at a roller.", b"Switch off and have the roller checked."),
    ("encoder_reversed", b"A roller moves the wrong way.", b"Switch off and have the roller checked."),
    ("roller_runaway", b"A roller moves by itself.", b"Switch off and have the roller checked."),
    ("device_silent", b"A component does not answer.", b"Switch off and on. If it stays, report it."),
    ("device_nonsense", b"A component sends invalid data.", b"Switch off and on. If it stays, report it."),
    ("button_stuck", b"A button is stuck.", b"Free the button."),
    ("loop_stopped", b"The controller has restarted by itself.", b"If it happens again, report it."),
    ("memory_damaged", b"The memory fails its test.", b"Switch off and on. If it stays, report it."),
    ("clock_wrong", b"The clocks disagree.", b"Switch off and on. If it stays, report it."),
    ("outputs_stuck", b"An output does not switch off.", b"Switch off and report it."),
    ("program_left_out", b"A damaged program is left out.", b"Install the program again."),
    ("storage_erased", b"Settings and journal are empty.", b"New? Then all is well. Else report it."),
    ("settings_lost", b"The settings were damaged and are lost.", b"Please choose again."),
    ("settings_older", b"The last settings were damaged.", b"The ones before are used: check them."),
    ("settings_refused", b"A setting was invalid and was reset.", b"Please check your settings."),
    ("journal_lost", b"The journal was damaged and is lost.", b"If it happens again, report it."),
    ("journal_older", b"The journal's last entry was damaged.", b"If it happens again, report it."),
    ("storage_unwritten", b"Settings cannot be saved.", b"Switch off and on. If it stays, report it."),
    ("firmware_damaged", b"The firmware is damaged.", b"Install the firmware again."),
    ("loop_late", b"The controller stalled in a session.", b"If it happens again, report it."),
    ("press_high", b"A roller pressed harder than asked.", b"Take the feet out and press START."),
    # The servos have a supply of their own: emergency stop and relay do not switch them off, the mains plug does.
    ("roller_presses", b"A roller still presses.", b"Unplug the machine, draw the foot out."),
    ("force_frozen", b"A force reading does not change.", b"Switch off and have the sensor checked."),
    ("force_low", b"A roller feels less than it presses.", b"Switch off and have the sensor checked."),
    ("foot_too_high", b"A foot is too high for its roller.", b"This machine cannot massage it safely."),
)


def name(fault: int) -> str:
    """Return the fault's name in lower case."""
    return _CATALOGUE[fault][0]


def sentence(fault: int) -> str:
    """Return the sentence that says what happened (allocates; `told` does not)."""
    return _CATALOGUE[fault][1].decode()


def advice(fault: int) -> str:
    """Return the sentence that says what to do (allocates; `told` does not)."""
    return _CATALOGUE[fault][2].decode()


def told(fault: int) -> "tuple[str, bytes, bytes]":
    """Return name, sentence and advice without allocating, for the display."""
    return _CATALOGUE[fault]


def is_notice(fault: int) -> bool:
    """Return True if the session goes on after this fault."""
    return fault in HEAT_NOTICES or fault in LATCHED_HEAT_NOTICES or fault in OTHER_NOTICES or fault in MESSAGES


def count() -> int:
    """Return the number of faults, "none" included."""
    return len(_CATALOGUE)
