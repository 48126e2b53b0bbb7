"""A board that answers nothing."""

import socket

from host_tools.flash import flash
from tests.host_tools.flash.messages import refused


def test_a_board_that_says_nothing(capsys, monkeypatch):
    monkeypatch.setattr(flash, "_REPL_S", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        refused("silent", capsys, f"socket://127.0.0.1:{listener.getsockname()[1]}")
