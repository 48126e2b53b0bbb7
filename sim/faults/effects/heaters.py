"""Effects on the heaters: dead, shorted, and two within tolerance, weak and slow."""

from dataclasses import replace

from instep.units import PERMILLE
from sim.faults.effects.effect import Effect
from sim.plant import heat
from sim.plant.machine import AMBIENT_C, HEAT_STEPS, TICK_S

# (Severity 0, what severity 1 adds), both within tolerance: share of the rated power; factor on the film's heat
# capacity and on the thermal resistance between film and pad.
WEAK_SHARE = (0.95, -0.15)
SLOW_TIMES = (1.1, 0.2)


class DeadHeater(Effect):
    """The film is broken: no duty heats it. Shows while the firmware heats."""

    _asked_for = 0

    def before_step(self) -> None:
        """Change the commands that the plant receives."""
        self._asked_for = self.plant.commands.heat[self.foot]
        self.plant.commands.heat[self.foot] = self.gives(self._asked_for)

    def after_step(self) -> None:
        """Restore the firmware's command."""
        self.plant.commands.heat[self.foot] = self._asked_for

    def gives(self, asked_for: int) -> int:
        """Return the duty, permille, that heats the film."""
        return 0

    def shows(self) -> bool:
        """Return True if the fault makes a difference now."""
        return self._asked_for > 0


class WeakHeater(DeadHeater):
    """The film has a high resistance, within tolerance: the firmware must not react."""

    def gives(self, asked_for: int) -> int:
        """Return the duty, permille, that heats the film."""
        return round(asked_for * self.graded(WEAK_SHARE))


class StuckHeater(DeadHeater):
    """The MOSFET is shorted: full power while the relay is closed. Shows while the firmware asks for less."""

    shows_without_break = True

    def gives(self, asked_for: int) -> int:
        """Return the duty, permille, that heats the film."""
        return PERMILLE

    def shows(self) -> bool:
        """Return True if the fault makes a difference now."""
        return bool(self.plant.state[self.well_at + heat.POWER_W] > 0.0 and self._asked_for < PERMILLE)


class SlowHeaters(Effect):
    """Both films respond slowly, within tolerance: the firmware must not react."""

    def begin(self) -> None:
        """Replace the heaters by slow ones."""
        self._before = self.plant.constants[HEAT_STEPS:AMBIENT_C].copy()
        figures = self.plant.figures
        times = self.graded(SLOW_TIMES)
        slow = replace(
            figures.heater,
            element_j_per_k=times * figures.heater.element_j_per_k,
            element_to_pad_k_per_w=times * figures.heater.element_to_pad_k_per_w,
        )
        self.plant.constants[HEAT_STEPS:AMBIENT_C] = heat.step_matrices(slow, figures.foot_heat, TICK_S).ravel()

    def end(self) -> None:
        """Remove the fault."""
        self.plant.constants[HEAT_STEPS:AMBIENT_C] = self._before

    def shows(self) -> bool:
        """Return True if the fault makes a difference now."""
        return any(self.plant.commands.heat)
