"""The live view of a real machine needs a terminal."""

from host_tools import cli


def test_monitor_needs_a_terminal(capsys):
    assert cli.run(["monitor", "--port", "socket://127.0.0.1:9"]) == 1
    assert "There is no terminal" in capsys.readouterr().err
