"""The firmware's hardware, simulated: thin devices over the plant's command and reading arrays.

A value outside a device's range raises OutOfRangeError: the firmware must never ask for it. An output that is
not refreshed for 50 ms becomes safe, as on the board.
"""

from collections.abc import Callable, Sequence
from typing import Final

from instep.axes import (
    COUNTER_MASK,
    DISPLAY_COLUMNS,
    DISPLAY_POINTS,
    DISPLAY_ROWS,
    PULSE_MAX_US,
    PULSE_MIN_US,
    ROLLERS,
    SERVOS,
    TICK_MS,
)
from instep.hal.interface import SlackWork
from instep.hal.power_outputs import WATCHDOG_MS
from instep.units import MS_PER_S, PERMILLE
from sim.plant.machine import HEATERS, Plant

REFRESH_MS = 50
# A linear congruential generator of 32 bits (Marsaglia 2003).
_FIRST_RANDOM = 0x5EED
_RANDOM_MASK = (1 << 32) - 1
DISPLAY_CELL = 6


class OutOfRangeError(AssertionError):
    """The firmware has commanded a value outside the device's range."""


class SimMotor:
    """One roller's H-bridge."""

    def __init__(self, plant: Plant, index: int) -> None:
        self._duty = plant.commands.duty
        self._driven = plant.commands.driven
        self._current = plant.readings.current_ma
        self._index: Final = index

    def set_duty_permille(self, duty_permille: int) -> None:
        """Drive with -1000..1000 permille of the supply."""
        if not -PERMILLE <= duty_permille <= PERMILLE:
            raise OutOfRangeError(f"motor {self._index}: duty {duty_permille} permille")
        self._duty[self._index] = duty_permille
        self._driven[self._index] = 1

    def coast(self) -> None:
        """Open the bridge."""
        self._duty[self._index] = 0
        self._driven[self._index] = 0

    def read_ma(self) -> int:
        """Return the bridge current, mA."""
        return self._current[self._index]


class SimReading:
    """One reading of the plant: encoder counts, force, NTC code or supply voltage."""

    def __init__(self, values: "memoryview[int]", index: int) -> None:
        self._values = values
        self._index = index

    def read(self) -> int:
        """Return the number."""
        return self._values[self._index]

    read_counts = read_mn = read_code = read_mv = read_centi_c = read


class SimServo:
    """One channel of the servo chip."""

    def __init__(self, plant: Plant, index: int) -> None:
        self._pulses = plant.commands.pulse_us
        self._index = index

    def set_us(self, pulse_us: int) -> None:
        """Set the pulse width, 500..2500 us."""
        if not PULSE_MIN_US <= pulse_us <= PULSE_MAX_US:
            raise OutOfRangeError(f"servo {self._index}: pulse {pulse_us} us")
        self._pulses[self._index] = pulse_us

    def release(self) -> None:
        """Stop the pulses."""
        self._pulses[self._index] = 0


class SimHeater:
    """One heater's MOSFET."""

    def __init__(self, plant: Plant, index: int) -> None:
        self._heat = plant.commands.heat
        self._index = index

    def set_duty_permille(self, duty_permille: int) -> None:
        """Set the power, 0..1000 permille."""
        if not 0 <= duty_permille <= PERMILLE:
            raise OutOfRangeError(f"heater {self._index}: duty {duty_permille} permille")
        self._heat[self._index] = duty_permille


class SimSwitch:
    """A contact that the person or a fault sets."""

    def __init__(self, is_on: bool) -> None:
        self.is_on = is_on

    def read(self) -> bool:
        """Return the contact's state."""
        return self.is_on


class SimRelay:
    """The safety relay behind its pump, with its second contact; it answers in the next tick.

    As on the board, a pulse lasts for the tick that asks for it.
    """

    def __init__(self, plant: Plant) -> None:
        self._commands = plant.commands
        self._readings = plant.readings
        self._was_asked = False

    def set(self, closed: bool) -> None:
        """Give a pulse, or none."""
        self._was_asked = True
        self._commands.relay[0] = 1 if closed else 0

    def pass_tick(self) -> None:
        """Let the pin rest at its level if nobody has asked for a pulse in this tick."""
        if not self._was_asked:
            self._commands.relay[0] = 0
        self._was_asked = False

    def read(self) -> bool:
        """Return the second contact: True = closed."""
        return self._readings.relay[0] != 0


class SimButtons:
    """The six buttons; `held` is the mask of those that are down.

    `bounce_permille`: the share of a tick in which a contact bounces after a change. A reading falls into the
    bounce with half that probability, and then gives the old or the new state at random.
    """

    def __init__(self, bounce_permille: int = 0) -> None:
        self._bounce_permille = bounce_permille
        self._read = 0
        self._random = _FIRST_RANDOM
        self.held = 0

    def read_mask(self) -> int:
        """Return the mask; a contact that still bounces reads as it did before or as it will."""
        if self.held != self._read and self._bounce_permille:
            self._random = (self._random * 69_069 + 1) & _RANDOM_MASK
            if (self._random >> 8) % (2 * PERMILLE) < self._bounce_permille:
                self._read ^= (self.held ^ self._read) & self._random >> 24
                return self._read
        self._read = self.held
        return self._read


class SimDisplay:
    """The display's text, row by row, and the columns of points drawn over it: `pictures` of each row by column."""

    def __init__(self) -> None:
        self.rows = [" " * DISPLAY_COLUMNS for _ in range(DISPLAY_ROWS)]
        self.pictures: list[dict[int, bytes]] = [{} for _ in range(DISPLAY_ROWS)]

    def write_row(self, row: int, text: bytearray) -> None:
        """Show 1..21 characters in row 0..7; the rest of the row stays."""
        if not (1 <= len(text) <= DISPLAY_COLUMNS and 0 <= row < DISPLAY_ROWS):
            raise OutOfRangeError(f"display: {len(text)} characters in row {row}")
        self.rows[row] = text.decode("ascii") + self.rows[row][len(text) :]
        width = len(text) * DISPLAY_CELL
        self.pictures[row] = {at: picture for at, picture in self.pictures[row].items() if at >= width}

    def draw(self, row: int, column: int, picture: bytearray) -> None:
        """Show columns of points from `column` on."""
        if not (0 <= row < DISPLAY_ROWS and 0 <= column <= DISPLAY_POINTS - len(picture)):
            raise OutOfRangeError(f"display: {len(picture)} columns from {column} in row {row}")
        self.pictures[row][column] = bytes(picture)


class SimHal:
    """All devices of the simulated machine.

    `bus_fault_mask`: the answer of `bus_faults`. `clock_permille`: the second clock's speed against the ticks.
    `needs_reset` turns True if the watchdog was not fed in time; `reset` restarts the board.
    """

    def __init__(self, plant: Plant) -> None:
        readings = plant.readings
        self._commands = plant.commands
        self._idle_ms = 0
        self._clock_permille_ms = 0
        self._on_timer: Callable[[object], None] | None = None
        self._was_reset = False
        self.needs_reset = False
        self.bus_fault_mask = 0
        self.clock_permille = PERMILLE
        self.motors: Sequence[SimMotor] = [SimMotor(plant, index) for index in range(ROLLERS)]
        self.encoders = [SimReading(readings.counts, index) for index in range(ROLLERS)]
        self.forces = [SimReading(readings.force_mn, index) for index in range(ROLLERS)]
        self.servos = [SimServo(plant, index) for index in range(SERVOS)]
        self.heaters = [SimHeater(plant, index) for index in range(HEATERS)]
        self.elements = [SimReading(readings.ntc_code, 2 * foot) for foot in range(HEATERS)]
        self.skins = [SimReading(readings.ntc_code, 2 * foot + 1) for foot in range(HEATERS)]
        self.thermometers = [SimReading(readings.thermometer_centi_c, foot) for foot in range(HEATERS)]
        self.foot_switches = [SimSwitch(True), SimSwitch(True)]
        self.emergency_stop = SimSwitch(False)
        self.relay = SimRelay(plant)
        self.supply = SimReading(readings.supply_mv, 0)
        self.buttons = SimButtons(round(plant.button_bounce_s * MS_PER_S * PERMILLE / TICK_MS))
        self.display = SimDisplay()

    def enable_servos(self, on: bool) -> None:
        """Drive the servo chip's output-enable."""
        self._commands.servos_on[0] = 1 if on else 0

    def refresh(self) -> None:
        """Keep the outputs alive for another 50 ms."""
        self._idle_ms = 0

    def bus_faults(self) -> int:
        """Return the mask of devices that are silent or send invalid data."""
        return self.bus_fault_mask

    def slack_work(self) -> tuple[SlackWork, ...]:
        """Return no slow work: simulated devices need none."""
        return ()

    def start_deadman(self, callback: Callable[[object], None]) -> None:
        """Call `callback` on every tick of the hardware's timer."""
        self._on_timer = callback

    def cut_outputs(self) -> None:
        """Bring all outputs to their safe state."""
        self._commands.make_safe()

    def was_reset_by_watchdog(self) -> bool:
        """Return True if `reset` came from the watchdog."""
        return self._was_reset

    def clock_monitor_ms(self) -> int:
        """Return the second clock."""
        return self._clock_permille_ms // PERMILLE & COUNTER_MASK

    def reset(self) -> None:
        """Restart the board, as the watchdog does: outputs off, no timer; the caller makes a new App."""
        self._commands.make_safe()
        self._on_timer = None
        self._idle_ms = 0
        self._was_reset = self.needs_reset
        self.needs_reset = False

    def pass_tick(self) -> None:
        """Pass 10 ms on the hardware's own timers: outputs that were not refreshed fall to safe."""
        self._clock_permille_ms += TICK_MS * self.clock_permille
        self.relay.pass_tick()
        if self._on_timer is not None:
            self._on_timer(self)
        self._idle_ms += TICK_MS
        if self._idle_ms > REFRESH_MS:
            self._commands.make_safe()
        if self._idle_ms >= WATCHDOG_MS:
            self.needs_reset = True
