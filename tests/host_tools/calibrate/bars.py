"""A simulated machine with force sensors of other figures than its board file's, and a person with two weights."""

from dataclasses import dataclass, field

from host_tools.calibrate.force import GRAVITY_M_S2
from instep.axes import ROLLERS
from instep.hal.board import ROLLER_NAMES
from instep.units import MN_PER_N
from sim.hooks import Hook
from sim.plant.machine import Readings
from tests.host_tools.virtual_machine import VirtualMachine

KG = 1.0
ZERO, SCALE = 1_600, 8_000
_STRAIGHT = tuple(range(ROLLERS))


@dataclass
class Bars(Hook):
    """Sensor i has `zeros[i]` and `scales[i]`, and feels the load of the roller `order[i]`.

    used: zero and scale that the board computes with, by roller.
    """

    readings: Readings
    zeros: tuple[int, ...] = (ZERO,) * ROLLERS
    scales: tuple[int, ...] = (SCALE,) * ROLLERS
    order: tuple[int, ...] = _STRAIGHT
    signs: tuple[int, ...] = (1,) * ROLLERS
    swing_n: float = 0.0
    held_n: float = 0.0  # what friction takes of a load
    loads_n: list[float] = field(default_factory=lambda: [0.0] * ROLLERS)
    used: list[tuple[int, int]] = field(default_factory=lambda: [(ZERO, SCALE)] * ROLLERS)
    ticks: int = 0

    def after_step(self):
        self.ticks += 1
        swing_n = self.swing_n if self.ticks // 100 % 2 else 0.0
        for index in range(ROLLERS):
            noise_mn = int(self.readings.force_mn[index])
            load_n = self.loads_n[self.order[index]]
            felt_n = max(0.0, load_n - self.held_n) + (swing_n if load_n else 0.0)
            self.readings.force_mn[index] = self.shown_mn(index, felt_n * self.signs[index] + noise_mn / MN_PER_N)

    def shown_mn(self, index, force_n):
        """Return what the board makes of a force: the ADC's whole code, then the file's figures."""
        zero, scale = self.used[index]
        code = max(0, round(self.zeros[index] + force_n * MN_PER_N * 1024 / self.scales[index]))
        return (code - zero) * scale // 1024


class Bench:
    """An empty machine with such sensors; `do` hangs the weights as the command asks."""

    def __init__(self, faults=(), **bars):
        self.machine = VirtualMachine("demo", faults=faults)
        simulation = self.machine.simulation
        simulation.hand_over()
        self.bars = Bars(simulation.plant.readings, **bars)
        simulation.attach(self.bars)

    def do(self, what):
        """Hang none, one or both weights on the named roller."""
        count = 1 if "one weight" in what else 2 if "both weights" in what else 0
        self.bars.loads_n = [0.0] * ROLLERS
        if count:
            name = what.partition(":")[0].replace(" ", "_")
            self.bars.loads_n[ROLLER_NAMES.index(name)] = count * KG * GRAVITY_M_S2
        self.machine.pass_ticks(5)

    def flash(self, document):
        """Let the board start again, and compute with the figures of a board file."""
        for index, name in enumerate(ROLLER_NAMES):
            self.bars.used[index] = (document["force_zero"][name], document["force_mn_per_1024"][name])
        self.do("every roller free")
        self.machine.line.to_board.clear()
        self.machine.line.to_laptop.clear()
        self.machine.simulation.restart()
        self.machine.pass_ticks(50)
