"""Devices on the I²C bus that fall silent, or answer what cannot be.

A silent device keeps what it was last told and gives what it last read; the driver says so in `Hal.bus_faults`.
"""

from typing import TYPE_CHECKING

from instep.axes import SERVOS
from instep.hal.interface import BUS_DEVICES
from sim.faults.effects.effect import Effect
from sim.faults.parse import Injection
from sim.plant.machine import FORCE, NTC, PULSE, SUPPLY

if TYPE_CHECKING:
    from sim.simulation import Simulation

# A pull that no roller can exert: the converter's answer has lost its sign.
NONSENSE_FORCE_MN = -60_000


class SilentDevice(Effect):
    """One device does not answer."""

    device = ""

    def before_tick(self) -> None:
        """Let the driver notice."""
        self.hal.bus_fault_mask |= self._bit

    def end(self) -> None:
        """Let it answer again."""
        self.hal.bus_fault_mask &= ~self._bit

    @property
    def _bit(self) -> int:
        return 1 << BUS_DEVICES.index(self.device)


class SilentConverter(SilentDevice):
    """An ADC gives its last conversions for ever: readings `first` up to `last`."""

    first, last = FORCE, NTC
    device = "force_adc"

    def begin(self) -> None:
        """Note the last conversions."""
        self._kept = self.plant.readings.array[self.first : self.last].copy()

    def before_tick(self) -> None:
        """Give them again."""
        super().before_tick()
        self.plant.readings.array[self.first : self.last] = self._kept


class SilentHeatConverter(SilentConverter):
    """The ADC of the NTCs."""

    first, last = NTC, SUPPLY
    device = "heat_adc"


class SilentServos(SilentDevice):
    """The servo chip goes on with its last pulses; only its output-enable can stop it."""

    device = "servos"

    def begin(self) -> None:
        """Note the last pulses."""
        self._pulses = self.plant.commands.array[PULSE : PULSE + SERVOS]
        self._kept = self._pulses.copy()
        self._asked_for = self._kept

    def before_step(self) -> None:
        """Let the plant have the last pulses."""
        self._asked_for = self._pulses.copy()
        self._pulses[:] = self._kept

    def after_step(self) -> None:
        """Give back what the firmware has asked for."""
        self._pulses[:] = self._asked_for


class SilentButtons(SilentDevice):
    """The buttons' expander: whatever is pressed, the mask stays."""

    device = "buttons"

    def begin(self) -> None:
        """Note the last mask."""
        self._kept = self._true = self.hal.buttons.held

    def before_tick(self) -> None:
        """Give it again."""
        super().before_tick()
        self._true = self.hal.buttons.held
        self.hal.buttons.held = self._kept

    def before_step(self) -> None:
        """Let the fingers be where they are."""
        self.hal.buttons.held = self._true


class SilentDisplay(SilentDevice):
    """The display keeps its last screen."""

    device = "display"

    def __init__(self, simulation: "Simulation", injection: Injection) -> None:
        super().__init__(simulation, injection)
        self._kept: list[str] = []

    def begin(self) -> None:
        """Note the last screen."""
        self._kept = list(self.hal.display.rows)

    def before_step(self) -> None:
        """Show it still."""
        self.hal.display.rows[:] = self._kept


class NonsenseForces(Effect):
    """The ADC of the force sensors answers with a wrong sign."""

    def before_tick(self) -> None:
        """Let all four pull."""
        for roller in range(len(self.plant.readings.force_mn)):
            self.plant.readings.force_mn[roller] = NONSENSE_FORCE_MN
