"""A simulated machine in virtual time, and a function that runs a command on one."""

import pytest

from host_tools import cli
from tests.host_tools.virtual_machine import VirtualMachine, plug_in


@pytest.fixture(scope="module")
def machine():
    """A machine at rest, for commands that leave it so."""
    return VirtualMachine()


@pytest.fixture
def call(capsys, monkeypatch):
    """Return a function that runs a command on a machine and returns exit code, output and errors."""

    def run(machine, *arguments):
        plug_in(monkeypatch, machine)
        code = cli.run([*arguments, "--port", "virtual"])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
