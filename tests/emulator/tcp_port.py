"""The emulated board's serial port on a TCP port, for whatever talks to boards: `socket://127.0.0.1:PORT`."""

import contextlib
import select
import socket
import time

from instep.units import NS_PER_S
from tests.emulator.pico import Pico

_CHUNK_BYTES = 4096
_WAIT_S = 0.002
# Sent no faster than this much ahead of what the board has taken, so that a reset loses what it would lose on a cable.
_AHEAD_BYTES = 256


class TcpPort:
    """One client at a time, as on a serial port; a second one is turned away. Use it as a context manager."""

    def __init__(self, pico: Pico, port: int = 0) -> None:
        self._pico = pico
        self._server = socket.create_server(("127.0.0.1", port))
        self._server.setblocking(False)
        self._client: socket.socket | None = None
        self._unsent = bytearray()
        self.number: int = self._server.getsockname()[1]
        self.url = f"socket://127.0.0.1:{self.number}"
        self.received_bytes = 0
        pico.usb.listener = self._unsent.extend

    def __enter__(self) -> "TcpPort":
        return self

    def __exit__(self, *error: object) -> None:
        self._pico.usb.listener = None
        self._hang_up()
        self._server.close()

    def serve(self, time_s: float, is_over: "object" = None) -> None:
        """Let the board run for `time_s` of real time, or until `is_over()`, and carry bytes both ways.

        An idle board is kept from running ahead of real time.
        """
        start_s, start_ns = time.monotonic(), self._pico.now_ns
        while time.monotonic() - start_s < time_s and not (callable(is_over) and is_over()):
            ahead_s = (self._pico.now_ns - start_ns) / NS_PER_S - (time.monotonic() - start_s)
            self._carry(_WAIT_S if ahead_s > _WAIT_S else 0.0)
            if ahead_s <= _WAIT_S:
                self._pico.step()

    def _carry(self, wait_s: float) -> None:
        readers = [self._server] if self._client is None else [self._server, self._client]
        ready, _, _ = select.select(readers, [], [], wait_s)
        if self._server in ready:
            self._accept()
        if self._client is not None and self._client in ready and self._pico.usb.unsent < _AHEAD_BYTES:
            self._receive(self._client)
        if self._client is not None and self._unsent:
            self._send(self._client)
        elif self._client is None:
            self._unsent.clear()

    def _accept(self) -> None:
        client, _ = self._server.accept()
        if self._client is not None and not self._has_gone(self._client):
            client.close()
            return
        self._hang_up()
        client.setblocking(False)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._client = client
        self._unsent.clear()

    @staticmethod
    def _has_gone(client: socket.socket) -> bool:
        try:
            return client.recv(1, socket.MSG_PEEK) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def _receive(self, client: socket.socket) -> None:
        try:
            data = client.recv(_CHUNK_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._hang_up()
            return
        self.received_bytes += len(data)
        self._pico.usb.send(data)

    def _send(self, client: socket.socket) -> None:
        try:
            sent = client.send(self._unsent)
        except BlockingIOError:
            return
        except OSError:
            self._hang_up()
            return
        del self._unsent[:sent]

    def _hang_up(self) -> None:
        if self._client is not None:
            with contextlib.suppress(OSError):
                self._client.close()
        self._client = None
