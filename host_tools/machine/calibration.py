"""Derive the firmware's calibration of a machine; `instep.hal.calibration` names its fields."""

from typing import Any

from host_tools.machine.roller import roller_fields
from host_tools.machine.tables import REFERENCE, table
from instep.axes import HOLD_ARCH, HOLD_HEEL, SOLE_PRESS, TOE_GRIP, TOE_REACH, TOE_SELECT, TOE_TURN, TOP_PRESS
from instep.hal.calibration import FIELDS, Calibration

# The table of `servo.toml` behind each servo axis.
SERVO_TABLES = {
    TOP_PRESS: "press",
    SOLE_PRESS: "press",
    TOE_SELECT: "select",
    TOE_REACH: "reach",
    TOE_TURN: "turn",
    TOE_GRIP: "grip",
    HOLD_ARCH: "hold",
    HOLD_HEEL: "hold",
}


def calibration_of(machine: str = REFERENCE) -> Calibration:
    """Return the calibration of a machine; raise ValueError naming a figure that is out of range."""
    return Calibration(fields_of(table(machine, "roller"), table(machine, "servo")))


def fields_of(roller: dict[str, Any], servo: dict[str, Any]) -> dict[str, int]:
    """Return every field of `instep.hal.calibration`, not yet checked, from `roller.toml` and `servo.toml`."""
    return servo_fields(servo) | roller_fields(roller)


def servo_fields(figures: dict[str, Any]) -> dict[str, int]:
    """Return the fields of `instep.hal.calibration` that `servo.toml` determines."""
    flat = {f"{name}_{key}": value for name in SERVO_TABLES.values() for key, value in figures[name].items()}
    flat |= figures["press"]
    return {name: flat[name] for name, _, _ in FIELDS if name in flat}
