"""What each fault does to the simulated machine: to its physics where that can be, else to what a sensor says."""

from typing import TYPE_CHECKING

from instep import commands
from instep.axes import FOOT_NAMES
from instep.session import states
from sim.faults.parse import ROLLER_NAMES, Injection
from sim.plant import foot as feet
from sim.plant import heat, motor
from sim.plant.machine import BUS_V, CONTACT_N, FOOT_ROW, MOTOR, SUPPLY_ROW, WELL
from sim.plant.supply import OPEN_V

if TYPE_CHECKING:
    from sim.simulation import Simulation

ROLLERS_PER_FOOT = 2
FULL_PERMILLE = 1000

# From here on a fault makes a difference. Start values: a standing gear breaks away at 83 permille.
PUSHING_PERMILLE = 150
MOVING_M_S = 0.01
FORCE_MOST_N = 60.0
SKIN_MOST_C = 43.0
ELEMENT_MOST_C = 60.0
APART_MOST_K = 8.0
SUPPLY_LEAST_V = 10.5

# What severity 0 means, and what 1 adds to it.
FINGER_AWAY_M = (0.005, -0.005)
SPRING_TIMES = (5.0, 15.0)
JAMS_ABOVE_N = 10.0
SKIN_C = (43.3, 4.7)
ELEMENT_C = (60.3, 4.7)
ELEMENT_OFF_K = (9.0, 4.0)
DRIFT_K_PER_TICK = 0.01
SUPPLY_V = (10.3, -3.3)
WILD_FORCE_MN = 80_000


class Effect:
    """One fault at work. `before_tick` acts on what the firmware reads, `before_step` on what the plant is told.

    `shows_without_break`: its time starts anew when it stops showing before it was noticed.
    """

    shows_without_break = False

    def __init__(self, simulation: "Simulation", injection: Injection) -> None:
        self.simulation = simulation
        self.severity = injection.severity
        self.foot = FOOT_NAMES.index(injection.foot)
        self.roller = ROLLERS_PER_FOOT * self.foot + ROLLER_NAMES.index(injection.roller)
        self.plant = simulation.plant
        self.hal = simulation.hal
        self.motor_at = MOTOR + self.roller * motor.STATES
        self.well_at = WELL + self.foot * heat.STATE_SIZE

    def graded(self, least_and_more: tuple[float, float]) -> float:
        """Return the value that belongs to the severity."""
        return least_and_more[0] + least_and_more[1] * self.severity

    def begin(self) -> None:
        """Start, in the first tick of the fault."""

    def end(self) -> None:
        """Mend it."""

    def before_tick(self) -> None:
        """Act before the firmware reads its inputs."""

    def before_step(self) -> None:
        """Act between the firmware's outputs and the physics."""

    def after_step(self) -> None:
        """Give back what the physics was not to see."""

    def shows(self) -> bool:
        """Tell whether the fault makes a difference now."""
        return True


class EmergencyStop(Effect):
    """The mushroom is pressed: its contact is read, and is in series with the relay's coil."""

    _asked_for = 0

    def before_tick(self) -> None:
        """Act on the inputs."""
        self.hal.emergency_stop.is_on = True

    def before_step(self) -> None:
        """Act on the physics."""
        self._asked_for = self.plant.commands.relay[0]
        self.plant.commands.relay[0] = 0

    def after_step(self) -> None:
        """Give the command back."""
        self.plant.commands.relay[0] = self._asked_for

    def end(self) -> None:
        """Mend it."""
        self.hal.emergency_stop.is_on = False


class HeldButton(Effect):
    """A button is down."""

    button = commands.HEAT

    def before_tick(self) -> None:
        """Act on the inputs."""
        self.hal.buttons.held |= self.button

    def end(self) -> None:
        """Mend it."""
        self.hal.buttons.held &= ~self.button


class StopButton(HeldButton):
    """STOP is pressed."""

    button = commands.STOP


class BouncingButton(HeldButton):
    """HEAT's contact opens and closes without end; three equal readings are rare."""

    def before_tick(self) -> None:
        """Act on the inputs."""
        if self.simulation.ticks % 5 in (0, 1, 3):
            self.hal.buttons.held |= self.button
        else:
            self.hal.buttons.held &= ~self.button


class FootOut(Effect):
    """The foot leaves its well, and its switch opens."""

    def before_tick(self) -> None:
        """Act on the inputs."""
        self.hal.foot_switches[self.foot].is_on = False

    def end(self) -> None:
        """Mend it."""
        self.hal.foot_switches[self.foot].is_on = True


class Obstacle(Effect):
    """Something stands in the roller's way: `narrow` moves the stops, which the motor then runs into."""

    _stops = (0.0, 0.0)

    def begin(self) -> None:
        """Note what was before."""
        row = self.plant.state[self.motor_at : self.motor_at + motor.STATES]
        self._stops = (float(row[motor.LOW_STOP_M]), float(row[motor.HIGH_STOP_M]))
        self.narrow()

    def narrow(self) -> None:
        """Hold the roller where it is, both ways."""
        here_m = self.plant.state[self.motor_at + motor.POSITION_M]
        self.plant.state[self.motor_at + motor.LOW_STOP_M] = here_m
        self.plant.state[self.motor_at + motor.HIGH_STOP_M] = here_m

    def end(self) -> None:
        """Mend it."""
        self.plant.state[self.motor_at + motor.LOW_STOP_M] = self._stops[0]
        self.plant.state[self.motor_at + motor.HIGH_STOP_M] = self._stops[1]

    def shows(self) -> bool:
        """Tell whether the motor pushes in vain; the gentle search for home is meant to."""
        is_standing = self.plant.state[self.motor_at + motor.SPEED_M_S] == 0.0
        is_pushing = abs(self.plant.commands.duty[self.roller]) >= PUSHING_PERMILLE
        return bool(is_standing and is_pushing and self.simulation.app.session.state != states.SELFTEST)


class Finger(Obstacle):
    """A finger or foot in front of the roller: it may still go back."""

    def narrow(self) -> None:
        """Put the obstacle before the roller, at rest on the side away from the toes."""
        row = self.plant.state[self.motor_at : self.motor_at + motor.STATES]
        away_m = self.graded(FINGER_AWAY_M)
        here_m = row[motor.POSITION_M]
        if row[motor.SPEED_M_S] < 0.0:
            row[motor.LOW_STOP_M] = max(row[motor.LOW_STOP_M], here_m - away_m)
        else:
            row[motor.HIGH_STOP_M] = min(row[motor.HIGH_STOP_M], here_m + away_m)


class JammedSpring(Effect):
    """The springs of a foot's presses bind while they are pressed: what they gave way, the foot must give."""

    _is_jammed = False
    _rate_n_m = 0.0

    def begin(self) -> None:
        """Note what was before."""
        self._at = FOOT_ROW + self.foot * feet.CONSTANTS + feet.SPRING_N_M
        self._rate_n_m = float(self.plant.constants[self._at])

    def before_step(self) -> None:
        """Act on the physics."""
        if not self._is_jammed and self._contact_n() > JAMS_ABOVE_N:
            self._is_jammed = True
            self.plant.constants[self._at] = self._rate_n_m * self.graded(SPRING_TIMES)

    def end(self) -> None:
        """Mend it."""
        self.plant.constants[self._at] = self._rate_n_m

    def shows(self) -> bool:
        """Tell whether it makes a difference now."""
        return self._contact_n() > FORCE_MOST_N

    def _contact_n(self) -> float:
        first = CONTACT_N + ROLLERS_PER_FOOT * self.foot
        return float(self.plant.state[first : first + ROLLERS_PER_FOOT].max())


class WildForceSensor(Effect):
    """The force sensor says 80 N."""

    def before_tick(self) -> None:
        """Act on the inputs."""
        self.plant.readings.force_mn[self.roller] = WILD_FORCE_MN


class LostEncoder(Effect):
    """The encoder counts no more."""

    counts = 0

    def begin(self) -> None:
        """Note what was before."""
        self.counts = self.plant.readings.counts[self.roller]

    def before_tick(self) -> None:
        """Act on the inputs."""
        self.plant.readings.counts[self.roller] = self.says(self.plant.readings.counts[self.roller])

    def says(self, true_counts: int) -> int:
        """Return the count that is read."""
        return self.counts

    def shows(self) -> bool:
        """Tell whether the roller moves under drive."""
        is_moving = abs(self.plant.state[self.motor_at + motor.SPEED_M_S]) >= MOVING_M_S
        return bool(is_moving and self.plant.commands.driven[self.roller])


class StuckEncoder(LostEncoder):
    """One of the encoder's two channels is stuck: the count goes one up and one down."""

    def says(self, true_counts: int) -> int:
        """Return the count that is read."""
        return self.counts + (true_counts & 1)


class ReversedEncoder(LostEncoder):
    """The encoder's channels are swapped."""

    def says(self, true_counts: int) -> int:
        """Return the count that is read."""
        return 2 * self.counts - true_counts


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


class LowSupply(Effect):
    """The supply sags."""

    _open_v = 0.0

    def begin(self) -> None:
        """Note what was before."""
        self._open_v = float(self.plant.constants[SUPPLY_ROW + OPEN_V])
        self.plant.constants[SUPPLY_ROW + OPEN_V] = self.graded(SUPPLY_V)

    def end(self) -> None:
        """Mend it."""
        self.plant.constants[SUPPLY_ROW + OPEN_V] = self._open_v

    def shows(self) -> bool:
        """Tell whether it makes a difference now."""
        return bool(self.plant.state[BUS_V] < SUPPLY_LEAST_V)


class WeldedRelay(Effect):
    """The relay stays closed; only the self-test can know."""

    closed = 1
    _asked_for = 0

    def before_step(self) -> None:
        """Act on the physics."""
        self._asked_for = self.plant.commands.relay[0]
        self.plant.commands.relay[0] = self.closed

    def after_step(self) -> None:
        """Give the command back."""
        self.plant.commands.relay[0] = self._asked_for

    def shows(self) -> bool:
        """Tell whether it makes a difference now."""
        return self.simulation.app.session.state == states.SELFTEST


class OpenRelay(WeldedRelay):
    """The relay never closes."""

    closed = 0

    def shows(self) -> bool:
        """Tell whether it is asked to, in the self-test."""
        return super().shows() and bool(self._asked_for)


class StoppedLoop(Effect):
    """The firmware's loop does not come round any more."""

    def begin(self) -> None:
        """Note what was before."""
        self.simulation.is_loop_running = False

    def end(self) -> None:
        """Mend it."""
        self.simulation.is_loop_running = True


class DamagedProgram(Effect):
    """A bit of the program flips where it is stored; shows when a session is about to use it."""

    def begin(self) -> None:
        """Flip it."""
        program = self.simulation.app.session.library.chosen()
        image = bytearray(program.data)
        image[len(image) // 2] ^= 1
        program.data = bytes(image)

    def shows(self) -> bool:
        """Tell whether the self-test is on."""
        return self.simulation.app.session.state == states.SELFTEST
