"""The catalogue of faults: number, name, what the display says, what the person should do.

Numbers start at 1 and never change once given.
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


def count() -> int:
    """Return how many faults there are, "none" included."""
    return len(_CATALOGUE)
