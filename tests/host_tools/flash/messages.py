"""Messages of `instep flash`: the texts are in `messages/`; with INSTEP_NEW_MESSAGES set they are written again."""

import os
from pathlib import Path

from host_tools.cli import run
from host_tools.flash.report import BoardReport
from tests.host_tools.flash.board import PICO

MESSAGES = Path(__file__).with_name("messages")


def said(name, text, **stand_ins):
    """Require that `text` is the one kept under `name`, where places that differ from run to run are named."""
    for stand_in, place in stand_ins.items():
        text = text.replace(place, stand_in)
    path = MESSAGES / f"{name}.txt"
    if os.environ.get("INSTEP_NEW_MESSAGES"):
        path.write_text(text)
    assert text == path.read_text()
    assert "Traceback" not in text or name.startswith("trial")


def flashing(capsys, port, *more):
    """Run `instep flash` and return what it said of its failure."""
    assert run(["flash", "--port", port, *more]) == 1
    return capsys.readouterr().err.strip().splitlines()


def refused(name, capsys, port, *more, **stand_ins):
    """Require that flashing fails with the text kept under `name`."""
    lines = flashing(capsys, port, *more)
    said(name, "\n".join(lines) + "\n", PORT=port, **stand_ins)


def bare_board(free_bytes=1 << 20):
    """Return the report of a board that has MicroPython and nothing else."""
    return BoardReport(
        pointer="",
        is_same=False,
        python="micropython",
        version=(1, 28, 0),
        machine=PICO,
        mpy=0x1706,
        block_bytes=4096,
        free_bytes=free_bytes,
        slots={},
        roots={},
        reason="",
    )


class Silent:
    """Ignore the progress."""

    def say(self, text):
        pass

    def sent(self, done_bytes, all_bytes):
        pass
