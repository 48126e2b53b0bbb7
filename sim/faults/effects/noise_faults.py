"""Effects of noise: single false samples of a sensor, to which the firmware must not react."""

from random import Random
from typing import TYPE_CHECKING

from sim.faults.effects.effect import Effect
from sim.faults.parse import Injection
from sim.plant import heat

if TYPE_CHECKING:
    from sim.simulation import Simulation

# Ticks from one false sample to the next, far enough apart to be single. Initial estimates.
_MIN_TICKS, _MAX_TICKS = 100, 300
NTC_TICKS = 10  # the firmware reads each NTC once in this time, so one conversion is seen once

FORCES_MN = (-200_000, 200_000)
COUNTS = (-20_000, 20_000)
CURRENTS_MA = (0, 20_000)
SUPPLIES_MV = (0, 20_000)
CODES = (0, heat.FULL_CODE)


class Wild(Effect):
    """One false sample every one to three seconds; each lasts `ticks`, as long as a conversion."""

    ticks = 1
    values = (0, 0)

    def __init__(self, simulation: "Simulation", injection: Injection) -> None:
        super().__init__(simulation, injection)
        self._random = Random(f"{simulation.options.seed} {injection}")
        self._left = 0
        self._wait = 0
        self._value = 0

    def before_tick(self) -> None:
        """Change the firmware's inputs."""
        if self._left == 0 and self._wait <= 0 and self.simulation.ticks % self.ticks == 0:
            self._left = self.ticks
            self._value = self._random.choice((*self.values, self._random.randint(*self.values)))
            self._wait = self._random.randint(_MIN_TICKS, _MAX_TICKS)
        self._wait -= 1
        if self._left:
            self._left -= 1
            self.show(self._value)

    def show(self, value: int) -> None:
        """Replace the sensor's reading by `value`."""
        raise NotImplementedError


class WildForce(Wild):
    """A false force conversion."""

    ticks = 1
    values = FORCES_MN

    def show(self, value: int) -> None:
        """Replace the sensor's reading by `value`."""
        self.plant.readings.force_mn[self.roller] = value


class WildEncoder(Wild):
    """A false encoder count."""

    values = COUNTS

    def show(self, value: int) -> None:
        """Replace the sensor's reading by `value`."""
        self.plant.readings.counts[self.roller] = value


class WildCurrent(Wild):
    """A false bridge current."""

    values = CURRENTS_MA

    def show(self, value: int) -> None:
        """Replace the sensor's reading by `value`."""
        self.plant.readings.current_ma[self.roller] = value


class WildSkin(Wild):
    """A false code of the skin side's NTC."""

    ticks = NTC_TICKS
    values = CODES
    ntc = heat.SKIN_NTC

    def show(self, value: int) -> None:
        """Replace the sensor's reading by `value`."""
        self.plant.readings.ntc_code[heat.NTCS * self.foot + self.ntc] = value


class WildElement(WildSkin):
    """A false code of the film's NTC."""

    ntc = heat.ELEMENT_NTC


class WildSupply(Wild):
    """A false supply voltage."""

    values = SUPPLIES_MV

    def show(self, value: int) -> None:
        """Replace the sensor's reading by `value`."""
        self.plant.readings.supply_mv[0] = value


class WildFootSwitch(Wild):
    """A false reading of a foot switch; the foot itself stays."""

    def show(self, value: int) -> None:
        """Replace the sensor's reading by `value`."""
        self.hal.foot_switches[self.foot].is_on = False

    def before_step(self) -> None:
        """Change the commands that the plant receives."""
        self.hal.foot_switches[self.foot].is_on = True
