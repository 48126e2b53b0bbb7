"""A simulated machine whose rollers are wired wrong, and a person who sees what its rollers do."""

from dataclasses import dataclass

from host_tools.calibrate.rollers import AWAY, NOTHING, OTHER, TOWARD
from instep.axes import ROLLERS
from sim.hooks import Hook
from sim.plant import motor
from sim.plant.machine import MOTOR
from sim.simulation import Simulation
from tests.host_tools.virtual_machine import VirtualMachine

STRAIGHT = tuple(range(ROLLERS))
SEEN_M = 0.001


@dataclass
class Wires(Hook):
    """Lead bridge i to the motor `motors[i]`, and counter i to the encoder `encoders[i]`; sign and scale by part."""

    simulation: Simulation
    motors: tuple[int, ...] = STRAIGHT
    motor_signs: tuple[int, ...] = (1,) * ROLLERS
    encoders: tuple[int, ...] = STRAIGHT
    encoder_signs: tuple[int, ...] = (1,) * ROLLERS
    scales: tuple[float, ...] = (1.0,) * ROLLERS

    def before_step(self):
        commands = self.simulation.plant.commands
        self._given = [(commands.duty[index], commands.driven[index]) for index in range(ROLLERS)]
        for index, (duty, driven) in enumerate(self._given):
            at = self.motors[index]
            commands.duty[at] = duty * self.motor_signs[at]
            commands.driven[at] = driven

    def after_step(self):
        plant = self.simulation.plant
        for index, (duty, driven) in enumerate(self._given):
            plant.commands.duty[index], plant.commands.driven[index] = duty, driven
        counts = list(plant.readings.counts)
        currents = list(plant.readings.current_ma)
        for index in range(ROLLERS):
            at = self.encoders[index]
            plant.readings.counts[index] = round(counts[at] * self.encoder_signs[at] * self.scales[at])
            plant.readings.current_ma[index] = currents[self.motors[index]]


class Bench:
    """An empty machine with wrong wires; `see` answers for a person who watches the roller under test."""

    def __init__(self, **wires):
        self.machine = VirtualMachine("demo")
        simulation = self.machine.simulation
        simulation.hand_over()
        simulation.attach(Wires(simulation, **wires))
        self.asked = 0
        self._places = self._now()

    def _now(self):
        state = self.machine.simulation.plant.state
        return [float(state[MOTOR + index * motor.STATES + motor.POSITION_M]) for index in range(ROLLERS)]

    def see(self):
        """Return what the roller under test has done since the last answer."""
        roller = self.asked % ROLLERS
        self.asked += 1
        now = self._now()
        ways = [after - before for after, before in zip(now, self._places, strict=True)]
        self._places = now
        if abs(ways[roller]) > SEEN_M:
            return AWAY if ways[roller] > 0 else TOWARD
        return OTHER if any(abs(way) > SEEN_M for way in ways) else NOTHING
