"""Tables on the terminal: not folded into a file, and no live view without a screen and keys."""

import io

import pytest

from host_tools import console


def test_a_table_that_goes_into_a_file_has_room(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert console.wide_console(120).width == 120
    monkeypatch.setenv("COLUMNS", "200")
    assert console.wide_console(120).width == 200


class Stream:
    def __init__(self, is_terminal):
        self._is_terminal = is_terminal

    def isatty(self):
        return self._is_terminal


@pytest.mark.parametrize(
    ("keys", "screen", "expected"),
    [(True, True, True), (True, False, False), (False, True, False), (None, True, False)],
)
def test_a_live_view_needs_keys_and_a_screen(keys, screen, expected, monkeypatch):
    monkeypatch.setattr("sys.stdin", None if keys is None else Stream(keys))
    monkeypatch.setattr("sys.stdout", Stream(screen))
    assert console.is_terminal() is expected
