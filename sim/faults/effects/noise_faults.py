"""Noise: now and then one sample of a sensor is far off; nothing may come of it."""

from random import Random
from typing import TYPE_CHECKING

from sim.faults.effects.effect import Effect
from sim.faults.parse import Injection
from sim.plant import heat

if TYPE_CHECKING:
    from sim.simulation import Simulation

# Wild samples stand alone: ticks from one to the next. Start values.
_MIN_TICKS, _MAX_TICKS = 100, 300
NTC_TICKS = 10  # the firmware reads each NTC once in this time, so one conversion is seen once

FORCES_MN = (-200_000, 200_000)
COUNTS = (-20_000, 20_000)
CURRENTS_MA = (0, 20_000)
SUPPLIES_MV = (0, 20_000)
CODES = (0, heat.FULL_CODE)


class Wild(Effect):
    """One wild sample of `view[index]` every one to three seconds; each lasts `ticks`, as a conversion does."""

    ticks = 1
    values = (0, 0)

    def __init__(self, simulation: "Simulation", injection: Injection) -> None:
        super().__init__(simulation, injection)
        self._random = Random(f"{simulation.options.seed} {injection}")
        self._left = 0
        self._wait = 0
        self._value = 0

    def before_tick(self) -> None:
        """Act on the inputs."""
        if self._left == 0 and self._wait <= 0 and self.simulation.ticks % self.ticks == 0:
            self._left = self.ticks
            self._value = self._random.choice((*self.values, self._random.randint(*self.values)))
            self._wait = self._random.randint(_MIN_TICKS, _MAX_TICKS)
        self._wait -= 1
        if self._left:
            self._left -= 1
            self.show(self._value)

    def show(self, value: int) -> None:
        """Let the sensor say `value`."""
        raise NotImplementedError


class WildForce(Wild):
    """One force conversion."""

    ticks = 1
    values = FORCES_MN

    def show(self, value: int) -> None:
        """Let the sensor say `value`."""
        self.plant.readings.force_mn[self.roller] = value


class WildEncoder(Wild):
    """One count."""

    values = COUNTS

    def show(self, value: int) -> None:
        """Let the sensor say `value`."""
        self.plant.readings.counts[self.roller] = value


class WildCurrent(Wild):
    """One bridge current."""

    values = CURRENTS_MA

    def show(self, value: int) -> None:
        """Let the sensor say `value`."""
        self.plant.readings.current_ma[self.roller] = value


class WildSkin(Wild):
    """One code of the skin side."""

    ticks = NTC_TICKS
    values = CODES
    ntc = heat.SKIN_NTC

    def show(self, value: int) -> None:
        """Let the sensor say `value`."""
        self.plant.readings.ntc_code[heat.NTCS * self.foot + self.ntc] = value


class WildElement(WildSkin):
    """One code of the film."""

    ntc = heat.ELEMENT_NTC


class WildSupply(Wild):
    """One supply voltage."""

    values = SUPPLIES_MV

    def show(self, value: int) -> None:
        """Let the sensor say `value`."""
        self.plant.readings.supply_mv[0] = value


class WildFootSwitch(Wild):
    """One reading of a foot switch; the foot itself stays."""

    def show(self, value: int) -> None:
        """Let the sensor say `value`."""
        self.hal.foot_switches[self.foot].is_on = False

    def before_step(self) -> None:
        """Act on the physics."""
        self.hal.foot_switches[self.foot].is_on = True
