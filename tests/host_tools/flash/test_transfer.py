"""What goes wrong while files are sent has its sentence, and the old firmware stays."""

import errno

import pytest

from host_tools.errors import InstepError
from host_tools.flash import transfer
from host_tools.flash.image import Image
from host_tools.flash.mpremote import ScriptError
from host_tools.flash.plan import plan_for
from tests.host_tools.flash.board import VmBoard
from tests.host_tools.flash.messages import bare_board, refused, said


@pytest.mark.parametrize("event", ["unplugged", "reset"])
def test_a_board_that_goes_half_way(capsys, event):
    board = VmBoard()
    try:
        (board.pull_cable_after if event == "unplugged" else board.reset_after)(30_000)
        refused(event, capsys, board.port)
    finally:
        board.close()


@pytest.mark.parametrize(("name", "number"), [("full_half_way", errno.ENOSPC), ("files_refused", errno.EIO)])
def test_files_that_the_board_cannot_write(monkeypatch, name, number):
    def fail(*_):
        raise ScriptError("OSError", number)

    monkeypatch.setattr(transfer, "run_scripts", fail)
    with pytest.raises(InstepError) as failure:
        transfer.restart("PORT", 1)
    said(name, f"{failure.value.message}\n{failure.value.advice}\n")


def test_files_that_arrive_damaged(monkeypatch):
    monkeypatch.setattr(transfer, "run_scripts", lambda port, scripts, on_line, then, idle_s: on_line(DAMAGED))
    image = Image({"board.bin": b"x"}, {})
    plan = plan_for(image, bare_board())
    with pytest.raises(InstepError) as failure:
        transfer.send("PORT", image, plan, lambda done: None, 1)
    said("damaged", f"{failure.value.message}\n{failure.value.advice}\n")


DAMAGED = {"instep": "damaged", "listing": ""}
