"""Define the tables and keys of a board file, each with the range of its values."""

from instep.hal.board import (
    ADDRESS_MAX,
    ADDRESS_MIN,
    ADDRESSES,
    CHANNELS,
    EXPANDER,
    EXPANDER_MAX,
    GPIO_MAX,
    PINS,
    RATINGS,
    ROLLER_NAMES,
)

FORMAT = 1
HEAD = ("format", "name", "title", "chip", "machine")

REVERSED = "reversed"
REVERSED_TABLES = ("bridges", "encoders")

Range = tuple[int, int]

_RATING_RANGES = {name: (minimum, maximum) for name, minimum, maximum in RATINGS}

# The ADCs and the encoders' state machines have fewer places than the servo chip.
_ADC_INPUTS: Range = (0, 3)
_SERVO_FIRST: Range = (0, 8)
_STATE_MACHINES: Range = (0, 8)
_CHANNEL_RANGES = {
    name: _SERVO_FIRST if name.startswith("servo") else _STATE_MACHINES if name.startswith("encoder") else _ADC_INPUTS
    for name in CHANNELS
}

# Table: key: minimum and maximum, whole numbers.
NUMBERS: dict[str, dict[str, Range]] = {
    "pins": {name: (0, GPIO_MAX) for name in PINS},
    "expander": {name: (0, EXPANDER_MAX) for name in EXPANDER},
    "channels": _CHANNEL_RANGES,
    "addresses": {name: (ADDRESS_MIN, ADDRESS_MAX) for name in ADDRESSES},
    "core": {"mhz": _RATING_RANGES["core_mhz"]},
    "bus": {"hz": _RATING_RANGES["i2c_hz"], "pull_up_ohm": (1_100, 10_000)},
    "bridges": {
        "pwm_hz": _RATING_RANGES["bridge_pwm_hz"],
        "peak_ma": (1_000, 50_000),
        "mirror_ua_per_a": (10, 5_000),
        "sense_ohm": (100, 20_000),
        "reference_mv": (500, 3_600),
    },
    "encoders": {},
    "heaters": {"pwm_hz": _RATING_RANGES["heater_pwm_hz"], "switch_ma": (500, 50_000)},
    "servos": {"clock_khz": _RATING_RANGES["servo_clock_khz"]},
    "adc": {
        "reference_mv": _RATING_RANGES["adc_reference_mv"],
        "supply_upper_ohm": (1_000, 470_000),
        "supply_lower_ohm": (1_000, 47_000),
    },
    "thermistors": {"reference_mv": _RATING_RANGES["ntc_reference_mv"]},
    "emergency_stop": {"upper_ohm": (1_000, 100_000), "lower_ohm": (500, 47_000)},
    # The relay's pump, `relay_pump.py`.
    "relay_pump": {
        "coupling_nf": (1_000, 22_000),
        "hold_nf": (470, 4_700),
        "bleed_ohm": (4_700, 220_000),
        "threshold_mv": (1_000, 1_500),
    },
    "pulls_ohm": {name: (500, 47_000) for name in ("relay", "heater_left", "heater_right", "servo_disable")},
    "force_zero": {roller: _RATING_RANGES[f"force_zero_{roller}"] for roller in ROLLER_NAMES},
    "force_mn_per_1024": {roller: _RATING_RANGES[f"force_mn_per_1024_{roller}"] for roller in ROLLER_NAMES},
}

# Tables that older board files lack: what to build, and what to add.
ADDED_TABLES = {
    "relay_pump": "The relay is held by pulses now, no longer by a level: build its pump (docs/build.md), then copy "
    "[relay_pump] from boards/pico/board.toml",
}

Values = dict[tuple[str, str], int]
