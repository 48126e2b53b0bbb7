"""The pins that carry power, and their safe state.

`cut` holds the pins low in hardware; the deadman timer calls it when the loop's heartbeat is missing for 40 ms. 1 s
without `refresh` the watchdog resets the chip; without a driven pin, resistors switch bridges, heaters and servo
chip off. The relay needs no timer: it opens by itself 50 ms after the last pulse.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.gpio_override import GpioOverride
    from instep.hal.machine_api import Chip, Pin, Pwm, Watchdog

WATCHDOG_MS = 1_000


class PowerOutputs:
    """Bridges, heaters, relay and the servo chip's output-enable, which is active low."""

    def __init__(
        self,
        chip: "Chip",
        pwms: "tuple[Pwm, ...]",
        override: "GpioOverride",
        relay_pin: "Pin",
        servo_disable: "Pin",
        was_reset_by_watchdog: bool,
    ) -> None:
        self._chip = chip
        self._pwms = pwms
        self._override = override
        self._relay_pin = relay_pin
        self._servo_disable = servo_disable
        self._was_reset_by_watchdog = was_reset_by_watchdog
        self._watchdog: Watchdog | None = None
        self._is_cut = False
        self._are_servos_wanted = False

    def enable_servos(self, on: bool) -> None:
        """Enable or disable the servo chip's outputs."""
        self._are_servos_wanted = on
        if on:
            self._servo_disable.off()
        else:
            self._servo_disable.on()

    def start_watchdog(self) -> None:
        """Start the watchdog, which nothing can stop: from now on `refresh` has to be called."""
        self._watchdog = self._chip.WDT(timeout=WATCHDOG_MS)

    def was_reset_by_watchdog(self) -> bool:
        """Return True if the last start followed a loop that had stopped: 1 s without `refresh`."""
        return self._was_reset_by_watchdog

    def refresh(self) -> None:
        """Keep the outputs alive for another 50 ms; after a cut, release them: everything off but the servos."""
        if self._watchdog is not None:
            self._watchdog.feed()
        if self._is_cut:
            self._is_cut = False
            for pwm in self._pwms:
                pwm.duty_u16(0)
            self._override.release()
            self.enable_servos(self._are_servos_wanted)

    def cut(self) -> None:
        """Open bridges and relay, heaters and servos off; in a hard interrupt: it neither allocates nor raises."""
        self._is_cut = True
        self._override.hold()
        self._relay_pin.off()
        self._servo_disable.on()
