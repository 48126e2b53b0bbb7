"""Servos that jam, slip, are slow, limp or run away, and a servo chip with other settings."""

from instep.axes import HOLD_ARCH, HOLD_HEEL, ROLLERS_PER_FOOT, SERVOS, SERVOS_PER_FOOT, TOE_GRIP, TOP_PRESS
from sim.faults.effects.broken_part import BrokenPart
from sim.faults.effects.bus import DisturbedChip
from sim.faults.effects.force_sensors import BrokenForce
from sim.plant import servo
from sim.plant.layout import CONTACT_N, OSCILLATOR, SERVO_ROW

GRIP = TOE_GRIP - TOP_PRESS  # servos of a foot, in the order of the axes from top_press on
HOLDS = (HOLD_ARCH - TOP_PRESS, HOLD_HEEL - TOP_PRESS)


class BrokenPress(BrokenForce):
    """The servo of one press."""

    @property
    def press_at(self) -> int:
        """Return where the constants of the roller's press servo begin."""
        return SERVO_ROW + (self.foot * SERVOS_PER_FOOT + self.roller % ROLLERS_PER_FOOT) * servo.CONSTANTS


class SlowPress(BrokenPress):
    """The press turns slowly: worn gear, weak supply."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        at, constants = self.press_at, self.plant.constants
        return {
            at + servo.SPEED_US_S: float(constants[at + servo.SPEED_US_S]) / self.value,
            at + servo.LAG_S: float(constants[at + servo.LAG_S]) * self.value,
        }


class SlippingPress(BrokenPress):
    """The press loses a share of each turn, on the way out or back."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return {
            self.press_at + servo.SLIP_OUT: max(0.0, self.value),
            self.press_at + servo.SLIP_BACK: max(0.0, -self.value),
        }


class LimpPress(BrokenPress):
    """The press has no power: its return spring lifts it. Shows while it is asked for force."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return {self.press_at + servo.PULSE_GAIN: 0.0, self.press_at + servo.PULSE_OFFSET_US: 0.0}


class DrivenPress(BrokenPress):
    """The press runs to one pulse for ever: its wiper or its amplifier is broken."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return {self.press_at + servo.PULSE_GAIN: 0.0, self.press_at + servo.PULSE_OFFSET_US: self.value}


def jammed(at: int) -> dict[int, float]:
    """Return the constants that hold the servo whose row begins at `at`."""
    return {at + servo.SPEED_US_S: 0.0, at + servo.LIMP_RETURN_S: 0.0}


class JammedPress(BrokenPress):
    """The press stands still once its roller presses with a force."""

    _is_jammed = False

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return jammed(self.press_at)

    def begin(self) -> None:
        """Wait for the force."""
        self._kept = {}

    def before_step(self) -> None:
        """Jam when the force is there."""
        if not self._is_jammed and self.plant.state[CONTACT_N + self.roller] >= self.value:
            self._is_jammed = True
            super().begin()


class JammedGrip(BrokenPart):
    """The toe grip stands still, closed or open."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return jammed(SERVO_ROW + (self.foot * SERVOS_PER_FOOT + GRIP) * servo.CONSTANTS)


class JammedHolds(BrokenPart):
    """Both holds of a foot stand still."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        first = self.foot * SERVOS_PER_FOOT
        rows = [jammed(SERVO_ROW + (first + hold) * servo.CONSTANTS) for hold in HOLDS]
        return rows[0] | rows[1]


class ChangedServoClock(DisturbedChip, BrokenForce):
    """The servo chip's prescaler is disturbed: all pulses are longer or shorter."""

    device = "servos"

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return {OSCILLATOR: self.value * float(self.plant.constants[OSCILLATOR])}


class SleepingServoChip(DisturbedChip, BrokenPart):
    """The servo chip's sleep bit is set: no pulses, though it answers."""

    device = "servos"

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return {SERVO_ROW + at * servo.CONSTANTS + servo.PULSE_GAIN: 0.0 for at in range(SERVOS)}
