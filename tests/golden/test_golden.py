"""What must stay the same to the bit, unless a change of behaviour is intended."""

import json

import pytest

from tests.golden.values import FILE, MADE_ON, as_text, computer, differences, parts, read

_PARTS = parts()
_ADVICE = """
If this is not intended, a change of code has changed the behaviour: mend it.
If it is intended, run `make golden` and show the diff of tests/golden/golden.json in the review."""
_OTHER_COMPUTER = """
The values were made on {}, this is {}: the last bits of the physics may differ (tests/README.md)."""


def complaint(name, kept, found, made_on):
    """Return what to tell about a part that has changed, "" if it has not."""
    lines = differences(name, kept, found)
    if not lines:
        return ""
    other = "" if made_on == computer() else _OTHER_COMPUTER.format(made_on, computer())
    return "\n".join(lines) + _ADVICE + other


@pytest.mark.parametrize("name", _PARTS)
def test_golden_values_are_unchanged(name):
    kept = read()
    found = json.loads(json.dumps(_PARTS[name]()))
    told = complaint(name, kept.get(name, {}), found, kept[MADE_ON])
    if told:
        pytest.fail(told, pytrace=False)


def test_the_file_holds_the_parts_and_nothing_else_in_its_one_form():
    assert set(read()) == {MADE_ON, *_PARTS}
    assert FILE.read_text(encoding="utf-8") == as_text(read())


def test_a_value_that_changed_came_or_went_is_named_with_what_to_do():
    told = complaint("link", {"a": 1, "b": [1, 2], "c": 3}, {"a": 1, "b": [1, 5], "d": 4}, computer())
    assert told.startswith("link / b / 1: was 2, is 5\nlink / c: was 3, is absent\nlink / d: was absent, is 4\n")
    assert "make golden" in told and computer() not in told


def test_another_computer_is_named_when_values_differ():
    told = complaint("session", 1, 2, "Plan9 mips")
    assert "made on Plan9 mips" in told and computer() in told
    assert not complaint("session", 1, 1, "Plan9 mips")
