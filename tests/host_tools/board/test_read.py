"""The checker refuses values that are missing, unknown or of the wrong type."""

import pytest

from tests.host_tools.board_files import refusals

CASES = {
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
    assert refusals(changes) == expected
