"""The catalogue of faults: numbers and names stay, and the words fit on the display."""

from instep.guard import faults
from tests.firmware.panel.test_text import wrapped

# Journals and people refer to these numbers and names: append, never change.
GIVEN = {
    1: "emergency_stop",
    2: "force_high",
    3: "skin_hot",
    4: "element_hot",
    5: "supply_low",
    6: "relay_open",
    7: "relay_welded",
    8: "foot_not_found",
    9: "foot_too_long",
    10: "foot_too_short",
    11: "probe_late",
    12: "homing_late",
    13: "setpoint_range",
    14: "toe_interlock",
    15: "program_damaged",
    16: "internal",
    17: "heat_sensor_lost",
    18: "heat_sensors_differ",
    19: "heat_reading_frozen",
    20: "heat_reading_wild",
    21: "heat_without_rise",
    22: "rise_without_heat",
    23: "heat_crossed",
    24: "roller_blocked",
    25: "encoder_lost",
    26: "encoder_reversed",
    27: "roller_runaway",
    28: "device_silent",
    29: "device_nonsense",
    30: "button_stuck",
    31: "loop_stopped",
    32: "memory_damaged",
    33: "clock_wrong",
    34: "outputs_stuck",
    35: "program_left_out",
    36: "storage_erased",
    37: "settings_lost",
    38: "settings_older",
    39: "settings_refused",
    40: "journal_lost",
    41: "journal_older",
    42: "storage_unwritten",
    44: "loop_late",
    45: "press_high",
    46: "roller_presses",
    47: "force_frozen",
}
ROWS_FOR_A_FAULT = 4
ROWS_FOR_A_NOTICE = 2
NUMBERS = range(1, faults.count())


def test_no_fault_is_zero():
    assert faults.NO_FAULT == 0
    assert faults.name(faults.NO_FAULT) == "none"


def test_what_has_been_given_once_never_changes():
    assert {number: faults.name(number) for number in GIVEN} == GIVEN


def test_every_constant_stands_beside_its_own_name():
    constants = {name: value for name, value in vars(faults).items() if name.startswith("FAULT_")}
    assert sorted(constants.values()) == list(NUMBERS)
    for name, number in constants.items():
        assert name == "FAULT_" + faults.name(number).upper()


def test_every_fault_says_what_happened_and_what_to_do():
    for number in NUMBERS:
        assert faults.sentence(number).endswith(".")
        assert faults.advice(number).endswith(".")


def test_every_text_fits_four_rows_of_the_display():
    for number in NUMBERS:
        sentence = faults.sentence(number)
        rows = [*wrapped(sentence), *wrapped(faults.advice(number))]
        assert len(rows) <= ROWS_FOR_A_FAULT, faults.name(number)
        assert len(wrapped(sentence)) <= ROWS_FOR_A_NOTICE, faults.name(number)
        assert " ".join(rows) == f"{sentence} {faults.advice(number)}", "a word is longer than a row"


def test_each_fault_either_ends_a_session_or_is_a_notice():
    said = {faults.name(number) for number in NUMBERS if faults.is_notice(number)}
    assert said == {
        "heat_sensor_lost",
        "heat_sensors_differ",
        "heat_reading_frozen",
        "heat_reading_wild",
        "heat_without_rise",
        "heat_crossed",
        "foot_moved",
        "button_stuck",
        "loop_stopped",
        "program_left_out",
        "storage_erased",
        "settings_lost",
        "settings_older",
        "settings_refused",
        "journal_lost",
        "journal_older",
        "storage_unwritten",
    }
