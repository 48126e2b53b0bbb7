"""All devices of the board, as the firmware asks for them (`interface.py`); `rp2.py` makes them."""

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from machine import Timer

    from instep.hal.ads1115 import ForceSensor, Thermistor
    from instep.hal.bridge import Bridge, HeaterSwitch
    from instep.hal.bus import Bus
    from instep.hal.clock_monitor import ClockMonitor
    from instep.hal.exchange import Exchange
    from instep.hal.machine_api import Chip
    from instep.hal.mcp9808 import Mcp9808
    from instep.hal.mcp23017 import ButtonRow, Contact, ExpanderOutput
    from instep.hal.pca9685 import ServoChannel
    from instep.hal.power_outputs import PowerOutputs
    from instep.hal.quadrature import QuadratureEncoder
    from instep.hal.ssd1306 import Ssd1306
    from instep.hal.switches import EmergencyStop, Light, SafetyRelay, SupplyMeter
    from instep.hal.usb_endpoint import UsbEndpoint

_DEADMAN_MS = const(10)


class Hardware:
    """The devices, and what the loop does around a tick; `was_interrupted`: Ctrl-C came in the timer's interrupt.

    Lists stand in the order of the rollers, else left, right.
    """

    motors: "list[Bridge]"
    encoders: "list[QuadratureEncoder]"
    forces: "list[ForceSensor]"
    servos: "list[ServoChannel]"
    heaters: "list[HeaterSwitch]"
    elements: "list[Thermistor]"
    skins: "list[Thermistor]"
    thermometers: "list[Mcp9808]"
    foot_switches: "list[Contact]"
    emergency_stop: "EmergencyStop"
    relay: "SafetyRelay"
    supply: "SupplyMeter"
    buttons: "ButtonRow"
    display: "Ssd1306"
    usb: "UsbEndpoint"

    def __init__(
        self,
        chip: "Chip",
        exchange: "Exchange",
        outputs: "PowerOutputs",
        bus: "Bus",
        clock: "ClockMonitor",
        buzzer: "ExpanderOutput",
        light: "Light",
    ) -> None:
        self._chip = chip
        self._callback: Callable[[object], None] | None = None
        self._timer: Timer | None = None
        self.was_interrupted = False
        # Bound here, so that a tick does not pay for a second call each.
        self.begin_tick = exchange.begin
        self.end_tick = exchange.end
        self.slack_work = exchange.slack_work
        self.enable_servos = outputs.enable_servos
        self.refresh = outputs.refresh
        self.cut_outputs = outputs.cut
        self.start_watchdog = outputs.start_watchdog
        self.was_reset_by_watchdog = outputs.was_reset_by_watchdog
        self.bus_faults = bus.faults
        self.clock_monitor_ms = clock.read_ms
        self.set_buzzer = buzzer.set
        self.set_light = light.set

    def start_deadman(self, callback: "Callable[[object], None]") -> None:
        """Call `callback(timer)` in a hardware timer's hard interrupt, every 10 ms from now on."""
        self._callback = callback
        self._timer = self._chip.Timer(
            -1, mode=self._chip.Timer.PERIODIC, period=_DEADMAN_MS, callback=self._on_timer, hard=True
        )

    def _on_timer(self, timer: "Timer") -> None:
        """Call back; a Ctrl-C that arrives in the interrupt is raised in it, and would end the timer."""
        try:
            self._callback(timer)
        except BaseException:  # noqa: BLE001
            self.was_interrupted = True
