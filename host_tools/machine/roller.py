"""Derive figures of a roller from `roller.toml`, for the simulated motor and the firmware."""

from math import pi
from typing import Any

from instep.axes import TICK_MS
from instep.units import MA_PER_A, MS_PER_S, MV_PER_V, UM_PER_M

_PER_1024 = 1024
_TICK_S = TICK_MS / MS_PER_S


def rated_mv(figures: dict[str, Any]) -> int:
    """Return the voltage to which the maker's figures belong."""
    return round(float(figures["gearmotor"]["voltage_v"]) * MV_PER_V)


def resistance_ohm(figures: dict[str, Any]) -> float:
    """Return the winding's resistance, which alone limits the current at stall."""
    motor = figures["gearmotor"]
    return float(motor["voltage_v"] / motor["stall_a"])


def no_load_m_s(figures: dict[str, Any]) -> float:
    """Return the roller's speed at rated voltage without load."""
    radius_m = figures["drum"]["diameter_m"] / 2
    return float(figures["gearmotor"]["no_load_rpm"] / 60 * 2 * pi * radius_m)


def force_n_a(figures: dict[str, Any]) -> float:
    """Return the motor constant before gear loss, referred to the roller; also its back-EMF in V s/m."""
    motor = figures["gearmotor"]
    return float(motor["voltage_v"] - resistance_ohm(figures) * motor["no_load_a"]) / no_load_m_s(figures)


def start_a(figures: dict[str, Any]) -> float:
    """Return the current at which the bare gearmotor breaks away."""
    return float(figures["gearmotor"]["start_v"] / resistance_ohm(figures))


def useful_n_a(figures: dict[str, Any]) -> float:
    """Return the roller's pull per ampere after the gear's loss.

    Data sheet: at stall the gear gives stall_torque, in addition to the current that breaks it away.
    """
    motor = figures["gearmotor"]
    radius_m = figures["drum"]["diameter_m"] / 2
    return float(motor["stall_torque_n_m"] / radius_m / (motor["stall_a"] - start_a(figures)))


def counts_per_turn(figures: dict[str, Any]) -> float:
    """Return the encoder counts per turn of the gear shaft."""
    motor = figures["gearmotor"]
    return float(motor["encoder_pulses"] * motor["encoder_edges"] * motor["gear_ratio"])


def counts_per_m(figures: dict[str, Any]) -> float:
    """Return the encoder counts per metre of the roller's travel."""
    radius_m = figures["drum"]["diameter_m"] / 2
    return counts_per_turn(figures) / float(2 * pi * radius_m)


def roller_fields(figures: dict[str, Any]) -> dict[str, int]:
    """Return the fields of `instep.hal.calibration` that `roller.toml` determines."""
    full_speed_m_s = figures["gearmotor"]["voltage_v"] / force_n_a(figures)
    return {
        "um_per_1024_counts": round(_PER_1024 * UM_PER_M / counts_per_m(figures)),
        "full_speed_um_per_tick": round(full_speed_m_s * UM_PER_M * _TICK_S),
        "motor_limit_ma": round(figures["drive"]["limit_a"] * MA_PER_A),
        "stop_clearance_um": round(figures["carriage"]["stop_clearance_m"] * UM_PER_M),
    }
