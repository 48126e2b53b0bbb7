"""A session on the board is not interrupted, nor a firmware that cannot be asked."""

import time

from host_tools.link.client import Client
from tests.host_tools.flash.messages import refused
from tests.host_tools.served import served


def test_a_session_is_under_way_and_goes_on(capsys):
    with served("classic", speed=8.0) as (server, pace):
        with Client(server.url) as client:
            client.start()
            deadline_s = time.monotonic() + 30
            while not client.is_session_running():
                assert time.monotonic() < deadline_s
        pace.speed = 1.0
        refused("session", capsys, server.url)
        with Client(server.url) as client:
            assert client.is_session_running()


def test_a_firmware_that_cannot_be_asked_is_not_interrupted(capsys, monkeypatch):
    monkeypatch.setattr("host_tools.link.connection.VERSION", 99)
    with served() as (server, _):
        refused("other_link", capsys, server.url)
