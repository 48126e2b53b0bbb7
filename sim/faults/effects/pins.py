"""Pins that are stuck at a level, and registers of the buttons' chip that are disturbed.

The plant is given what the hardware makes of the firmware's outputs; the firmware's own commands are put back after
the step.
"""

from instep.guard.limits import DRIVEN_PERMILLE
from instep.session import states
from instep.units import PERMILLE
from sim.faults.effects.bus import DisturbedChip
from sim.faults.effects.effect import Effect
from sim.faults.effects.heaters import StuckHeater
from sim.faults.expected_reactions import are_presses_lifting
from sim.plant.layout import DRIVEN, DUTY, RELAY, SERVOS_ON

_PRESSING = (states.WARM, states.RUN, states.CLOSING)


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
    """The relay's pin: at either level there are no pulses."""

    def places(self) -> tuple[int, ...]:
        """Return the places in the commands."""
        return (RELAY,)

    def given(self, asked_for: tuple[int, ...]) -> tuple[int, ...]:
        """Return that no pulse comes."""
        return (0,)


class StuckServoEnable(StuckPin):
    """The servo chip's output-enable stays off: every servo is limp. Shows while a roller is to press a foot.

    In the fit it ends as a foot that is not found. One that stays on makes no difference by itself: the pulses lift
    and release as before.
    """

    shows_without_break = True

    def places(self) -> tuple[int, ...]:
        """Return the places in the commands."""
        return (SERVOS_ON,)

    def given(self, asked_for: tuple[int, ...]) -> tuple[int, ...]:
        """Return that no pulse comes out of the chip."""
        return (0,)

    def shows(self) -> bool:
        """Return True if the firmware asks a roller to press in a stroke, or to rest on the foot while it warms."""
        is_stroking = self.simulation.app.session.state in _PRESSING
        return is_stroking and not are_presses_lifting(self.simulation)


class StuckHeaterPin(StuckHeater):
    """The pin of a heater's switch stays high: for the film that is a shorted switch. Low is a dead heater."""


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

    def shows(self) -> bool:
        """Return True if the bridge has power and drives otherwise than it was asked to, by what a roller feels."""
        duty, driven = self.places()
        commands = self.plant.commands.array
        asked_for = int(commands[duty]), int(commands[driven])
        given = self.given(asked_for)
        is_off = abs(given[0] - asked_for[0]) >= DRIVEN_PERMILLE
        return bool(self.plant.readings.relay[0]) and is_off


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
