"""The checker refuses pins that cannot serve their signal, with field, value, allowed range and what to do."""

import pytest

from tests.host_tools.board_files import refusals

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
}


@pytest.mark.parametrize("case", CASES)
def test_the_checker_refuses_and_says_what_to_do(case):
    changes, expected = CASES[case]
    assert refusals(changes) == expected
