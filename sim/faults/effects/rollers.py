"""Effects on the rollers: obstacles, a jammed spring, false encoders and force sensors."""

from instep.axes import ROLLERS_PER_FOOT
from instep.session import states
from sim.faults.effects.effect import Effect
from sim.plant import foot as feet
from sim.plant import motor
from sim.plant.machine import CONTACT_N, FOOT_ROW

# Limits from which a fault makes a difference. Initial estimates: a gear at rest starts to turn at 83 permille.
PUSHING_PERMILLE = 150
MOVING_M_S = 0.01
# What a sound sensor of -5 % and -0.4 N (parts.toml) reads as 60 N.
FORCE_MAX_N = 63.6

# (Value at severity 0, what severity 1 adds).
FINGER_AWAY_M = (0.005, -0.005)
SPRING_TIMES = (5.0, 15.0)
JAMS_ABOVE_N = 10.0
WILD_FORCE_MN = 80_000


class Obstacle(Effect):
    """An obstacle blocks the roller: `narrow` moves the end stops, and the motor runs into them."""

    _stops = (0.0, 0.0)

    def begin(self) -> None:
        """Save the present state, to restore it at the end."""
        row = self.plant.state[self.motor_at : self.motor_at + motor.STATES]
        self._stops = (float(row[motor.LOW_STOP_M]), float(row[motor.HIGH_STOP_M]))
        self.narrow()

    def narrow(self) -> None:
        """Block the roller in both directions."""
        here_m = self.plant.state[self.motor_at + motor.POSITION_M]
        self.plant.state[self.motor_at + motor.LOW_STOP_M] = here_m
        self.plant.state[self.motor_at + motor.HIGH_STOP_M] = here_m

    def end(self) -> None:
        """Remove the fault."""
        self.plant.state[self.motor_at + motor.LOW_STOP_M] = self._stops[0]
        self.plant.state[self.motor_at + motor.HIGH_STOP_M] = self._stops[1]

    def shows(self) -> bool:
        """Return True if the driven motor stands; homing is excluded, because it runs into a stop on purpose."""
        is_standing = self.plant.state[self.motor_at + motor.SPEED_M_S] == 0.0
        is_pushing = abs(self.plant.commands.duty[self.roller]) >= PUSHING_PERMILLE
        return bool(is_standing and is_pushing and self.simulation.app.session.state != states.SELFTEST)


class Finger(Obstacle):
    """A finger or foot in front of the roller: the roller can still move back."""

    def narrow(self) -> None:
        """Put the obstacle in front of the moving roller; of a standing roller, toward the heel."""
        row = self.plant.state[self.motor_at : self.motor_at + motor.STATES]
        away_m = self.graded(FINGER_AWAY_M)
        here_m = row[motor.POSITION_M]
        if row[motor.SPEED_M_S] < 0.0:
            row[motor.LOW_STOP_M] = max(row[motor.LOW_STOP_M], here_m - away_m)
        else:
            row[motor.HIGH_STOP_M] = min(row[motor.HIGH_STOP_M], here_m + away_m)


class JammedSpring(Effect):
    """The springs of a foot's presses jam under load: their stiffness rises, so the force on the foot rises."""

    _is_jammed = False
    _rate_n_m = 0.0

    def begin(self) -> None:
        """Save the present state, to restore it at the end."""
        self._at = FOOT_ROW + self.foot * feet.CONSTANTS + feet.SPRING_N_M
        self._rate_n_m = float(self.plant.constants[self._at])

    def before_step(self) -> None:
        """Change the commands that the plant receives."""
        if not self._is_jammed and self._contact_n() > JAMS_ABOVE_N:
            self._is_jammed = True
            self.plant.constants[self._at] = self._rate_n_m * self.graded(SPRING_TIMES)

    def end(self) -> None:
        """Remove the fault."""
        self.plant.constants[self._at] = self._rate_n_m

    def shows(self) -> bool:
        """Return True if the fault makes a difference now."""
        return self._contact_n() > FORCE_MAX_N

    def _contact_n(self) -> float:
        first = CONTACT_N + ROLLERS_PER_FOOT * self.foot
        return float(self.plant.state[first : first + ROLLERS_PER_FOOT].max())


class WildForceSensor(Effect):
    """The force sensor reads 80 N."""

    def before_tick(self) -> None:
        """Change the firmware's inputs."""
        self.plant.readings.force_mn[self.roller] = WILD_FORCE_MN


class LostEncoder(Effect):
    """The encoder's count stands still."""

    counts = 0

    def begin(self) -> None:
        """Save the present state, to restore it at the end."""
        self.counts = self.plant.readings.counts[self.roller]

    def before_tick(self) -> None:
        """Change the firmware's inputs."""
        self.plant.readings.counts[self.roller] = self.says(self.plant.readings.counts[self.roller])

    def says(self, true_counts: int) -> int:
        """Return the count that is read."""
        return self.counts

    def shows(self) -> bool:
        """Return True if the roller moves under drive."""
        is_moving = abs(self.plant.state[self.motor_at + motor.SPEED_M_S]) >= MOVING_M_S
        return bool(is_moving and self.plant.commands.driven[self.roller])


class StuckEncoder(LostEncoder):
    """One of the encoder's two channels is stuck: the count toggles between two values."""

    def says(self, true_counts: int) -> int:
        """Return the count that is read."""
        return self.counts + (true_counts & 1)


class ReversedEncoder(LostEncoder):
    """The encoder's channels are swapped."""

    def says(self, true_counts: int) -> int:
        """Return the count that is read."""
        return 2 * self.counts - true_counts
