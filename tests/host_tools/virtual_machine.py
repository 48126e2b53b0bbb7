"""A simulated machine in the test's own thread: its time passes only while the laptop looks or waits.

A busy computer changes nothing: who waits for the machine lets its ticks pass, and nothing passes meanwhile.
"""

from contextlib import contextmanager

import pytest

from host_tools.link import connection
from host_tools.link.client import Client
from host_tools.link.wire import Wire
from host_tools.program.load import SHIPPED
from instep.axes import TICKS_PER_S
from instep.session import states
from sim.factory import prepare_board
from sim.faults import parse
from sim.options import ANSWERS, SimOptions
from sim.people import FOLDER
from sim.told import ToldSampler
from tests.link_line import BoardBehindLine, MemoryLine

TICKS_MAX = 60 * 60 * TICKS_PER_S


class VirtualMachine:
    """A machine at the end of a line in memory; as a Clock of the laptop it counts the machine's own time.

    `ticks_per_look` pass whenever the laptop looks for frames. choices: fields of SimOptions.
    """

    def __init__(self, program="demo", answers=None, faults=(), ticks_per_sample=None, **choices):
        options = SimOptions(
            SHIPPED / f"{program}.toml",
            FOLDER / "average.toml",
            answers={**ANSWERS, **(answers or {})},
            **choices,
        )
        self.line = MemoryLine()
        injections = tuple(parse(text) for text in faults)
        self.simulation = prepare_board(options, self.line, injections, ticks_per_sample)
        self.ticks_per_look = 1
        self._elapsed_s = 0.0
        self.told = ToldSampler(self.simulation)
        self.simulation.attach(self.told)
        self.pass_ticks(1)

    @property
    def app(self):
        """The firmware, another one after a restart."""
        return self.simulation.app

    @property
    def state(self):
        """The name of the session's state."""
        return states.NAMES[self.app.session.state]

    def pass_ticks(self, count):
        """Let ticks of the machine pass; restart it when it has made ready for maintenance."""
        for _ in range(count):
            self.simulation.advance(1)
            self._elapsed_s += 1 / TICKS_PER_S
            if self.app.may_restart():
                self.line.to_board.clear()
                self.line.to_laptop.clear()
                self.simulation.restart()

    @contextmanager
    def person_waiting(self):
        """Let the simulated person do nothing while the context lasts."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(self.simulation, "person", None)
            yield

    def wait_for(self, condition):
        """Let ticks pass until something is so; fail when it does not come within an hour of machine time."""
        for _ in range(TICKS_MAX):
            if condition():
                return
            self.pass_ticks(1)
        raise AssertionError("the condition does not become true")

    def open_wire(self, port="virtual"):
        """Return the laptop's end."""
        return Wire(BoardBehindLine(self.line, lambda: self.pass_ticks(self.ticks_per_look)))

    def client(self):
        """Return a client that waits in the machine's time."""
        return Client("virtual", self.open_wire, self)

    def now_s(self):
        """Return the machine's time."""
        return self._elapsed_s

    def sleep(self, seconds):
        """Let the machine's time pass; a wait of less than a tick only adds up."""
        until_s = self._elapsed_s + seconds
        while self._elapsed_s + 1 / TICKS_PER_S <= until_s:
            self.pass_ticks(1)
        self._elapsed_s = max(self._elapsed_s, until_s)


def plug_in(monkeypatch: pytest.MonkeyPatch, machine: VirtualMachine) -> None:
    """Let every command find the machine, at any port, and wait in its time."""
    monkeypatch.setattr(connection, "open_wire", machine.open_wire)
    monkeypatch.setattr(connection, "SystemClock", lambda: machine)
