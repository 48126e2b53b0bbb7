"""Serve the simulated machine's link over TCP, in real time, as a board serves it over USB."""

import socket
import time

from host_tools.errors import InstepError
from instep.axes import TICKS_PER_S
from sim.factory import prepare_board, ticks_per_sample
from sim.run_options import RunOptions
from sim.simulation import Simulation

HOST = "127.0.0.1"
# A busy computer drops a longer delay instead of catching up.
_LAG_MAX_S = 0.25


class TcpPort:
    """The board's serial line as one TCP connection; the last client is served. Port 0 = any free port."""

    def __init__(self, port: int) -> None:
        self._listener = socket.create_server((HOST, port))
        self._listener.setblocking(False)
        self._laptop: socket.socket | None = None
        self.number: int = self._listener.getsockname()[1]

    def read_into(self, buffer: bytearray) -> int:
        """Read the received bytes into `buffer`; return their number."""
        self._look_for_laptop()
        if self._laptop is None:
            return 0
        try:
            count = self._laptop.recv_into(buffer)
        except BlockingIOError:
            return 0
        except OSError:
            count = 0
        if count == 0:
            self.hang_up()
        return count

    def write(self, buffer: bytearray, start: int, end: int) -> int:
        """Send bytes while there is room; without a client accept and drop them all, as USB does."""
        if self._laptop is None:
            return end - start
        try:
            return self._laptop.send(memoryview(buffer)[start:end])
        except BlockingIOError:
            return 0
        except OSError:
            self.hang_up()
            return end - start

    def hang_up(self) -> None:
        """Close the connection."""
        if self._laptop is not None:
            self._laptop.close()
            self._laptop = None

    def close(self) -> None:
        """Close the connection and stop listening."""
        self.hang_up()
        self._listener.close()

    def _look_for_laptop(self) -> None:
        try:
            laptop, _ = self._listener.accept()
        except BlockingIOError:
            return
        self.hang_up()
        laptop.setblocking(False)
        laptop.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._laptop = laptop


class Server:
    """Run a simulated board at `speed` times real time until the process is interrupted."""

    def __init__(self, options: RunOptions, port: int) -> None:
        try:
            self.port = TcpPort(port)
        except OSError as error:
            raise InstepError(f"Port {port} cannot be listened at: {error.strerror}.", "Give another one.") from None
        self.simulation: Simulation = prepare_board(options, self.port, options.faults, ticks_per_sample(options))
        self._speed = options.speed or 1.0

    @property
    def url(self) -> str:
        """Return the value for --port."""
        return f"socket://{HOST}:{self.port.number}"

    def run(self, until_s: float | None = None) -> None:
        """Run in real time, to the moment `until_s` of `time.monotonic` if given."""
        tick_s = 1 / TICKS_PER_S / self._speed
        due_s = time.monotonic()
        while until_s is None or due_s < until_s:
            self.tick()
            due_s = max(due_s + tick_s, time.monotonic() - _LAG_MAX_S)
            time.sleep(max(0.0, due_s - time.monotonic()))

    def tick(self) -> None:
        """Simulate 10 ms; restart the board if it is ready for maintenance."""
        self.simulation.advance(1)
        if self.simulation.app.may_restart():
            self.port.hang_up()
            self.simulation.restart()

    def close(self) -> None:
        """Close the port."""
        self.port.close()
