"""The checker refuses currents and voltages that a part cannot bear or the guard cannot measure."""

import pytest

from tests.host_tools.board_files import refusals

CASES = {
    "a bridge that would burn": (
        {"bridges.sense_ohm": "1_000"},
        [
            "bridges.sense_ohm = 1000: lets 7000 mA through a stalled motor; the bridge bears 6000 mA; "
            "allowed: 2017 to 2933 ohm. Use a larger resistor or a stronger bridge.",
        ],
    ),
    "a bridge that is too weak for the drive": (
        {"bridges.peak_ma": "2_000"},
        [
            "bridges.peak_ma = 2000: is too little for a drive that asks for 2000 mA; allowed: at least 2500 "
            "mA. Use a stronger bridge.",
        ],
    ),
    "a bridge that would pull too hard": (
        {"bridges.sense_ohm": "1_800"},
        [
            "bridges.sense_ohm = 1800: lets a roller pull with more than 100 N (4074 mA) when the firmware "
            "fails; allowed: 2017 to 2933 ohm. Use a larger resistor.",
        ],
    ),
    "a bridge that folds back too early": (
        {"bridges.sense_ohm": "3_300"},
        [
            "bridges.sense_ohm = 3300: folds back at 2222 mA, too near to the drive's own limit; allowed: "
            "2017 to 2933 ohm. Use a smaller resistor.",
        ],
    ),
    "a bridge whose limit cannot be measured": (
        {"bridges.reference_mv": "3_500"},
        [
            "bridges.reference_mv = 3500: is beyond the 3300 mV that the ADC can measure: a blocked roller "
            "would not be seen; allowed: at most 3300 mV. Feed VREF from 3V3.",
        ],
    ),
    "a bridge whose current reads too coarsely": (
        {"bridges.reference_mv": "500", "bridges.sense_ohm": "333"},
        [
            "bridges.sense_ohm = 333: makes current_ma_per_v 6673; allowed: current_ma_per_v of 100 to 5000. "
            "Correct the resistors.",
        ],
    ),
    "a MOSFET that is too small": (
        {"heaters.switch_ma": "1_000"},
        [
            "heaters.switch_ma = 1000: is too little for a film of 1000 mA; allowed: at least 1250 mA. Use a "
            "stronger MOSFET.",
        ],
    ),
    "a supply that cannot be measured": (
        {"adc.supply_upper_ohm": "33_000"},
        [
            "adc.supply_upper_ohm = 33000: lets the ADC measure 14190 mV at most; allowed: at least 35455 "
            "ohm. Use a larger resistor.",
        ],
    ),
    "a divider that the firmware does not know": (
        {"adc.supply_upper_ohm": "100_000"},
        [
            "adc.supply_upper_ohm = 100000: makes supply_mv_per_v 11000; allowed: supply_mv_per_v of 4000 to "
            "10000. Correct the resistors.",
        ],
    ),
    "a reference beyond the ADC's supply": (
        {"thermistors.reference_mv": "4_000"},
        [
            "thermistors.reference_mv = 4000: is beyond the 3300 mV that feed the heat ADC: its inputs would "
            "be overdriven; allowed: at most 3300 mV. Use a lower reference.",
        ],
    ),
    "an emergency stop that burns its pin": (
        {"emergency_stop.upper_ohm": "4_700"},
        [
            "emergency_stop.upper_ohm = 4700: puts 4331 to 5198 mV on the pin when nobody presses (the pin "
            "takes 2145 to 3600 mV); allowed: 8250 to 12853 ohm. Correct the divider.",
        ],
    ),
    "an emergency stop that is never heard": (
        {"emergency_stop.upper_ohm": "22_000"},
        [
            "emergency_stop.upper_ohm = 22000: puts 1369 to 1644 mV on the pin when nobody presses (the pin "
            "takes 2145 to 3600 mV); allowed: 8250 to 12853 ohm. Correct the divider.",
        ],
    ),
    "a pull that is too weak": (
        {"pulls_ohm.relay": "22_000"},
        [
            "pulls_ohm.relay = 22000: is too weak to hold the pin of an RP2040 (a longer wire picks up more "
            "than a weaker resistor can hold); allowed: at most 10000 ohm. Use a smaller resistor; rely on "
            "no internal one.",
        ],
    ),
    "a force sensor that ends too early": (
        {"force_mn_per_1024.left_sole": "2_000"},
        [
            "force_mn_per_1024.left_sole = 2000: lets the sensor end at 48437 mN; the guard stops at 60000 "
            "mN; allowed: at least 3097. Give the amplifier less gain.",
        ],
    ),
    "a broken wire that looks like a touch": (
        {"force_zero.right_top": "100"},
        [
            "force_zero.right_top = 100: makes a broken wire look like a light touch: code 0 is no force "
            "that the guard takes for nonsense; allowed: at least 641. Lift the amplifier's output without "
            "load.",
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_checker_refuses_and_says_what_to_do(case):
    changes, expected = CASES[case]
    assert refusals(changes) == expected
