"""Scripts by mpremote's command line: lines of JSON are heard, every other end is an error with the last line."""

import sys

import pytest

from host_tools.flash import mpremote
from host_tools.flash.mpremote import NOTHING_HEARD, Line, ScriptError, parse_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"instep": "board", "mpy": 6}', {"instep": "board", "mpy": 6}),
        ('>>> {"instep": "error", "errno": 28}\r\n', {"instep": "error", "errno": 28}),
        ('{"other": 1}', None),
        ('{"instep": ', None),
        ("[1]", None),
        ("", None),
    ],
)
def test_only_lines_of_json_with_the_mark_count(text, line):
    assert parse_line(text) == line


def follow(tmp_path, program, idle_s=30.0):
    """Follow a Python program in place of mpremote; return the lines that were heard."""
    heard: list[Line] = []
    mpremote._follow([sys.executable, "-c", program], str(tmp_path), heard.append, idle_s)
    return heard


def test_every_line_is_heard_in_its_order(tmp_path):
    program = 'for n in range(3): print(\'{"instep": "n", "n": %d}\' % n); print("chatter")'
    assert [line["n"] for line in follow(tmp_path, program)] == [0, 1, 2]


def test_a_script_that_fails_says_its_last_line_and_the_error_of_the_board(tmp_path):
    program = 'print(\'{"instep": "error", "errno": 28}\'); print("OSError: 28"); raise SystemExit(1)'
    with pytest.raises(ScriptError) as failure:
        follow(tmp_path, program)
    assert (failure.value.text, failure.value.errno) == ("OSError: 28", 28)


def test_a_board_that_says_nothing_is_given_up_and_the_process_ended(tmp_path):
    with pytest.raises(ScriptError) as failure:
        # Longer than any test: it returns only because the process is ended, not because it sleeps out.
        follow(tmp_path, "import time; time.sleep(600)", idle_s=0.0)
    assert (failure.value.text, failure.value.errno) == (NOTHING_HEARD, None)
