"""Force sensors with false readings, one by one or all alike; the plant has the true force beside the reading."""

from instep.axes import ROLLERS, ROLLERS_PER_FOOT
from sim.faults.effects.broken_part import BrokenPart
from sim.faults.truth import presses_too_hard
from sim.plant import force_sensor
from sim.plant.layout import FORCE_ROW


class BrokenForce(BrokenPart):
    """Force sensors or presses: shows while a roller presses too hard."""

    shows_without_break = True

    def shows(self) -> bool:
        """Return True if some roller presses harder than its set point allows."""
        return any(presses_too_hard(self.simulation, roller) for roller in range(ROLLERS))

    @property
    def sensor_at(self) -> int:
        """Return where the constants of the roller's force sensor begin."""
        return FORCE_ROW + self.roller * force_sensor.CONSTANTS


class DeadForce(BrokenForce):
    """The sensor gives the same force, with noise, at any load."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return {self.sensor_at + force_sensor.GAIN: 0.0, self.sensor_at + force_sensor.OFFSET_N: self.value}


class FrozenForce(BrokenForce):
    """The sensor repeats its last reading."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return {self.sensor_at + force_sensor.IS_FROZEN: 1.0}


class GainOfForce(BrokenForce):
    """The sensor gives a multiple of the force."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return {self.sensor_at + force_sensor.GAIN: self.value}


class OffsetOfForce(BrokenForce):
    """The sensor adds a constant force to the true one."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return {self.sensor_at + force_sensor.OFFSET_N: self.value}


class DriftOfForce(BrokenForce):
    """The sensor's zero drifts."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return {self.sensor_at + force_sensor.DRIFT_N_S: self.value}


class SwappedForceSides(BrokenForce):
    """The plugs of a foot's two force sensors are swapped."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        rollers = range(ROLLERS_PER_FOOT * self.foot, ROLLERS_PER_FOOT * (self.foot + 1))
        return {FORCE_ROW + at * force_sensor.CONSTANTS + force_sensor.SOURCE: float(at ^ 1) for at in rollers}


class SwappedForceFeet(BrokenForce):
    """The plugs of the left and the right foot's force sensors are swapped."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        source = force_sensor.SOURCE
        return {FORCE_ROW + at * force_sensor.CONSTANTS + source: float(at ^ 2) for at in range(ROLLERS)}


class ShiftedForceReference(BrokenForce):
    """The force sensors' converter measures with a wrong reference or range: all forces alike."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        places = [FORCE_ROW + at * force_sensor.CONSTANTS + force_sensor.GAIN for at in range(ROLLERS)]
        return {place: self.value * float(self.plant.constants[place]) for place in places}
