"""The firmware of a machine under a session is not replaced unless a person wants it."""

import pytest

from host_tools.link.errors import RefusedError
from tests.host_tools.virtual_machine import VirtualMachine


def test_a_machine_under_a_session_is_not_restarted_unless_forced():
    machine = VirtualMachine()
    with machine.client() as client:
        client.start()
        assert client.is_session_running()
        with pytest.raises(RefusedError, match="under way"):
            client.enter_maintenance()
        app = machine.app
        client.enter_maintenance(force=True)
        machine.wait_for(lambda: machine.app is not app)
        client.reconnect()
        assert not client.is_session_running()
