"""The served machine: its serial line over TCP, its clock, its restart for maintenance."""

import select
import socket
import struct
from types import SimpleNamespace
from typing import Any

import pytest

from host_tools.errors import InstepError
from host_tools.program.load import SHIPPED
from sim import serve
from sim.people import FOLDER
from sim.run_options import RunOptions
from sim.serve import HOST, Server, TcpPort

ARRIVES_S = 10


@pytest.fixture
def port():
    port = TcpPort(0)
    yield port
    port.close()


def laptop_at(port):
    """Connect to the port as a laptop does, and let the port accept."""
    laptop = socket.create_connection((HOST, port.number))
    laptop.settimeout(ARRIVES_S)
    assert port.read_into(bytearray(1)) == 0
    return laptop


def received(port, laptop, data):
    """Send bytes from the laptop and return what the port reads once they are there."""
    laptop.sendall(data)
    accepted = port._laptop
    assert select.select([accepted], [], [], ARRIVES_S)[0]
    buffer = bytearray(16)
    return bytes(buffer[: port.read_into(buffer)])


def test_bytes_go_both_ways(port):
    with laptop_at(port) as laptop:
        assert received(port, laptop, b"hello") == b"hello"
        assert port.read_into(bytearray(16)) == 0
        assert port.write(bytearray(b"..answer.."), 2, 8) == 6
        assert laptop.recv(16) == b"answer"


def test_without_a_laptop_everything_is_accepted_and_dropped_as_by_usb(port):
    assert port.write(bytearray(100), 0, 100) == 100
    with laptop_at(port) as laptop:
        port.write(bytearray(b"new"), 0, 3)
        assert laptop.recv(16) == b"new"


def test_a_second_laptop_takes_the_place_of_the_first(port):
    with laptop_at(port) as first, laptop_at(port) as second:
        assert first.recv(16) == b""
        assert received(port, second, b"mine") == b"mine"


def test_a_laptop_that_leaves_frees_the_line(port):
    with laptop_at(port) as laptop:
        accepted = port._laptop
        laptop.shutdown(socket.SHUT_WR)
        assert select.select([accepted], [], [], ARRIVES_S)[0]
        assert port.read_into(bytearray(16)) == 0
        assert laptop.recv(1) == b""
    with laptop_at(port) as another:
        assert received(port, another, b"again") == b"again"


def test_what_is_written_to_a_laptop_that_was_cut_off_is_dropped(port):
    laptop = laptop_at(port)
    accepted = port._laptop
    laptop.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    laptop.close()  # at once, with a reset
    assert select.select([accepted], [], [], ARRIVES_S)[0]
    assert port.write(bytearray(50), 0, 50) == 50
    assert port.write(bytearray(50), 0, 50) == 50


def test_a_laptop_that_does_not_read_gets_no_more_than_fits(port):
    with laptop_at(port):
        block = bytearray(1 << 20)
        counts = [port.write(block, 0, len(block)) for _ in range(64)]
    assert counts[0] > 0 and counts[-1] == 0


def test_a_closed_port_can_be_taken_again():
    port = TcpPort(0)
    port.close()
    again = TcpPort(port.number)
    assert again.number == port.number
    again.close()


def options(**choices):
    return RunOptions(SHIPPED / "demo.toml", FOLDER / "average.toml", **choices)


def test_a_port_in_use_is_an_error_with_a_way_out(port):
    with pytest.raises(InstepError) as caught:
        Server(options(), port.number)
    assert str(port.number) in caught.value.message and caught.value.advice == "Give another one."


class Clock:
    """A clock that advances in `sleep` only."""

    now_s = 0.0

    def monotonic(self):
        return self.now_s

    def sleep(self, seconds):
        self.now_s += seconds


class CountingServer(Server):
    """Count the ticks, and let the first one take `stall_s`."""

    ticks = 0
    stall_s = 0.0
    clock = Clock()

    def tick(self):
        self.ticks += 1
        if self.ticks == 1:
            self.clock.sleep(self.stall_s)


@pytest.fixture
def server(monkeypatch):
    """Return a server whose ticks are counted and not simulated, with a clock in place of the wall's."""
    monkeypatch.setattr(serve, "prepare_board", lambda *_: SimpleNamespace())
    monkeypatch.setattr(serve, "time", CountingServer.clock)
    server = CountingServer(options(speed=2.0), 0)
    yield server
    server.close()


def test_a_served_machine_keeps_its_speed(server):
    server.run(until_s=server.clock.now_s + 1.0)
    assert server.ticks == pytest.approx(200, abs=1)


def test_of_a_long_delay_only_a_quarter_of_a_second_is_caught_up(server):
    server.stall_s = 5.0
    server.run(until_s=server.clock.now_s + 6.0)
    # 1 s of the 6 is left, and 0.25 s of the delay is caught up: at twice real time, 250 ticks.
    assert server.ticks == pytest.approx(250, abs=2)


def test_a_board_that_is_ready_for_maintenance_restarts_and_hangs_up(monkeypatch):
    calls: list[Any] = []
    app = SimpleNamespace(may_restart=lambda: len(calls) > 1)
    simulation = SimpleNamespace(
        app=app, advance=lambda ticks: calls.append(("advance", ticks)), restart=lambda: calls.append("restart")
    )
    monkeypatch.setattr(serve, "prepare_board", lambda *_: simulation)
    server = Server(options(), 0)
    with laptop_at(server.port) as laptop:
        server.tick()
        assert calls == [("advance", 1)]
        server.tick()
        assert calls[1:] == [("advance", 1), "restart"] and laptop.recv(1) == b""
    server.close()


def test_the_address_of_the_server_is_that_of_its_port(server):
    assert server.url == f"socket://127.0.0.1:{server.port.number}"
