"""Pins that are stuck at a level, and registers of the buttons' chip that are disturbed.

The plant is given what the hardware makes of the firmware's outputs; the firmware's own commands are put back after
the step.
"""

from instep.units import PERMILLE
from sim.faults.effects.bus import DisturbedChip
from sim.faults.effects.effect import Effect
from sim.plant.layout import DRIVEN, DUTY, HEAT, RELAY, SERVOS_ON


class StuckPin(Effect):
    """One or two commands reach the hardware as something else."""

    def places(self) -> tuple[int, ...]:
        """Return the places in the commands."""
        raise NotImplementedError

    def given(self, asked_for: tuple[int, ...]) -> tuple[int, ...]:
        """Return what the hardware makes of `asked_for`; here the pin's level."""
        return (round(self.value),)

    def before_step(self) -> None:
        """Let the plant have what the pin gives."""
        commands = self.plant.commands.array
        self._asked_for = tuple(int(commands[place]) for place in self.places())
        for place, value in zip(self.places(), self.given(self._asked_for), strict=True):
            commands[place] = value

    def after_step(self) -> None:
        """Put the firmware's commands back."""
        for place, value in zip(self.places(), self._asked_for, strict=True):
            self.plant.commands.array[place] = value

    def shows(self) -> bool:
        """Return True if the hardware does something else than it was asked for."""
        asked_for = tuple(int(self.plant.commands.array[place]) for place in self.places())
        return asked_for != self.given(asked_for)


class StuckRelayPin(StuckPin):
    """The relay's pin."""

    def places(self) -> tuple[int, ...]:
        """Return the places in the commands."""
        return (RELAY,)


class StuckServoEnable(StuckPin):
    """The pin that enables the servo chip's outputs."""

    def places(self) -> tuple[int, ...]:
        """Return the places in the commands."""
        return (SERVOS_ON,)


class StuckHeaterPin(StuckPin):
    """The pin of a heater's switch."""

    def places(self) -> tuple[int, ...]:
        """Return the places in the commands."""
        return (HEAT + self.foot,)

    def given(self, asked_for: tuple[int, ...]) -> tuple[int, ...]:
        """Return full power or none."""
        return (PERMILLE * round(self.value),)


class StuckBridgePin(StuckPin):
    """The bridge's forward input, IN1: 1/0 drives forward, 0/1 in reverse, 1/1 brakes, 0/0 lets go (DRV8874).

    The driver alternates a drive with the brake: the other input is 1 - duty forward, 1 in reverse, 0 while coasting.
    """

    def places(self) -> tuple[int, ...]:
        """Return the places in the commands."""
        return (DUTY + self.roller, DRIVEN + self.roller)

    def given(self, asked_for: tuple[int, ...]) -> tuple[int, ...]:
        """Return duty and whether the bridge drives, from the share of time that IN2 is high."""
        duty, is_driven = asked_for
        in2 = 0 if not is_driven else PERMILLE - duty if duty >= 0 else PERMILLE
        if round(self.value) == 1:
            return PERMILLE - in2, 1
        return -in2, 1 if in2 else 0


class InvertedButtons(DisturbedChip):
    """The polarity register of the buttons' chip is disturbed: what is pressed reads as free, and the other way."""

    device = "buttons"
    mask = 0b11_1111

    def before_tick(self) -> None:
        """Act on the inputs."""
        super().before_tick()
        self._true = self.hal.buttons.held
        self.hal.buttons.held = self.says(self._true)

    def says(self, held: int) -> int:
        """Return the mask that is read."""
        return held ^ self.mask

    def before_step(self) -> None:
        """Let the fingers be where they are."""
        self.hal.buttons.held = self._true


class DeafButtons(InvertedButtons):
    """The direction register is disturbed: no button is ever read as pressed."""

    def says(self, held: int) -> int:
        """Return the mask that is read."""
        return 0
