"""Effects that people cause: emergency stop, buttons, a foot that leaves its well."""

from instep import user_events
from instep.session import states
from sim.faults.effects.effect import Effect
from sim.faults.effects.power import cut_coil


class EmergencyStop(Effect):
    """The emergency stop is pressed: its contact is read, and opens the circuit of the relay's coil."""

    _asked_for = 0

    def before_tick(self) -> None:
        """Change the firmware's inputs."""
        self.hal.emergency_stop.is_on = True

    def before_step(self) -> None:
        """Change the commands that the plant receives."""
        self._asked_for = self.plant.commands.relay[0]
        cut_coil(self.plant)

    def after_step(self) -> None:
        """Restore the firmware's command."""
        self.plant.commands.relay[0] = self._asked_for

    def end(self) -> None:
        """Remove the fault."""
        self.hal.emergency_stop.is_on = False


class HeldButton(Effect):
    """A button is down."""

    button = user_events.HEAT

    def before_tick(self) -> None:
        """Change the firmware's inputs."""
        self.hal.buttons.held |= self.button

    def end(self) -> None:
        """Remove the fault."""
        self.hal.buttons.held &= ~self.button


class StopButton(HeldButton):
    """STOP is pressed."""

    button = user_events.STOP


class PauseButton(HeldButton):
    """START is pressed; shows if that pauses the strokes."""

    button = user_events.START

    def begin(self) -> None:
        """Note whether there are strokes to pause."""
        self._pauses = self.simulation.app.session.state in (states.RUN, states.CLOSING)

    def shows(self) -> bool:
        """Return True if the press came during the strokes."""
        return self._pauses


class BouncingButton(HeldButton):
    """HEAT's contact bounces all the time; three equal readings in a row are rare."""

    def before_tick(self) -> None:
        """Change the firmware's inputs."""
        if self.simulation.ticks % 5 in (0, 1, 3):
            self.hal.buttons.held |= self.button
        else:
            self.hal.buttons.held &= ~self.button


class FootOut(Effect):
    """The foot leaves its well, and its switch opens."""

    def before_tick(self) -> None:
        """Change the firmware's inputs."""
        self.hal.foot_switches[self.foot].is_on = False

    def end(self) -> None:
        """Remove the fault."""
        self.hal.foot_switches[self.foot].is_on = True
