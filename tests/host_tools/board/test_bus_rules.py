"""The checker refuses clashes on the bus, with field, value, allowed range and what to do."""

import pytest

from tests.host_tools.board_files import refusals

CASES = {
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
}


@pytest.mark.parametrize("case", CASES)
def test_the_checker_refuses_and_says_what_to_do(case):
    changes, expected = CASES[case]
    assert refusals(changes) == expected
