"""Settings are shown with their range, changed by name, and refused in words."""

import pytest

from instep.people import LEFT_OUT, UNCLEANED
from instep.stroke.program import PULL, SLIDE


def test_settings_are_shown_with_their_allowed_values(machine, call):
    code, said, _ = call(machine, "settings")
    assert code == 0
    for word in ("intensity", "1, 2, 3, 4, 5", "feet", "left, right, both", "off, low, medium, high"):
        assert word in said


def test_a_setting_is_changed_by_name_and_takes_effect_at_once(machine, call):
    assert call(machine, "settings", "feet", "left")[:2] == (0, "left\n")
    assert machine.app.session.selection.choices.feet == 0
    assert call(machine, "settings", "feet", "both")[:2] == (0, "both\n")
    assert call(machine, "settings", "feet")[1] == "both\n"


def test_techniques_are_left_out_and_given_again_by_their_names(machine, call):
    assert call(machine, "settings", "left_out", "pull,slide")[:2] == (0, "pull,slide\n")
    assert machine.app.session.selection.people.get(LEFT_OUT) == 1 << PULL | 1 << SLIDE
    assert "smooth,top,sole,pull,slide" in call(machine, "settings")[1]
    assert call(machine, "settings", "left_out", "none")[:2] == (0, "none\n")


@pytest.mark.parametrize(
    ("key", "name", "number"),
    [("sound", "faults", 0), ("balance", "left -2", 2), ("balance", "right -1", -1), ("waits_warm", "yes", 1)],
)
def test_a_setting_has_the_names_that_the_display_says(machine, call, key, name, number):
    assert call(machine, "settings", key, name)[:2] == (0, f"{name}\n")
    assert machine.app.store.settings[key] == number
    if number >= 0:  # a command line takes -1 for an option
        assert call(machine, "settings", key, str(number))[:2] == (0, f"{name}\n")


def test_the_time_since_cleaning_is_shown_in_minutes(machine, call):
    machine.app.session.selection.people.put(UNCLEANED, 12)
    code, said, _ = call(machine, "settings", "uncleaned")
    assert (code, said) == (0, "60 min\n")
    assert "0 min to 600 min" in call(machine, "settings")[1]


@pytest.mark.parametrize("key", ["heat", "minutes"])
def test_every_value_that_the_table_lists_is_accepted(machine, call, key):
    assert call(machine, "settings", key, "program's")[:2] == (0, "program's\n")


def test_an_apostrophe_of_a_word_processor_is_one(machine, call):
    assert call(machine, "settings", "heat", "program\N{RIGHT SINGLE QUOTATION MARK}s")[:2] == (0, "program's\n")


def test_a_setting_that_no_program_has_is_not_the_programs(machine, call):
    assert call(machine, "settings", "pace", "program's")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("intensity", "9"), "cannot be '9'.\nAllowed: 1, 2, 3, 4, 5."),
        (("heat", "warm"), "cannot be 'warm'.\nAllowed: program's, off, low, medium, high."),
        (("uncleaned", "soon"), "Allowed: 0 min to 600 min."),
        (("nonsense",), "There is no setting 'nonsense'"),
        (("program", "nonsense"), "no program of that name"),
        (("left_out", "toes"), "There is no technique 'toes'"),
    ],
)
def test_a_setting_that_is_not_allowed_is_refused_in_words(machine, call, arguments, words):
    code, said, error = call(machine, "settings", *arguments)
    assert (code, said) == (1, "") and words in error
