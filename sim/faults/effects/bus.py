"""Effects on devices of the I²C bus: silent, or with implausible data.

A silent device keeps its last command and returns its last reading; the driver reports it in `Hal.bus_faults`.
"""

from typing import TYPE_CHECKING

from instep.axes import SERVOS
from instep.hal.interface import BUS_DEVICES
from sim.faults.effects.effect import Effect
from sim.faults.parse import Injection
from sim.plant.machine import FORCE, NTC, PULSE, SUPPLY

if TYPE_CHECKING:
    from sim.simulation import Simulation

# In `bus_faults`: devices with implausible data stand above the silent ones.
_NONSENSE_SHIFT = 8
# A pull that no roller can exert: the converter's data have the wrong sign.
NONSENSE_FORCE_MN = -60_000


class SilentDevice(Effect):
    """One device does not answer."""

    device = ""

    def before_tick(self) -> None:
        """Let the driver report the device."""
        self.hal.bus_fault_mask |= self._bit

    def end(self) -> None:
        """Let the device answer again."""
        self.hal.bus_fault_mask &= ~self._bit

    @property
    def _bit(self) -> int:
        return 1 << BUS_DEVICES.index(self.device)


# The drivers read a chip's settings back in every other tick.
_CHECK_TICKS = 2


class DisturbedChip(Effect):
    """A register of one device keeps a wrong value: its driver finds that, sets the chip up again, and finds it again.

    A register that is disturbed once is right again after 30 ms, and nothing comes of it.
    """

    device = ""

    def begin(self) -> None:
        """Begin the fault."""
        self._ticks = 0
        super().begin()

    def before_tick(self) -> None:
        """Let the driver report the device once it has looked."""
        super().before_tick()
        self._ticks += 1
        if self._ticks > _CHECK_TICKS:
            self.hal.bus_fault_mask |= self._bit

    def end(self) -> None:
        """Let the register keep its value."""
        self.hal.bus_fault_mask &= ~self._bit
        super().end()

    def shows(self) -> bool:
        """Return True: a wrong setting is one at once."""
        return True

    @property
    def _bit(self) -> int:
        return 1 << BUS_DEVICES.index(self.device) + _NONSENSE_SHIFT


class SilentConverter(SilentDevice):
    """An ADC returns its last conversions: readings `first` up to `last`."""

    first, last = FORCE, NTC
    device = "force_adc"

    def begin(self) -> None:
        """Save the last conversions."""
        self._kept = self.plant.readings.array[self.first : self.last].copy()

    def before_tick(self) -> None:
        """Return the last conversions again."""
        super().before_tick()
        self.plant.readings.array[self.first : self.last] = self._kept


class SilentHeatConverter(SilentConverter):
    """The ADC of the NTCs."""

    first, last = NTC, SUPPLY
    device = "heat_adc"


class SilentServos(SilentDevice):
    """The servo chip repeats its last pulses; only its output-enable pin stops them."""

    device = "servos"

    def begin(self) -> None:
        """Save the last pulses."""
        self._pulses = self.plant.commands.array[PULSE : PULSE + SERVOS]
        self._kept = self._pulses.copy()
        self._asked_for = self._kept

    def before_step(self) -> None:
        """Give the plant the last pulses."""
        self._asked_for = self._pulses.copy()
        self._pulses[:] = self._kept

    def after_step(self) -> None:
        """Restore the firmware's pulses."""
        self._pulses[:] = self._asked_for


class SilentButtons(SilentDevice):
    """The buttons' expander returns its last mask, whichever buttons are pressed."""

    device = "buttons"

    def begin(self) -> None:
        """Save the last mask."""
        self._kept = self._true = self.hal.buttons.held

    def before_tick(self) -> None:
        """Return the last mask again."""
        super().before_tick()
        self._true = self.hal.buttons.held
        self.hal.buttons.held = self._kept

    def before_step(self) -> None:
        """Restore the true mask, which the person's hand has set."""
        self.hal.buttons.held = self._true


class SilentDisplay(SilentDevice):
    """The display keeps its last screen."""

    device = "display"

    def __init__(self, simulation: "Simulation", injection: Injection) -> None:
        super().__init__(simulation, injection)
        self._kept: list[str] = []

    def begin(self) -> None:
        """Save the last screen."""
        self._kept = list(self.hal.display.rows)

    def before_step(self) -> None:
        """Show the last screen again."""
        self.hal.display.rows[:] = self._kept


class NonsenseForces(Effect):
    """The ADC of the force sensors returns data of the wrong sign."""

    def before_tick(self) -> None:
        """Return a pull for all four rollers."""
        for roller in range(len(self.plant.readings.force_mn)):
            self.plant.readings.force_mn[roller] = NONSENSE_FORCE_MN
