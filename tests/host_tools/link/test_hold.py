"""Detecting a held key."""

import contextlib
import os

import pytest

from host_tools.link import hold
from host_tools.link.hold import Held, TerminalKeys, any_key
from tests.fakes import stand_in


def test_a_key_counts_as_held_while_it_repeats_and_no_longer():
    clock = [0.0]
    keys: list[str] = []
    held = Held(stand_in(take=lambda: "".join(keys)), lambda: clock[0])

    def look(at_s, *came):
        clock[0], keys[:] = at_s, came
        return held.look()

    assert not look(0.0)
    assert look(1.0, " ")
    assert look(1.6)
    assert look(1.65, " ")
    assert look(1.8, " ", " ")
    assert not look(2.05)
    assert not look(3.0, "x") and held.is_over


@pytest.mark.skipif(os.name != "posix", reason="a terminal of its own exists on POSIX only")
def test_keys_of_a_terminal_are_read_one_by_one_and_its_mode_is_restored(monkeypatch):
    import pty
    import termios

    outside, inside = pty.openpty()
    with open(inside) as terminal:
        monkeypatch.setattr("sys.stdin", terminal)
        before = termios.tcgetattr(terminal)
        with TerminalKeys() as keys:
            assert keys.take() == ""
            os.write(outside, b"  x")
            came = ""
            while len(came) < 3:
                came += keys.take()
            assert came == "  x"
            assert not termios.tcgetattr(terminal)[3] & termios.ICANON
        assert termios.tcgetattr(terminal) == before
    os.close(outside)


@pytest.mark.parametrize("is_terminal", [True, False])
def test_any_key_is_seen_at_a_terminal_and_none_without_one(is_terminal, monkeypatch):
    keys = contextlib.nullcontext(stand_in(take=iter(["", "x", ""]).__next__))
    monkeypatch.setattr(hold, "is_terminal", lambda: is_terminal)
    monkeypatch.setattr(hold, "TerminalKeys", lambda: keys)
    with any_key() as is_pressed:
        assert [is_pressed() for _ in range(3)] == [False, is_terminal, False]
