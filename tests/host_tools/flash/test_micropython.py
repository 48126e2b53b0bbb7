"""A board without MicroPython, or none at all: the way to put it there."""

import pytest
from serial.tools import list_ports

from host_tools.flash import micropython
from tests.host_tools.flash.messages import refused


@pytest.fixture
def no_ports(monkeypatch):
    monkeypatch.setattr(list_ports, "comports", list)
    monkeypatch.setattr(micropython, "waiting_drives", list)


@pytest.mark.parametrize(("board", "chip"), [("pico", "rp2040"), ("pico2", "rp2350")])
def test_no_board(capsys, no_ports, board, chip):
    refused(f"no_board_{chip}", capsys, "auto", "--board", board)


def test_a_board_that_waits_for_micropython(capsys, monkeypatch, no_ports, tmp_path):
    drive = tmp_path / "media/somebody/RPI-RP2"
    drive.mkdir(parents=True)
    (drive / "INFO_UF2.TXT").write_text("UF2 Bootloader v3.0\n")
    monkeypatch.undo()
    monkeypatch.setattr(list_ports, "comports", list)
    monkeypatch.setattr(micropython, "waiting_drives", lambda look=micropython.waiting_drives: look(tmp_path))
    refused("no_micropython", capsys, "auto", ROOT=str(tmp_path))
