"""The base class of all effects."""

from typing import TYPE_CHECKING

from instep.axes import FOOT_NAMES, ROLLERS_PER_FOOT
from sim.faults.parse import ROLLER_SIDES, Injection
from sim.plant import heat, motor
from sim.plant.machine import MOTOR, WELL

if TYPE_CHECKING:
    from sim.simulation import Simulation


class Effect:
    """One fault at work: `before_tick` changes the firmware's inputs, `before_step` the plant's commands.

    shows_without_break: the time to the reaction restarts if the fault stops showing before it is noticed.
    lasts: the injection gives a duration.
    """

    shows_without_break = False

    def __init__(self, simulation: "Simulation", injection: Injection) -> None:
        self.simulation = simulation
        self.severity = injection.severity
        figure = injection.fault.value
        self.value = injection.value if injection.value is not None else figure.default if figure else 0.0
        self.lasts = injection.duration_s is not None
        self.foot = FOOT_NAMES.index(injection.foot)
        self.roller = ROLLERS_PER_FOOT * self.foot + ROLLER_SIDES.index(injection.roller)
        self.plant = simulation.plant
        self.hal = simulation.hal
        self.motor_at = MOTOR + self.roller * motor.STATES
        self.well_at = WELL + self.foot * heat.STATE_SIZE

    def graded(self, least_and_more: tuple[float, float]) -> float:
        """Return the value for the severity, from (value at severity 0, what severity 1 adds)."""
        return least_and_more[0] + least_and_more[1] * self.severity

    def begin(self) -> None:
        """Begin the fault, in its first tick."""

    def end(self) -> None:
        """Remove the fault."""

    def before_tick(self) -> None:
        """Act before the firmware reads its inputs."""

    def before_step(self) -> None:
        """Act between the firmware's outputs and the physics."""

    def after_step(self) -> None:
        """Restore the commands that only the plant was to see changed."""

    def shows(self) -> bool:
        """Return True if the fault makes a difference now."""
        return True
