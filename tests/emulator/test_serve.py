"""The emulated machine on a desk: what it says if nobody can type commands."""

import os
import sys
from typing import Any

from tests.emulator.serve import _serve


class Line:
    def __init__(self):
        self.served_s = 0.0

    def serve(self, seconds):
        self.served_s += seconds


def test_with_its_input_closed_it_says_so_once_and_goes_on_serving(monkeypatch, capsys):
    machine: Any = None  # commands would go to it
    ours, theirs = os.pipe()
    os.close(theirs)
    line: Any = Line()
    with os.fdopen(ours) as closed:
        monkeypatch.setattr(sys, "stdin", closed)
        _serve(machine, line, 1.0)
    assert line.served_s >= 1.0
    assert capsys.readouterr().err == "The input is closed: no commands can be typed. Serving for 1 s.\n"
