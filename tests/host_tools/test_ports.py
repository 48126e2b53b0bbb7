"""Every way in which a port cannot be used has its sentence."""

import errno
import fcntl
import os
import socket
from types import SimpleNamespace

import serial
from serial.tools import list_ports

from tests.host_tools.flash.messages import refused


class Port(SimpleNamespace):
    def __lt__(self, other):
        return self.device < other.device


def test_several_boards(capsys, monkeypatch):
    ports = [
        Port(device="/dev/ttyACM1", vid=0x2E8A, pid=0x0005, serial_number="e6614103e7123456"),
        Port(device="/dev/ttyACM0", vid=0x2E8A, pid=0x0005, serial_number="e6614103e7999999"),
        Port(device="/dev/ttyUSB0", vid=0x0403, pid=0x6001, serial_number=None),
    ]
    monkeypatch.setattr(list_ports, "comports", lambda: ports)
    refused("several_boards", capsys, "auto")


def test_a_port_that_is_not_there(capsys):
    refused("no_such_port", capsys, "/dev/ttyACM99")


def test_a_url_of_an_unknown_kind(capsys):
    refused("no_such_kind", capsys, "carrier-pigeon://coop")


def test_a_busy_port(capsys):
    master, slave = os.openpty()
    name = os.ttyname(slave)
    fcntl.flock(slave, fcntl.LOCK_EX | fcntl.LOCK_NB)
    refused("busy_port", capsys, name)
    os.close(slave)
    os.close(master)


def test_no_right_to_use_a_port(capsys, monkeypatch):
    def deny(*_, **__):
        raise serial.SerialException(errno.EACCES, "could not open port")

    monkeypatch.setattr(serial, "serial_for_url", deny)
    monkeypatch.setattr("sys.platform", "linux")
    refused("permission_denied", capsys, "/dev/ttyACM0")


def test_nobody_listens(capsys):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.getsockname()[1]
    refused("nobody_listens", capsys, f"socket://127.0.0.1:{number}")
