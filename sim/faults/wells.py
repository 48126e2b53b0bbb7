"""What happens to the warmth of a well: heaters and thermistors."""

from sim.faults.effect import FULL_PERMILLE, Effect
from sim.plant import heat

# From here on a fault makes a difference.
SKIN_MOST_C = 43.0
ELEMENT_MOST_C = 60.0
APART_MOST_K = 8.0

# What severity 0 means, and what 1 adds to it.
SKIN_C = (43.3, 4.7)
ELEMENT_C = (60.3, 4.7)
ELEMENT_OFF_K = (9.0, 4.0)
DRIFT_K_PER_TICK = 0.01


class HotSkin(Effect):
    """Something warms the pad from outside."""

    node = heat.PAD_C
    temperatures_c = SKIN_C
    most_c = SKIN_MOST_C

    def before_step(self) -> None:
        """Act on the physics."""
        at = self.well_at + self.node
        self.plant.state[at] = max(self.plant.state[at], self.graded(self.temperatures_c))

    def shows(self) -> bool:
        """Tell whether it makes a difference now."""
        return bool(self.plant.state[self.well_at + self.node] >= self.most_c)


class HotElement(HotSkin):
    """The film is hotter than its heater can make it."""

    node = heat.ELEMENT_C
    temperatures_c = ELEMENT_C
    most_c = ELEMENT_MOST_C


class Thermistor(Effect):
    """An NTC's divider gives a wrong code."""

    ntc = heat.SKIN_NTC

    def begin(self) -> None:
        """Note what was before."""
        self.at = heat.NTCS * self.foot + self.ntc
        self.first = self.plant.readings.ntc_code[self.at]

    def before_tick(self) -> None:
        """Act on the inputs."""
        self.plant.readings.ntc_code[self.at] = self.says()

    def says(self) -> int:
        """Return the code that is read: here the one of the fault's first tick, for ever."""
        return self.first


class FrozenElement(Thermistor):
    """The film's reading stands still."""

    ntc = heat.ELEMENT_NTC


class OpenSkin(Thermistor):
    """The skin side's wire is broken."""

    def says(self) -> int:
        """Return the code that is read."""
        return heat.FULL_CODE


class ShortSkin(Thermistor):
    """The skin side's wires touch."""

    def says(self) -> int:
        """Return the code that is read."""
        return 0


class OpenElement(OpenSkin):
    """The film's wire is broken."""

    ntc = heat.ELEMENT_NTC


class ShortElement(ShortSkin):
    """The film's wires touch."""

    ntc = heat.ELEMENT_NTC


class Disagreeing(FrozenElement):
    """The film's NTC drifts until it reads too warm."""

    _off_k = 0.0

    def says(self) -> int:
        """Return the code that is read."""
        self._off_k = min(self._off_k + DRIFT_K_PER_TICK, self.graded(ELEMENT_OFF_K))
        celsius = float(self.plant.state[self.well_at + heat.ELEMENT_C]) + self._off_k
        return round(heat.ntc_ratio(celsius, self.plant.figures.heater.pack()) * heat.FULL_CODE)

    def shows(self) -> bool:
        """Tell whether what the sensors say is too far apart."""
        well = self.plant.state[self.well_at : self.well_at + heat.STATE_SIZE]
        return bool(well[heat.ELEMENT_C] + self._off_k - well[heat.PAD_C] > APART_MOST_K)


class Crosstalk(Thermistor):
    """The ADC's switch stays on the film: the skin side reads as warm as that."""

    def says(self) -> int:
        """Return the code that is read."""
        return self.plant.readings.ntc_code[heat.NTCS * self.foot + heat.ELEMENT_NTC]


class DeadHeater(Effect):
    """The film is broken: no duty warms it. Shows while it is asked to."""

    duty_permille = 0
    _asked_for = 0

    def before_step(self) -> None:
        """Act on the physics."""
        self._asked_for = self.plant.commands.heat[self.foot]
        self.plant.commands.heat[self.foot] = self.duty_permille

    def after_step(self) -> None:
        """Give the command back."""
        self.plant.commands.heat[self.foot] = self._asked_for

    def shows(self) -> bool:
        """Tell whether it makes a difference now."""
        return bool(self._asked_for)


class StuckHeater(DeadHeater):
    """The MOSFET is shorted: the film heats while the relay is closed. Shows while it is not asked to."""

    duty_permille = FULL_PERMILLE
    shows_without_break = True

    def shows(self) -> bool:
        """Tell whether it makes a difference now."""
        return bool(self.plant.state[self.well_at + heat.POWER_W] > 0.0 and self._asked_for == 0)
