"""A simulated machine at a TCP port, in a thread of its own, for the commands that talk to a board."""

import threading
import time
from contextlib import contextmanager

from host_tools.program.load import SHIPPED
from instep.axes import TICKS_PER_S
from sim.faults import parse
from sim.options import ANSWERS
from sim.people import FOLDER
from sim.run_options import RunOptions
from sim.serve import Server

_JOIN_S = 60


class Pace:
    """How fast the machine's time passes, times real time."""

    def __init__(self, speed):
        self.speed = speed


@contextmanager
def served(program="demo", speed=1.0, answers=None, faults=()):
    """Serve a machine while the context lasts; yield the server and its pace, which can be changed."""
    options = RunOptions(
        SHIPPED / f"{program}.toml",
        FOLDER / "average.toml",
        answers={**ANSWERS, **(answers or {})},
        faults=tuple(parse(text) for text in faults),
        speed=speed,
    )
    server = Server(options, 0)
    server.tick()  # compiles the plant
    pace = Pace(speed)
    is_over = threading.Event()

    def run():
        due_s = time.monotonic()
        while not is_over.is_set():
            server.tick()
            due_s = max(due_s + 1 / TICKS_PER_S / pace.speed, time.monotonic() - 0.1)
            time.sleep(max(0.0, due_s - time.monotonic()))

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield server, pace
    finally:
        is_over.set()
        thread.join(_JOIN_S)
        assert not thread.is_alive(), "the served machine does not stop"
        server.close()
