"""Every way in which a board file can be wrong is told with field, value, allowed range and what to do."""

import pytest

from host_tools.board.check import check_text
from host_tools.board.findings import BoardFileError
from tests.host_tools.board_files import edited

CASES = {
    "a pin that is not on the header": (
        {"pins.relay": "23"},
        [
            "pins.relay = 23: is not on the Pico's header, it sets the mode of the Pico's power supply; "
            "allowed: 0 to 22 and 26 to 28. Use a free pin (GP21).",
        ],
    ),
    "the pin of the LED for something else": (
        {"pins.relay": "25"},
        [
            "pins.relay = 25: is not on the Pico's header, it is the Pico's own LED; allowed: 0 to 22 and 26 "
            "to 28. Use a free pin (GP21).",
            "pins.status_light = 25: is used twice, also as pins.relay; allowed: each pin once; free: GP21. "
            "Move one of the two.",
        ],
    ),
    "a light on a pin that the Pico uses itself": (
        {"pins.status_light": "29"},
        [
            "pins.status_light = 29: is not on the Pico's header, it measures the Pico's own supply; "
            "allowed: 0 to 22 and 26 to 28, or 25. Use a free pin (none, so swap two wires).",
        ],
    ),
    "a pin used twice": (
        {"pins.emergency_stop": "21"},
        [
            "pins.emergency_stop = 21: is used twice, also as pins.relay; allowed: each pin once; free: "
            "GP22. Move one of the two.",
        ],
    ),
    "a core beyond what the chip can": (
        {"chip": '"rp2350"'},
        ["core.mhz = 200: is more than an RP2350 is certified for; allowed: at most 150. Correct it."],
    ),
    "a core's clock that the crystal does not make": (
        {"core.mhz": "199"},
        [
            "core.mhz = 199: cannot be made from the Pico's 12 MHz crystal; allowed: 198 or 200. Take one of these.",
        ],
    ),
    "an analogue signal on a digital pin": (
        {"pins.supply": "22", "pins.emergency_stop": "28"},
        [
            "pins.supply = 22: cannot measure a voltage: it is no input of the ADC; allowed: 26, 27, 28. Use "
            "an ADC pin.",
        ],
    ),
    "SDA and SCL the wrong way round": (
        {"pins.i2c_sda": "1", "pins.i2c_scl": "0"},
        [
            "pins.i2c_sda = 1: cannot be SDA of an I2C block, only SCL; allowed: 0, 2, 4, 6, 8, 10, 12, 14, "
            "16, 18, 20, 22, 26, 28. Swap the lines.",
            "pins.i2c_scl = 0: cannot be SCL of an I2C block, only SDA; allowed: 1, 3, 5, 7, 9, 11, 13, 15, "
            "17, 19, 21, 27. Swap the lines.",
        ],
    ),
    "SDA and SCL of two blocks": (
        {"pins.i2c_scl": "3", "pins.bridge_left_top_in2": "1"},
        [
            "pins.i2c_scl = 3: belongs to I2C1, but pins.i2c_sda = 0 to I2C0; allowed: 1, 5, 9, 13, 17, 21. "
            "Use the SCL of the same block.",
            "pins.heater_left = 16: shares PWM slice 0 with pins.bridge_left_top_in2 = 1, which runs at "
            "20000 Hz, not at 250 Hz; allowed: a slice with the same frequency. Move one of the two (free: "
            "none, so swap two wires; slice = GPIO / 2 modulo 8, channel A is even).",
            "pins.heater_right = 17: shares PWM slice 0, channel B, with pins.bridge_left_top_in2 = 1: one "
            "duty for both; allowed: a slice and channel of its own. Move one of the two (free: none, so "
            "swap two wires; slice = GPIO / 2 modulo 8, channel A is even).",
        ],
    ),
    "an encoder whose pins are no neighbours": (
        {"pins.encoder_left_top_b": "21", "pins.relay": "11"},
        [
            "pins.encoder_left_top_b = 21: does not follow pins.encoder_left_top_a = 10, and the PIO reads "
            "two neighbours; allowed: 11. Wire B to GP11; if the count runs backwards, name the roller in "
            "encoders.reversed.",
        ],
    ),
    "an encoder whose pins are the wrong way round": (
        {"pins.encoder_right_sole_a": "19", "pins.encoder_right_sole_b": "18"},
        [
            "pins.encoder_right_sole_b = 18: does not follow pins.encoder_right_sole_a = 19, and the PIO "
            "reads two neighbours; allowed: 20. Wire B to GP20; if the count runs backwards, name the roller "
            "in encoders.reversed.",
        ],
    ),
    "two bridges on one PWM channel": (
        {
            "pins.bridge_right_sole_in1": "18",
            "pins.bridge_right_sole_in2": "19",
            "pins.encoder_right_sole_a": "8",
            "pins.encoder_right_sole_b": "9",
        },
        [
            "pins.bridge_right_sole_in1 = 18: shares PWM slice 1, channel A, with pins.bridge_left_top_in1 = "
            "2: one duty for both; allowed: a slice and channel of its own. Move one of the two (free: none, "
            "so swap two wires; slice = GPIO / 2 modulo 8, channel A is even).",
            "pins.bridge_right_sole_in2 = 19: shares PWM slice 1, channel B, with pins.bridge_left_top_in2 = "
            "3: one duty for both; allowed: a slice and channel of its own. Move one of the two (free: none, "
            "so swap two wires; slice = GPIO / 2 modulo 8, channel A is even).",
        ],
    ),
    "a bridge and a heater on one PWM slice": (
        {
            "pins.heater_right": "18",
            "pins.encoder_right_sole_a": "20",
            "pins.encoder_right_sole_b": "21",
            "pins.servo_disable": "17",
            "pins.relay": "19",
            "pins.bridge_left_top_in1": "16",
            "pins.heater_left": "2",
        },
        [
            "pins.heater_left = 2: shares PWM slice 1 with pins.bridge_left_top_in2 = 3, which runs at 20000 "
            "Hz, not at 250 Hz; allowed: a slice with the same frequency. Move one of the two (free: none, "
            "so swap two wires; slice = GPIO / 2 modulo 8, channel A is even).",
            "pins.heater_right = 18: shares PWM slice 1 with pins.bridge_left_top_in2 = 3, which runs at "
            "20000 Hz, not at 250 Hz; allowed: a slice with the same frequency. Move one of the two (free: "
            "none, so swap two wires; slice = GPIO / 2 modulo 8, channel A is even).",
            "pins.heater_right = 18: shares PWM slice 1, channel A, with pins.heater_left = 2: one duty for "
            "both; allowed: a slice and channel of its own. Move one of the two (free: none, so swap two "
            "wires; slice = GPIO / 2 modulo 8, channel A is even).",
        ],
    ),
    "an address that a chip cannot have": (
        {"addresses.display": "0x3E"},
        [
            "addresses.display = 0x3E: is no address that an SSD1306 can have; allowed: 0x3C to 0x3D. Set "
            "its address pins.",
        ],
    ),
    "two chips at one address": (
        {"addresses.force_adc_left": "0x48"},
        [
            "addresses.force_adc_left = 0x48: is used twice, also as addresses.heat_adc; allowed: 0x48 to "
            "0x4B, each once. Set the address pins of one of the two.",
        ],
    ),
    "the servo chip at its all-call address": (
        {"addresses.servos": "0x70"},
        [
            "addresses.servos = 0x70: is the all-call address of the PCA9685, which answers to it; allowed: "
            "0x40 to 0x77 but 0x70. Set its address pins.",
        ],
    ),
    "buttons that reach beyond their port": (
        {"expander.button_first": "2"},
        [
            "expander.button_first = 2: puts the six buttons on GPA2 to GPA7; allowed: 0, 1, 8 or 9. Keep "
            "them on one port, below its bit 7.",
            "expander.foot_left = 6: is used twice: GPA6 is also expander.button_first; allowed: 0 to 15, "
            "each once. Move one of the two.",
            "expander.buzzer = 7: is used twice: GPA7 is also expander.button_first; allowed: 0 to 15, each "
            "once. Move one of the two.",
        ],
    ),
    "an input on a bit that is for outputs": (
        {"expander.foot_right": "7", "expander.buzzer": "8"},
        [
            "expander.foot_right = 7: is an input on GPA7, which the MCP23017 has for outputs only; allowed: "
            "0 to 6, 8 to 14. Move it to another bit.",
        ],
    ),
    "an expander's bit used twice": (
        {"expander.foot_left": "5"},
        [
            "expander.foot_left = 5: is used twice: GPA5 is also expander.button_first; allowed: 0 to 15, "
            "each once. Move one of the two.",
        ],
    ),
    "an input of the ADC used twice": (
        {"channels.skin_left": "0"},
        [
            "channels.skin_left = 0: is used twice: AIN0 is also channels.element_left; allowed: 0 to 3, "
            "each once. Move one of the two.",
        ],
    ),
    "feet that share servos": (
        {"channels.servo_right_first": "4"},
        [
            "channels.servo_right_first = 4: overlaps the left foot's outputs 0 to 7; allowed: 0 for one "
            "foot, 8 for the other. Swap or move the feet.",
        ],
    ),
    "more state machines than there are": (
        {"channels.encoder_first": "6"},
        [
            "channels.encoder_first = 6: needs state machines up to 9, and the RP2040 has 8; allowed: 0 or "
            "4. Begin with a block's first.",
        ],
    ),
    "encoders in two PIO blocks": (
        {"channels.encoder_first": "2"},
        [
            "channels.encoder_first = 2: spreads the encoders over two PIO blocks, whose 32 instructions "
            "they would fill; allowed: 0 or 4. Begin with a block's first.",
        ],
    ),
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
    "a missing value": (
        {"pins.relay": ""},
        [
            "pins.relay: is missing; allowed: 0 to 22 and 26 to 28. Add relay to [pins].",
        ],
    ),
    "a value of the wrong kind": (
        {"pins.relay": '"GP21"'},
        [
            'pins.relay = "GP21": is not a whole number; allowed: 0 to 22 and 26 to 28. Write a whole '
            "number, without quotes.",
        ],
    ),
    "a truth value": (
        {"pins.relay": "true"},
        [
            "pins.relay = true: is not a whole number; allowed: 0 to 22 and 26 to 28. Write a whole number, "
            "without quotes.",
        ],
    ),
    "a value out of range": (
        {"pins.relay": "30", "bus.hz": "1_000_000", "addresses.display": "0x78"},
        [
            "pins.relay = 30: is too large; allowed: 0 to 22 and 26 to 28. Correct it.",
            "addresses.display = 0x78: is too large; allowed: 0x08 to 0x77. Correct it.",
            "bus.hz = 1000000: is too large; allowed: 100000 to 400000. Correct it.",
        ],
    ),
    "an unknown chip": (
        {"chip": '"rp2041"'},
        [
            'chip = "rp2041": is unknown (did you mean rp2040?); allowed: rp2040, rp2350. Name one of them.',
        ],
    ),
    "an unknown machine": (
        {"machine": '"referense"'},
        [
            'machine = "referense": is unknown (did you mean reference?); allowed: reference. Name one of them.',
        ],
    ),
    "a missing name": (
        {"name": ""},
        [
            "name: is missing; allowed: 1 to 16 of a-z, 0-9 and -. Give the board a name.",
        ],
    ),
    "a bad name": (
        {"name": '"My Board"'},
        [
            'name = "My Board": cannot be used; allowed: 1 to 16 of a-z, 0-9 and -. Give the board a name.',
        ],
    ),
    "another format": (
        {"format": "2"},
        [
            "format = 2: is a format that this Instep does not read; allowed: 1. Write format = 1.",
        ],
    ),
    "an unknown roller": (
        {"bridges.reversed": '["left_tip"]'},
        [
            'bridges.reversed = "left_tip": names no roller (did you mean left_top?); allowed: a list of '
            "left_top, left_sole, right_top, right_sole, each at most once. Name the rollers that turn the "
            "wrong way, or write [].",
        ],
    ),
    "a roller named twice": (
        {"encoders.reversed": '["left_top", "left_top"]'},
        [
            'encoders.reversed = "left_top": is named twice; allowed: a list of left_top, left_sole, '
            "right_top, right_sole, each at most once. Name the rollers that turn the wrong way, or write "
            "[].",
        ],
    ),
    "a reversal that is no list": (
        {"encoders.reversed": "true"},
        [
            "encoders.reversed = true: is not a list; allowed: a list of left_top, left_sole, right_top, "
            "right_sole, each at most once. Name the rollers that turn the wrong way, or write [].",
        ],
    ),
    "a missing reversal": (
        {"encoders.reversed": ""},
        [
            "encoders.reversed: is missing; allowed: a list of left_top, left_sole, right_top, right_sole, "
            "each at most once. Name the rollers that turn the wrong way, or write [].",
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_checker_refuses_and_says_what_to_do(case):
    changes, expected = CASES[case]
    with pytest.raises(BoardFileError) as caught:
        check_text(edited(changes), "my.toml")
    assert [line.split(": ", 1)[1] for line in caught.value.message.splitlines()] == expected
