"""The options that all commands on a machine share: the port, and what is said without a board."""

import pytest

from host_tools import cli
from tests.host_tools.served import served


def test_a_command_reaches_a_machine_at_a_network_port(capsys):
    with served() as (server, _):
        assert cli.run(["settings", "pace", "--port", server.url]) == 0
    assert capsys.readouterr().out == "2\n"


@pytest.mark.parametrize(
    "command", [["settings"], ["logs"], ["doctor"], ["run", "demo"], ["jog", "left.toe_grip", "1"]]
)
def test_without_a_board_every_command_says_so(command, capsys):
    for_a_time = ["--for", "1"] if command[0] == "jog" else []
    assert cli.run([*command, *for_a_time, "--port", "socket://127.0.0.1:9"]) == 1
    error = capsys.readouterr().err
    assert "There is no board at socket://127.0.0.1:9" in error and "Traceback" not in error
