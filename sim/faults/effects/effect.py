"""What every fault has in common while it is at work."""

from typing import TYPE_CHECKING

from instep.axes import FOOT_NAMES, ROLLERS_PER_FOOT
from sim.faults.parse import ROLLER_SIDES, Injection
from sim.plant import heat, motor
from sim.plant.machine import MOTOR, WELL

if TYPE_CHECKING:
    from sim.simulation import Simulation


class Effect:
    """One fault at work. `before_tick` acts on what the firmware reads, `before_step` on what the plant is told.

    `shows_without_break`: its time starts anew when it stops showing before it was noticed. `lasts` tells whether
    somebody has said how long it does.
    """

    shows_without_break = False

    def __init__(self, simulation: "Simulation", injection: Injection) -> None:
        self.simulation = simulation
        self.severity = injection.severity
        self.lasts = injection.duration_s is not None
        self.foot = FOOT_NAMES.index(injection.foot)
        self.roller = ROLLERS_PER_FOOT * self.foot + ROLLER_SIDES.index(injection.roller)
        self.plant = simulation.plant
        self.hal = simulation.hal
        self.motor_at = MOTOR + self.roller * motor.STATES
        self.well_at = WELL + self.foot * heat.STATE_SIZE

    def graded(self, least_and_more: tuple[float, float]) -> float:
        """Return the value that belongs to the severity."""
        return least_and_more[0] + least_and_more[1] * self.severity

    def begin(self) -> None:
        """Start, in the first tick of the fault."""

    def end(self) -> None:
        """Mend it."""

    def before_tick(self) -> None:
        """Act before the firmware reads its inputs."""

    def before_step(self) -> None:
        """Act between the firmware's outputs and the physics."""

    def after_step(self) -> None:
        """Give back what the physics was not to see."""

    def shows(self) -> bool:
        """Tell whether the fault makes a difference now."""
        return True
