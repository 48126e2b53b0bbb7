"""The table of telemetry fields: the board's formats, the laptop's names and docs/protocol.md all come from it.

A board does not keep the table: when the firmware is built, `host_tools/flash/evaluate.py` replaces this module by
the strings and integers below the table, as literals.

To add a field: insert a row here, and in `telemetry.py` the expression that reads the value, with the field's name as
its comment. Raise VERSION in `frames.py`, run `make docs` and the tests; they name a row without an expression.
"""

import struct

# A row: name with its unit, struct format of one value, unit, module that the value comes from, meaning.
# A board writes a block in two steps, head and rest: each must take an RP2040 less than 1 ms.
MACHINE_HEAD = (
    ("ticks", "I", "10 ms", "app", "time since power-up; wraps at 2^29"),
    ("session_ticks", "I", "10 ms", "session.session_clock", "time since the session's self-test"),
    ("left_s", "H", "s", "session.session_clock", "time until the session ends, 0: the program is given once"),
    ("supply_mv", "H", "mV", "hal.interface", "supply voltage"),
    ("late_ticks", "H", "ticks", "app", "ticks that ended after their 10 ms, since power-up"),
    ("longest_tick_us", "H", "us", "app", "duration of the longest tick since power-up"),
    ("program_check", "H", "", "session.library", "low half of the chosen program's CRC-32; 0 = no program"),
    ("program", "B", "", "session.library", "number of the chosen program"),
    ("state", "B", "", "session.states", "the session's state, an index of NAMES"),
)
MACHINE_REST = (
    ("result", "B", "", "session.outcome", "result of the last session, an index of RESULT_NAMES"),
    ("stop_reason", "B", "", "session.outcome", "why it was stopped, an index of STOP_REASONS"),
    ("screening_question", "B", "", "session.screening", "number of the question on the display"),
    ("screening_reason", "B", "", "session.screening", "why the massage was refused, an index of REASONS"),
    ("fault", "B", "", "guard.faults", "number of the latched fault; 0 = none"),
    ("last_fault", "B", "", "guard.faults", "number of the last fault since power-up; 0 = none"),
    ("notice", "B", "", "guard.notices", "number of the notice that waits for the person; 0 = none"),
    ("flags", "H", "bits", "link.protocol", "FLAG_ bits"),
    ("bus_faults", "H", "bits", "hal.interface", "devices of BUS_DEVICES: bits 0 to 7 silent, 8 to 15 implausible"),
    ("selftest", "B", "", "guard.selftest", "state of the self-test"),
    ("selftest_fault", "B", "", "guard.selftest", "number of the fault that it found; 0 = none"),
    ("jog_state", "B", "", "session.jog", "state of jogging by hand, an index of NAMES"),
    ("intensity", "B", "", "levels", "1 to 5"),
    ("pace", "B", "", "levels", "1 to 3"),
    ("heat", "B", "", "levels", "an index of HEAT_NAMES"),
    ("minutes", "B", "min", "levels", "length of the session"),
    ("feet", "B", "", "levels", "an index of FEET_NAMES"),
)
FOOT_HEAD = (
    ("technique", "B", "", "stroke.program", "an index of TECHNIQUES; 255 = none"),
    ("is_in", "B", "", "hal.interface", "1 = the foot switch is closed"),
    ("stroke", "H", "", "stroke.player", "strokes begun in this technique"),
    ("strokes", "H", "", "stroke.player", "strokes of this technique in all"),
    ("length_um", "i", "um", "stroke.foot_scaling", "measured length of the foot; 0 = not measured"),
    ("top_um", "i", "um", "drive.roller", "position of the top roller"),
    ("sole_um", "i", "um", "drive.roller", "position of the sole roller"),
    ("top_mn", "H", "mN", "drive.press", "force of the top roller"),
    ("sole_mn", "H", "mN", "drive.press", "force of the sole roller"),
    ("top_target_mn", "H", "mN", "stroke.scheduler", "setpoint of the top roller's force"),
    ("sole_target_mn", "H", "mN", "stroke.scheduler", "setpoint of the sole roller's force"),
)
FOOT_REST = (
    ("station_milli", "H", "1/1000", "stroke.scheduler", "setpoint of the toe station"),
    ("reach_um", "H", "um", "stroke.scheduler", "setpoint of the toe unit's reach"),
    ("turn_deci_deg", "h", "0.1 deg", "stroke.scheduler", "setpoint of the toe unit's turn"),
    ("grip_mn", "H", "mN", "stroke.scheduler", "setpoint of the toe grip's force"),
    ("arch_mn", "H", "mN", "stroke.scheduler", "setpoint of the hold at the arch"),
    ("heel_mn", "H", "mN", "stroke.scheduler", "setpoint of the hold at the heel"),
    ("top_permille", "h", "1/1000", "drive.roller", "duty of the top roller's motor"),
    ("sole_permille", "h", "1/1000", "drive.roller", "duty of the sole roller's motor"),
    ("top_ma", "H", "mA", "drive.roller", "current of the top roller's motor"),
    ("sole_ma", "H", "mA", "drive.roller", "current of the sole roller's motor"),
    ("heater_permille", "H", "1/1000", "drive.heater", "duty of the well's heater"),
    ("skin_centi_c", "h", "0.01 C", "drive.heater", "temperature at the skin"),
    ("element_centi_c", "h", "0.01 C", "drive.heater", "temperature of the heating element"),
    ("skin_code", "H", "", "hal.interface", "ADC code of the skin sensor"),
    ("element_code", "H", "", "hal.interface", "ADC code of the element's sensor"),
)
# Fields that move: sent 20 times a second in the motion block, in these orders. Each has a row above.
MOTION_MACHINE = ("ticks",)
MOTION_FOOT = ("top_um", "sole_um", "top_mn", "sole_mn", "station_milli", "reach_um", "turn_deci_deg", "grip_mn")

MACHINE = MACHINE_HEAD + MACHINE_REST
FOOT = FOOT_HEAD + FOOT_REST


def _joined(rows: "tuple[tuple[str, str, str, str, str], ...]") -> str:
    """Return the format of a block, little-endian and without padding."""
    return "<" + "".join([row[1] for row in rows])


def _named(
    rows: "tuple[tuple[str, str, str, str, str], ...]", names: "tuple[str, ...]"
) -> "tuple[tuple[str, str, str, str, str], ...]":
    """Return the rows of some fields, in the order of `names`."""
    return tuple([row for name in names for row in rows if row[0] == name])


MACHINE_HEAD_FORMAT = _joined(MACHINE_HEAD)
MACHINE_REST_FORMAT = _joined(MACHINE_REST)
MACHINE_FORMAT = _joined(MACHINE)
FOOT_HEAD_FORMAT = _joined(FOOT_HEAD)
FOOT_REST_FORMAT = _joined(FOOT_REST)
FOOT_FORMAT = _joined(FOOT)
MOTION_HEAD_FORMAT = _joined(_named(MACHINE, MOTION_MACHINE))
MOTION_FOOT_FORMAT = _joined(_named(FOOT, MOTION_FOOT))

MACHINE_HEAD_BYTES = struct.calcsize(MACHINE_HEAD_FORMAT)
MACHINE_BYTES = struct.calcsize(MACHINE_FORMAT)
FOOT_HEAD_BYTES = struct.calcsize(FOOT_HEAD_FORMAT)
FOOT_BYTES = struct.calcsize(FOOT_FORMAT)
MOTION_HEAD_BYTES = struct.calcsize(MOTION_HEAD_FORMAT)
MOTION_FOOT_BYTES = struct.calcsize(MOTION_FOOT_FORMAT)
