"""What the firmware asks of hardware: one small Protocol per device, integers in and out, nothing blocks.

Only type checkers import this file; it is not installed on the board. Three families implement it: `rp2.py` (the
board), `sim/hal.py` (simulated physics) and `tests/fakes.py` (recording fakes that assert their ranges).
Every powered output falls to safe by itself when `Hal.refresh` has not been called for 50 ms.

A device on the bus that does not answer raises nothing: reading it returns its last good value, writing to it does
nothing, and `Hal.bus_faults` says so until it answers again.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from instep.kernel import ptr32

# A piece of slow work that takes the ticks since power-up and returns False if none is due; what it takes at most, us;
# whether it comes before all other slow work.
SlackWork = tuple[Callable[[int], bool], int, bool]


class Motor(Protocol):
    """A DC gearmotor behind an H-bridge; positive duty moves away from the toe tips."""

    def set_duty_permille(self, duty_permille: int) -> None:
        """Drive with -1000..1000 ‰ of the supply voltage."""

    def coast(self) -> None:
        """Open the bridge: no current flows, the gear alone brakes."""

    def read_ma(self) -> int:
        """Return the size of the bridge current, mA >= 0."""


class StateMemory(Protocol):
    """Where drives and monitors have their states."""

    def take(self, size: int, fixed: int) -> ptr32:
        """Return a state of `size` words, the last `fixed` of them fixed, and their inverses behind it."""


class Encoder(Protocol):
    """A quadrature encoder, four edges counted; positive away from the toe tips."""

    def read_counts(self) -> int:
        """Return the counts since power-up, signed."""


class ForceSensor(Protocol):
    """The force under one roller."""

    def read_mn(self) -> int:
        """Return the newest conversion, mN (small negative values are noise)."""


class Servo(Protocol):
    """One channel of the servo chip; 50 Hz, so a new pulse takes effect within 20 ms."""

    def set_us(self, pulse_us: int) -> None:
        """Set the pulse width, 500..2500 us."""

    def release(self) -> None:
        """Stop the pulses: the servo goes limp."""


class Heater(Protocol):
    """A heater film behind a MOSFET."""

    def set_duty_permille(self, duty_permille: int) -> None:
        """Set the power, 0..1000 ‰ of full."""


class Thermistor(Protocol):
    """An NTC with its pull-up, read ratiometrically."""

    def read_code(self) -> int:
        """Return voltage over reference as 0..32767; 16384 is 25 °C."""


class Thermometer(Protocol):
    """A digital thermometer at the skin side of a well, which shares nothing with the thermistors but the bus."""

    def read_centi_c(self) -> int:
        """Return the newest conversion, 0.01 °C."""


class Switch(Protocol):
    """A contact: emergency stop (True = pressed), foot switch (True = foot present), relay read-back."""

    def read(self) -> bool:
        """Return the contact's state, polarity hidden."""


class Relay(Protocol):
    """The safety relay that feeds motors and heaters; it stays closed only while every tick asks for it."""

    def set(self, closed: bool) -> None:
        """Ask the relay to close or open; 50 ms after the last request to close it is open by itself."""

    def read(self) -> bool:
        """Return its second contact: True = closed."""


class Supply(Protocol):
    """The 12 V supply."""

    def read_mv(self) -> int:
        """Return the supply voltage, mV."""


class Buttons(Protocol):
    """The six buttons."""

    def read_mask(self) -> int:
        """Return a bit per pressed button, in the order of `panel/buttons.py`."""


class Display(Protocol):
    """128 by 64 points: eight rows of 21 characters, 6 points wide each, and pictures over them."""

    def write_row(self, row: int, text: bytearray) -> None:
        """Show 1..21 ASCII characters in row 0..7, over what stood there; the rest of the row stays as it is."""

    def draw(self, row: int, column: int, picture: bytearray) -> None:
        """Show columns of 8 points (bit 0 on top) in row 0..7 from `column` on; all within 0..127."""


# Devices on the bus: bits of `Hal.bus_faults`, from bit 0 when silent, from bit 8 when they send invalid data.
BUS_DEVICES = ("servos", "heat_adc", "force_adc", "buttons", "display", "thermometers")


class UsbLine(Protocol):
    """The serial line to the laptop, as the chip's USB controller shows it."""

    def is_open(self) -> bool:
        """Return True if a laptop has configured the board since the last reset of the bus."""

    def packet(self) -> int:
        """Return a mark of the last packet that the laptop has taken, other than that before; -1 while one waits."""

    def frame(self) -> int:
        """Return the number of the bus's newest frame: one each ms, none while the bus is suspended or unplugged."""


class Hal(Protocol):
    """All devices.

    Rollers stand in the order left top, left sole, right top, right sole. The servos of a foot follow each other in
    the order of the axes from top_press on. Everything else: left, right.
    """

    @property
    def motors(self) -> Sequence[Motor]:
        """Return the four roller motors."""

    @property
    def encoders(self) -> Sequence[Encoder]:
        """Return the four roller encoders."""

    @property
    def forces(self) -> Sequence[ForceSensor]:
        """Return the four force sensors."""

    @property
    def servos(self) -> Sequence[Servo]:
        """Return the sixteen servos."""

    @property
    def heaters(self) -> Sequence[Heater]:
        """Return the two heaters."""

    @property
    def elements(self) -> Sequence[Thermistor]:
        """Return the thermistors at the two heater elements."""

    @property
    def skins(self) -> Sequence[Thermistor]:
        """Return the thermistors at the two skin sides."""

    @property
    def thermometers(self) -> Sequence[Thermometer]:
        """Return the digital thermometers at the two skin sides."""

    @property
    def foot_switches(self) -> Sequence[Switch]:
        """Return the two foot switches."""

    @property
    def emergency_stop(self) -> Switch:
        """Return the emergency stop's contact."""

    @property
    def relay(self) -> Relay:
        """Return the safety relay."""

    @property
    def supply(self) -> Supply:
        """Return the supply's meter."""

    @property
    def buttons(self) -> Buttons:
        """Return the buttons."""

    @property
    def display(self) -> Display:
        """Return the display."""

    def enable_servos(self, on: bool) -> None:
        """Drive the servo chip's output-enable."""

    def refresh(self) -> None:
        """Keep the outputs alive for another 50 ms."""

    def bus_faults(self) -> int:
        """Return the devices on the bus that were silent (bits 0..7) or sent invalid data (bits 8..15) last time."""

    def slack_work(self) -> tuple[SlackWork, ...]:
        """Return the slow work between two ticks, most urgent first."""

    def start_deadman(self, callback: "Callable[[object], None]") -> None:
        """Call `callback(timer)` in a hardware timer's hard interrupt, every 10 ms from now on."""

    def cut_outputs(self) -> None:
        """Open bridges and relay, heaters and servos off; in a hard interrupt: it may neither allocate nor raise."""

    def was_reset_by_watchdog(self) -> bool:
        """Return True if the last start followed a loop that had stopped: 1 s without `refresh`."""

    def clock_monitor_ms(self) -> int:
        """Return the milliseconds of a time source other than the one that makes the ticks; wraps at 2^29."""
