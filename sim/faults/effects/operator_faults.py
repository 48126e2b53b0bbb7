"""What people do to the machine: emergency stop, buttons, a foot that leaves."""

from instep import user_events
from sim.faults.effects.effect import Effect


class EmergencyStop(Effect):
    """The mushroom is pressed: its contact is read, and is in series with the relay's coil."""

    _asked_for = 0

    def before_tick(self) -> None:
        """Act on the inputs."""
        self.hal.emergency_stop.is_on = True

    def before_step(self) -> None:
        """Act on the physics."""
        self._asked_for = self.plant.commands.relay[0]
        self.plant.commands.relay[0] = 0

    def after_step(self) -> None:
        """Give the command back."""
        self.plant.commands.relay[0] = self._asked_for

    def end(self) -> None:
        """Mend it."""
        self.hal.emergency_stop.is_on = False


class HeldButton(Effect):
    """A button is down."""

    button = user_events.HEAT

    def before_tick(self) -> None:
        """Act on the inputs."""
        self.hal.buttons.held |= self.button

    def end(self) -> None:
        """Mend it."""
        self.hal.buttons.held &= ~self.button


class StopButton(HeldButton):
    """STOP is pressed."""

    button = user_events.STOP


class BouncingButton(HeldButton):
    """HEAT's contact opens and closes without end; three equal readings are rare."""

    def before_tick(self) -> None:
        """Act on the inputs."""
        if self.simulation.ticks % 5 in (0, 1, 3):
            self.hal.buttons.held |= self.button
        else:
            self.hal.buttons.held &= ~self.button


class FootOut(Effect):
    """The foot leaves its well, and its switch opens."""

    def before_tick(self) -> None:
        """Act on the inputs."""
        self.hal.foot_switches[self.foot].is_on = False

    def end(self) -> None:
        """Mend it."""
        self.hal.foot_switches[self.foot].is_on = True
