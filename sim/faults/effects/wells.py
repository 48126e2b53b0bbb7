"""Effects on a well's temperatures and on its thermistors."""

from instep.axes import FEET
from instep.drive.ntc import centi_c
from instep.guard.limits import DIFFER_CENTI_K, ELEMENT_TRIP_CENTI_C, SKIN_TRIP_CENTI_C
from sim.faults.effects.effect import Effect
from sim.plant import heat
from sim.plant.machine import AMBIENT_C, WELL
from sim.plant.noise import seeded
from sim.plant.thermometer import CENTI_PER_K

# Limits from which a fault makes a difference.
APART_MAX_K = 8.0
NOISE_CENTI_K = 5  # a conversion's noise at 60 °C is 0.01 K (heater.toml), and the median of three lags by a sample
OFF_K = 2.0
CROSSED_K = 0.5

# (Value at severity 0, what severity 1 adds).
SKIN_C = (43.3, 4.7)
ELEMENT_C = (60.3, 4.7)
ELEMENT_OFF_K = (9.0, 4.0)
DRIFT_K_PER_TICK = 0.01

# Time constant of an NTC bead in still air: 10 s (data sheets of such beads).
AIR_PER_TICK = 0.001


class HotSkin(Effect):
    """An outside source heats the pad. Shows once a sensor reads it: parts within tolerance are late and read less.

    A reading at the limit is above it in one sample and below it in the next, so it must be above by the noise too.
    """

    node = heat.PAD_C
    ntc = heat.SKIN_NTC
    temperatures_c = SKIN_C
    max_centi_c = SKIN_TRIP_CENTI_C
    shows_without_break = True

    def before_step(self) -> None:
        """Change the commands that the plant receives."""
        at = self.well_at + self.node
        self.plant.state[at] = max(self.plant.state[at], self.graded(self.temperatures_c))

    def shows(self) -> bool:
        """Return True if the fault makes a difference now."""
        read_centi_c = centi_c(self.plant.readings.ntc_code[heat.NTCS * self.foot + self.ntc])
        return read_centi_c >= self.max_centi_c + NOISE_CENTI_K


class HotElement(HotSkin):
    """The film is hotter than its heater can make it."""

    node = heat.ELEMENT_C
    ntc = heat.ELEMENT_NTC
    temperatures_c = ELEMENT_C
    max_centi_c = ELEMENT_TRIP_CENTI_C


class Thermistor(Effect):
    """An NTC's divider returns a false code."""

    ntc = heat.SKIN_NTC

    def begin(self) -> None:
        """Save the present state, to restore it at the end."""
        self.at = heat.NTCS * self.foot + self.ntc
        self.first = self.plant.readings.ntc_code[self.at]

    def before_tick(self) -> None:
        """Change the firmware's inputs."""
        self.plant.readings.ntc_code[self.at] = self.says()

    def says(self) -> int:
        """Return the code that is read: that of the fault's first tick."""
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


class Imagined(Thermistor):
    """The NTC reads a temperature other than its own, with a conversion's noise."""

    def begin(self) -> None:
        """Save the present state, to restore it at the end."""
        super().begin()
        self._figures = self.plant.figures.heater.pack()
        self._noise = seeded(self.simulation.options.seed, 1)

    def says(self) -> int:
        """Return the code that is read."""
        return heat.ntc_code(self.feels_c(), self._figures, self._noise, 0)

    def feels_c(self) -> float:
        """Return the temperature that is converted."""
        raise NotImplementedError

    def node_c(self, node: int) -> float:
        """Return the true temperature of a node of this well."""
        return float(self.plant.state[self.well_at + node])

    def is_asked_for(self) -> bool:
        """Return True if the firmware asks this well's heater for power."""
        return self.plant.commands.heat[self.foot] > 0


class Crosstalk(Imagined):
    """The ADC's multiplexer stays on the film: the skin side reads the film, which is never colder than its pad.

    Shows while heat makes the film warmer than its pad by more than two sound sensors of a skin side may differ by.
    Under less power the skin side reads too warm by a tolerance, so its well only gets less heat.
    """

    shows_without_break = True

    def feels_c(self) -> float:
        """Return the temperature that is converted."""
        return self.node_c(heat.ELEMENT_C)

    def shows(self) -> bool:
        """Return True if the film is heated and much warmer than its pad."""
        lead_k = self.node_c(heat.ELEMENT_C) - self.node_c(heat.PAD_C)
        return self.is_asked_for() and lead_k * CENTI_PER_K >= DIFFER_CENTI_K


class OffSkin(Imagined):
    """The skin side's NTC came off the pad into the air. Shows once the controller heats by its reading."""

    node = heat.PAD_C

    def begin(self) -> None:
        """Save the present state, to restore it at the end."""
        super().begin()
        self._ntc_c = self.node_c(self.node)

    def feels_c(self) -> float:
        """Return the temperature that is converted."""
        room_c = float(self.plant.constants[AMBIENT_C])
        self._ntc_c += (room_c - self._ntc_c) * AIR_PER_TICK
        return self._ntc_c

    def shows(self) -> bool:
        """Return True if the fault makes a difference now."""
        return self.is_asked_for() and abs(self._ntc_c - self.node_c(self.node)) >= OFF_K


class OffElement(OffSkin):
    """The film's NTC came off into the air."""

    ntc = heat.ELEMENT_NTC
    node = heat.ELEMENT_C


class CrossedWells(Effect):
    """The wells' sensors are swapped: each heater is controlled by the other well's sensors."""

    def before_tick(self) -> None:
        """Change the firmware's inputs."""
        codes = self.plant.readings.ntc_code
        codes[0], codes[1], codes[2], codes[3] = codes[2], codes[3], codes[0], codes[1]

    def shows(self) -> bool:
        """Return True if a well is heated and the wells' temperatures differ."""
        if not any(self.plant.commands.heat):
            return False
        left, right = (self.plant.state[WELL + foot * heat.STATE_SIZE :][: heat.NODES] for foot in range(FEET))
        return bool(abs(left[heat.ELEMENT_C] - right[heat.ELEMENT_C]) >= CROSSED_K)


class Disagreeing(FrozenElement):
    """The film's NTC drifts until it reads too warm."""

    _off_k = 0.0

    def says(self) -> int:
        """Return the code that is read."""
        self._off_k = min(self._off_k + DRIFT_K_PER_TICK, self.graded(ELEMENT_OFF_K))
        celsius = float(self.plant.state[self.well_at + heat.ELEMENT_C]) + self._off_k
        return round(heat.ntc_ratio(celsius, self.plant.figures.heater.pack()) * heat.FULL_CODE)

    def shows(self) -> bool:
        """Return True if the two readings are too far apart."""
        well = self.plant.state[self.well_at : self.well_at + heat.STATE_SIZE]
        return bool(well[heat.ELEMENT_C] + self._off_k - well[heat.PAD_C] > APART_MAX_K)
