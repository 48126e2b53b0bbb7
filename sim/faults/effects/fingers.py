"""A finger or toe in the way of a roller."""

from instep.units import KILO
from sim.faults.effects.effect import Effect
from sim.plant import motor

# A finger is met this far ahead of a roller that moves: near enough to be met at the speed of now.
FINGER_AHEAD_M = 0.01
MOVING_M_S = 0.01


class FingerInTrack(Effect):
    """A finger or toe lies ahead of a roller: a spring. It comes when the roller moves, and shows when it is met."""

    def begin(self) -> None:
        """Wait for the roller to move."""
        self._is_there = False

    def before_step(self) -> None:
        """Put it before the roller that moves."""
        row = self.plant.state[self.motor_at : self.motor_at + motor.STATES]
        if self._is_there or abs(row[motor.SPEED_M_S]) < MOVING_M_S:
            return
        self._is_there = True
        row[motor.OBSTACLE_N_M] = self.value * KILO
        if row[motor.SPEED_M_S] > 0.0:
            row[motor.OBSTACLE_HIGH_M] = row[motor.POSITION_M] + FINGER_AHEAD_M
        else:
            row[motor.OBSTACLE_LOW_M] = row[motor.POSITION_M] - FINGER_AHEAD_M

    def end(self) -> None:
        """Take it away."""
        row = self.plant.state[self.motor_at : self.motor_at + motor.STATES]
        row[motor.OBSTACLE_LOW_M], row[motor.OBSTACLE_HIGH_M] = -motor.FAR_M, motor.FAR_M
        row[motor.OBSTACLE_N_M] = 0.0

    def shows(self) -> bool:
        """Return True while the roller pushes on it."""
        return bool(self.plant.state[self.motor_at + motor.TRACK_N] > 0.0)
