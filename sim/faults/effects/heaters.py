"""What happens to the heaters: dead, shorted, and two that are no fault, weak and slow."""

from dataclasses import replace

from instep.units import PERMILLE
from sim.faults.effects.effect import Effect
from sim.plant import heat
from sim.plant.machine import AMBIENT_C, HEAT_STEPS, TICK_S

# What severity 0 means, and what 1 adds to it: a lawful heater's share of its rated power, and how many times as far
# from its pad, and as heavy, it is.
WEAK_SHARE = (0.95, -0.15)
SLOW_TIMES = (1.1, 0.2)


class DeadHeater(Effect):
    """The film is broken: no duty warms it. Shows while it is asked to."""

    _asked_for = 0

    def before_step(self) -> None:
        """Act on the physics."""
        self._asked_for = self.plant.commands.heat[self.foot]
        self.plant.commands.heat[self.foot] = self.gives(self._asked_for)

    def after_step(self) -> None:
        """Give the command back."""
        self.plant.commands.heat[self.foot] = self._asked_for

    def gives(self, asked_for: int) -> int:
        """Return the duty in permille that warms the film."""
        return 0

    def shows(self) -> bool:
        """Tell whether it makes a difference now."""
        return self._asked_for > 0


class WeakHeater(DeadHeater):
    """The film has a high resistance: lawful, and nothing may come of it."""

    def gives(self, asked_for: int) -> int:
        """Return the duty in permille that warms the film."""
        return round(asked_for * self.graded(WEAK_SHARE))


class StuckHeater(DeadHeater):
    """The MOSFET is shorted: the film heats while the relay is closed. Shows while less than that is asked for."""

    shows_without_break = True

    def gives(self, asked_for: int) -> int:
        """Return the duty in permille that warms the film."""
        return PERMILLE

    def shows(self) -> bool:
        """Tell whether it makes a difference now."""
        return bool(self.plant.state[self.well_at + heat.POWER_W] > 0.0 and self._asked_for < PERMILLE)


class SlowHeaters(Effect):
    """Both films are heavy and far from their pads: lawful, and nothing may come of it."""

    def begin(self) -> None:
        """Exchange the heaters for slow ones."""
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
        """Mend it."""
        self.plant.constants[HEAT_STEPS:AMBIENT_C] = self._before

    def shows(self) -> bool:
        """Tell whether it makes a difference now."""
        return any(self.plant.commands.heat)
