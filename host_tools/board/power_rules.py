"""Check currents and voltages: no part overheats, and every value that the guard judges can be measured."""

from host_tools.board.chips import can_core_run_at
from host_tools.board.draft import Draft
from host_tools.machine.roller import useful_n_a
from host_tools.machine.tables import table
from instep.guard.limits import FORCE_MIN_MN, FORCE_TRIP_MN, SUPPLY_TRIP_MV
from instep.hal.ads1115 import CODES_PER_MV
from instep.hal.board import RATINGS, ROLLER_NAMES
from instep.units import MICRO, MILLI, PERCENT

# The maximum pull of a roller if the firmware fails (anti-pinch rules, see guard/limits.py).
PULL_MAX_N = 100

# Reserve between need and capacity. Start values.
_RESERVE_PERCENT = 125

# A pin of either chip reads high from 2.0 V on at 3.3 V, and bears 0.3 V more than its supply (RP2040 and RP2350
# Datasheets, "Pin Specifications"); a little reserve.
_HIGH_MIN_PERCENT = 65
_ABOVE_SUPPLY_MV = 300
_SUPPLY_SPREAD_PERCENT = 105

# The force ADC's code per mV at ±4.096 V, the range that covers its 3.3 V.
_ZERO_CODES = 1024


def check_power(draft: Draft, machine: str) -> None:
    """Report every figure with which a part could overheat, or with which the guard could not measure a value."""
    _check_core(draft)
    _check_bridges(draft, machine)
    _check_heaters(draft, machine)
    _check_supply(draft, machine)
    _check_thermistors(draft)
    _check_emergency_stop(draft, machine)
    _check_pulls(draft)
    for roller in ROLLER_NAMES:
        _check_force(draft, roller)


def bridge_limit_ma(reference_mv: int, mirror_ua_per_a: int, sense_ohm: int) -> int:
    """Return the current at which the bridge limits itself."""
    return reference_mv * MICRO // (mirror_ua_per_a * sense_ohm)


def current_ma_per_v(mirror_ua_per_a: int, sense_ohm: int) -> int:
    """Return the bridge current per volt at the ADC."""
    return bridge_limit_ma(MILLI, mirror_ua_per_a, sense_ohm)


def supply_mv_per_v(upper_ohm: int, lower_ohm: int) -> int:
    """Return the supply voltage per volt at the ADC."""
    return MILLI * (upper_ohm + lower_ohm) // lower_ohm


def _check_core(draft: Draft) -> None:
    mhz = draft.get("core", "mhz")
    if mhz is None or draft.chip is None:
        return
    if mhz > draft.chip.core_max_mhz:
        problem = f"is more than an {draft.chip.title} is certified for"
        draft.add("core", "mhz", problem, f"at most {draft.chip.core_max_mhz}", "Correct it")
    elif not can_core_run_at(mhz):
        slower = next(other for other in range(mhz, 0, -1) if can_core_run_at(other))
        faster = next(other for other in range(mhz, 2 * mhz) if can_core_run_at(other))
        problem = "cannot be made from the Pico's 12 MHz crystal"
        draft.add("core", "mhz", problem, f"{slower} or {faster}", "Take one of these")


def _check_bridges(draft: Draft, machine: str) -> None:
    figures = draft.table("bridges")
    if not {"peak_ma", "mirror_ua_per_a", "sense_ohm", "reference_mv"} <= figures.keys():
        return
    roller = table(machine, "roller")
    drive_ma = round(roller["drive"]["limit_a"] * MILLI)
    min_ma = drive_ma * _RESERVE_PERCENT // PERCENT
    if figures["peak_ma"] < min_ma:
        problem = f"is too little for a drive that asks for {drive_ma} mA"
        draft.add("bridges", "peak_ma", problem, f"at least {min_ma} mA", "Use a stronger bridge")
    else:
        stall_ma = round(roller["gearmotor"]["stall_a"] * MILLI)
        pull_ma = round(PULL_MAX_N / useful_n_a(roller) * MILLI)
        _check_sense(draft, figures, min_ma, stall_ma, pull_ma)
    adc_mv = draft.get("adc", "reference_mv")
    if adc_mv is not None and figures["reference_mv"] > adc_mv:
        problem = f"is beyond the {adc_mv} mV that the ADC can measure: a blocked roller would not be seen"
        draft.add("bridges", "reference_mv", problem, f"at most {adc_mv} mV", "Feed VREF from 3V3")


def _check_sense(draft: Draft, figures: dict[str, int], min_ma: int, stall_ma: int, pull_ma: int) -> None:
    """Report a sense resistor whose limit is too high, or too low for the drive (`min_ma`)."""
    per_ohm = figures["reference_mv"] * MICRO // figures["mirror_ua_per_a"]  # mA of the limit, times the resistor
    limit_ma = bridge_limit_ma(figures["reference_mv"], figures["mirror_ua_per_a"], figures["sense_ohm"])
    max_ma, stalled_ma = min(figures["peak_ma"], pull_ma), min(limit_ma, stall_ma)
    allowed = f"{per_ohm // max_ma + 1} to {per_ohm // min_ma} ohm"
    if stalled_ma > figures["peak_ma"]:
        problem = f"lets {stalled_ma} mA through a stalled motor; the bridge bears {figures['peak_ma']} mA"
        draft.add("bridges", "sense_ohm", problem, allowed, "Use a larger resistor or a stronger bridge")
    elif stalled_ma > pull_ma:
        problem = f"lets a roller pull with more than {PULL_MAX_N} N ({limit_ma} mA) when the firmware fails"
        draft.add("bridges", "sense_ohm", problem, allowed, "Use a larger resistor")
    elif limit_ma < min_ma:
        problem = f"folds back at {limit_ma} mA, too near to the drive's own limit"
        draft.add("bridges", "sense_ohm", problem, allowed, "Use a smaller resistor")
    else:
        per_v = current_ma_per_v(figures["mirror_ua_per_a"], figures["sense_ohm"])
        _check_derived(draft, "bridges", "sense_ohm", "current_ma_per_v", per_v)


def _check_heaters(draft: Draft, machine: str) -> None:
    film = table(machine, "heater")["film"]
    film_ma = round(film["rated_w"] / film["rated_v"] * MILLI)
    min_ma = film_ma * _RESERVE_PERCENT // PERCENT
    switch_ma = draft.get("heaters", "switch_ma")
    if switch_ma is not None and switch_ma < min_ma:
        problem = f"is too little for a film of {film_ma} mA"
        draft.add("heaters", "switch_ma", problem, f"at least {min_ma} mA", "Use a stronger MOSFET")


def _check_supply(draft: Draft, machine: str) -> None:
    upper, lower = draft.get("adc", "supply_upper_ohm"), draft.get("adc", "supply_lower_ohm")
    adc_mv = draft.get("adc", "reference_mv")
    if upper is None or lower is None or adc_mv is None:
        return
    max_mv = adc_mv * (upper + lower) // lower
    min_mv = round(table(machine, "supply")["supply"]["open_v"] * MILLI) * _RESERVE_PERCENT // PERCENT
    if max_mv < min_mv:
        problem = f"lets the ADC measure {max_mv} mV at most"
        min_ohm = (min_mv * lower + adc_mv - 1) // adc_mv - lower
        draft.add("adc", "supply_upper_ohm", problem, f"at least {min_ohm} ohm", "Use a larger resistor")
    else:
        _check_derived(draft, "adc", "supply_upper_ohm", "supply_mv_per_v", supply_mv_per_v(upper, lower))


def _check_thermistors(draft: Draft) -> None:
    reference_mv, supply_mv = draft.get("thermistors", "reference_mv"), draft.get("adc", "reference_mv")
    if reference_mv is not None and supply_mv is not None and reference_mv > supply_mv:
        problem = f"is beyond the {supply_mv} mV that feed the heat ADC: its inputs would be overdriven"
        draft.add("thermistors", "reference_mv", problem, f"at most {supply_mv} mV", "Use a lower reference")


def _check_emergency_stop(draft: Draft, machine: str) -> None:
    upper, lower = draft.get("emergency_stop", "upper_ohm"), draft.get("emergency_stop", "lower_ohm")
    pin_mv = draft.get("adc", "reference_mv")
    if upper is None or lower is None or pin_mv is None:
        return
    open_mv = round(table(machine, "supply")["supply"]["open_v"] * MILLI) * _SUPPLY_SPREAD_PERCENT // PERCENT
    min_mv, max_mv = pin_mv * _HIGH_MIN_PERCENT // PERCENT, pin_mv + _ABOVE_SUPPLY_MV
    low_mv, high_mv = SUPPLY_TRIP_MV * lower // (upper + lower), -(-open_mv * lower // (upper + lower))
    min_ohm, max_ohm = -(-open_mv * lower // max_mv) - lower, SUPPLY_TRIP_MV * lower // min_mv - lower
    if high_mv > max_mv or low_mv < min_mv:
        problem = (
            f"puts {low_mv} to {high_mv} mV on the pin when nobody presses (the pin takes {min_mv} to {max_mv} mV)"
        )
        allowed = f"{min_ohm} to {max_ohm} ohm"
        draft.add("emergency_stop", "upper_ohm", problem, allowed, "Correct the divider")


def _check_pulls(draft: Draft) -> None:
    if draft.chip is None:
        return
    max_ohm, reason = draft.chip.pull_max_ohm, draft.chip.pull_reason
    for place in [("pulls_ohm", key) for key in draft.table("pulls_ohm")] + [("emergency_stop", "lower_ohm")]:
        value = draft.get(*place)
        if value is not None and value > max_ohm:
            problem = f"is too weak to hold the pin of an {draft.chip.title} ({reason})"
            draft.add(*place, problem, f"at most {max_ohm} ohm", "Use a smaller resistor; rely on no internal one")


def _check_force(draft: Draft, roller: str) -> None:
    zero, scale = draft.get("force_zero", roller), draft.get("force_mn_per_1024", roller)
    supply_mv = draft.get("adc", "reference_mv")
    if zero is None or scale is None or supply_mv is None:
        return
    reach_mn = (supply_mv * CODES_PER_MV - zero) * scale // _ZERO_CODES
    min_mn = FORCE_TRIP_MN * _RESERVE_PERCENT // PERCENT
    if reach_mn < min_mn:
        problem = f"lets the sensor end at {reach_mn} mN; the guard stops at {FORCE_TRIP_MN} mN"
        minimum = -(-min_mn * _ZERO_CODES // (supply_mv * CODES_PER_MV - zero))
        draft.add("force_mn_per_1024", roller, problem, f"at least {minimum}", "Give the amplifier less gain")
    elif -zero * scale // _ZERO_CODES >= FORCE_MIN_MN:
        problem = "makes a broken wire look like a light touch: code 0 is no force that the guard takes for nonsense"
        minimum = -FORCE_MIN_MN * _ZERO_CODES // scale + 1
        draft.add("force_zero", roller, problem, f"at least {minimum}", "Lift the amplifier's output without load")


def _check_derived(draft: Draft, table_name: str, key: str, rating: str, value: int) -> None:
    minimum, maximum = next((minimum, maximum) for name, minimum, maximum in RATINGS if name == rating)
    if not minimum <= value <= maximum:
        problem = f"makes {rating} {value}"
        draft.add(table_name, key, problem, f"{rating} of {minimum} to {maximum}", "Correct the resistors")
