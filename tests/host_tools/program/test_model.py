"""A phase knows which of its settings are numbers and which are selections."""

import pytest

from host_tools.program.model import Phase

PULL = Phase("pull", "each", 1, {"toes": (1, 2), "grip_n": 350})


def test_settings_are_read_by_their_kind():
    assert PULL.number("grip_n") == 350
    assert PULL.selection("toes") == (1, 2)


@pytest.mark.parametrize(("read", "key"), [(PULL.number, "toes"), (PULL.selection, "grip_n")])
def test_a_setting_of_the_other_kind_is_an_error_of_the_program(read, key):
    with pytest.raises(AssertionError):
        read(key)
