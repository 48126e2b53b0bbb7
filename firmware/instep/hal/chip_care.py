"""The chips' turn on the bus, once between two ticks: send outputs, check settings, start conversions."""

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.ads1115 import Ads1115
    from instep.hal.bridge import Currents
    from instep.hal.clock_monitor import ClockMonitor
    from instep.hal.force_schedule import ForceSchedule
    from instep.hal.interface import SlackWork
    from instep.hal.mcp9808 import Mcp9808
    from instep.hal.mcp23017 import Expander
    from instep.hal.pca9685 import ServoChip
    from instep.hal.ssd1306 import Ssd1306

# A thermistor's conversion takes less than a tick and gets two, of which one may be cut short; all four, 80 ms.
_TICKS = const(8)

# The chips' turn, up to 2.2 ms, is done however little time is left: the next tick needs it.
_ALWAYS_US = const(0)
# Budgets of the other work, us: measured on an RP2040 (emulated, at 125 MHz).
_TURN_US = const(1_300)
_FETCH_US = const(600)
_DRAW_US = const(1_000)


class ChipCare:
    """Do the chips' work between two ticks; `is_due` from the end of a tick until it is done.

    `heat_inputs` are the channels of the thermistors in the order of their conversion. Each thermometer has its turn
    every 40 ms and gives a value every 80 ms.
    """

    def __init__(  # noqa: PLR0913 # every chip has its own part in the care
        self,
        expander: "Expander",
        currents: "Currents",
        servo_chip: "ServoChip",
        display: "Ssd1306",
        forces: "ForceSchedule",
        heat_adc: "Ads1115",
        heat_inputs: "list[int]",
        clock: "ClockMonitor",
        thermometers: "list[Mcp9808]",
    ) -> None:
        self._expander = expander
        self._currents = currents
        self._servo_chip = servo_chip
        self._display = display
        self.forces = forces
        self._heat_adc = heat_adc
        self._heat_inputs = heat_inputs
        self._clock = clock
        self._thermometers = thermometers
        self._ticks = 0
        self.is_due = False

    def slack_work(self) -> "tuple[SlackWork, ...]":
        """Return the slow work: first what the next tick needs, then the display's."""
        return (
            (self.take_care, _ALWAYS_US, True),
            (self.forces.turn, _TURN_US, True),
            (self.forces.fetch, _FETCH_US, True),
            (self.draw, _DRAW_US, False),
        )

    def take_care(self, _ticks: int) -> bool:
        """Do the work, once after every tick; return False if it is done."""
        if not self.is_due:
            return False
        self.is_due = False
        self._do()
        return True

    def draw(self, _ticks: int) -> bool:
        """Send a piece of the picture; return False if nothing has changed or other chips come first."""
        return not self.is_due and self._display.slack()

    def _do(self) -> None:
        """Start the conversions that the next tick reads, send the outputs, and check half of the chips.

        Each chip is checked every other tick. The forces' ADCs convert while the bus serves the others.
        """
        self.forces.begin()
        self._servo_chip.flush()
        self._currents.switch()
        self._expander.flush()
        if self._ticks & 1:
            self._servo_chip.check()
            self._expander.check()
            self._clock.read_ms()
            self._visit_thermometers(self._ticks >> 1 & 1)
        else:
            self._display.check()
            self._heat_adc.check()
            self._heat_adc.turn(self._heat_inputs[self._ticks >> 1])
        self._ticks += 1
        if self._ticks == _TICKS:
            self._ticks = 0

    def _visit_thermometers(self, turn: int) -> None:
        """Visit the one whose turn it is, and one that is silent: it may have answered again at once."""
        index = 0
        for thermometer in self._thermometers:
            if index == turn or thermometer.is_silent():
                thermometer.visit()
            index += 1
