"""The command that shows a board: its wires as a list or a drawing, and nothing of a bad one."""

import re

from host_tools.board.drawing import draw
from host_tools.board.wires import wires_of
from host_tools.cli import run
from tests.host_tools.board.wirings import WIRINGS
from tests.host_tools.board_files import edited


def instep(*arguments):
    return run(["board", *(str(argument) for argument in arguments)])


def test_show_lists_every_wire(capsys):
    assert instep("show", "pico") == 0
    out = capsys.readouterr().out
    for wire in wires_of(WIRINGS["pico"]):
        assert re.search(rf"{wire.place} .*{re.escape(wire.goes_to)} .*{re.escape(wire.remark)}", out), wire
    assert "Power and loads" in out


def test_show_draws_to_a_file(tmp_path, capsys):
    path = tmp_path / "wiring.svg"
    assert instep("show", "pico", "--svg", path) == 0
    assert path.read_text() == draw(WIRINGS["pico"]).as_svg()
    assert capsys.readouterr().out == f"{path}: the wiring of Raspberry Pi Pico.\n"


def test_nothing_is_shown_of_a_bad_board(tmp_path, capsys):
    path = tmp_path / "board.toml"
    path.write_text(edited({"pins.relay": "23"}))
    assert instep("show", path, "--svg", tmp_path / "wiring.svg") == 1
    assert capsys.readouterr().out == ""
    assert not (tmp_path / "wiring.svg").exists()
