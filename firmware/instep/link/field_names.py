"""The names of what messages carry, in the order of their formats in `messages.py`; the board needs no names.

Only the laptop imports this file; it is not installed on the board.
"""

# Of LEVEL_FORMAT's first byte.
LEVEL_NAMES = ("intensity", "pace", "heat", "minutes", "feet")

# Of TELEMETRY_FORMAT.
TELEMETRY_NAMES = (
    "ticks",  # since power-up, wraps at 2^29
    "session_ticks",
    "left_s",
    "supply_mv",
    "late_ticks",
    "longest_tick_us",
    "program_check",  # low half of the chosen program's CRC-32
    "program",  # number of the chosen program
    "state",
    "result",
    "stop_reason",
    "screening_question",
    "screening_reason",
    "fault",
    "last_fault",
    "notice",
    "flags",
    "bus_faults",
    "selftest",
    "selftest_fault",
    "bring_up",
    "intensity",
    "pace",
    "heat",
    "minutes",
    "feet",
)

# Of FOOT_FORMAT.
FOOT_NAMES = (
    "technique",
    "is_in",
    "stroke",
    "strokes",
    "length_um",
    "top_um",
    "sole_um",
    "top_mn",
    "sole_mn",
    "top_target_mn",
    "sole_target_mn",
    "station_milli",
    "reach_um",
    "turn_deci_deg",
    "grip_mn",
    "arch_mn",
    "heel_mn",
    "top_permille",
    "sole_permille",
    "top_ma",
    "sole_ma",
    "heater_permille",
    "skin_centi_c",
    "element_centi_c",
    "skin_code",
    "element_code",
)

# Of MOTION_HEAD_FORMAT.
MOTION_NAMES = ("ticks",)

# Of MOTION_FOOT_FORMAT.
MOTION_FOOT_NAMES = (
    "top_um",
    "sole_um",
    "top_mn",
    "sole_mn",
    "station_milli",
    "reach_um",
    "turn_deci_deg",
    "grip_mn",
)
