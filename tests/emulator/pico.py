"""An emulated Pico with MicroPython on it, driven step by step: nothing happens but what the test lets happen."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

from rp2040py.boards import BOARDS
from rp2040py.device.base_device import BaseDevice, ResetCause
from rp2040py.execute_batch import execute_batch
from rp2040py.memory_map import FLASH_START_ADDRESS

from instep.units import HZ_PER_MHZ, NS_PER_MS, NS_PER_US
from tests.emulator.core_clock import Chip
from tests.emulator.outputs import silence_pwm_edges
from tests.emulator.usb_host import UsbHost

# So many instructions at a time see the same time: 0.5 us at most, and twice as fast.
_BATCH = 64
_JUMP_TO_ITSELF = b"\xfe\xe7"
# Behind MicroPython's own code, before the file system.
_FREE_AT = 0x9F000


class TooLateError(AssertionError):
    """What was waited for has not happened in the time given."""


class Pico(BaseDevice):
    """The chip, its flash and the USB cable. Time stands still between calls; `now_ns` is the simulated time."""

    def __init__(self, uf2: Path) -> None:
        super().__init__(board=dataclasses.replace(BOARDS["pico"], mcu=Chip, image=uf2, extras=()))
        self.usb = UsbHost(self.mcu.usb_ctrl)
        self.cdc = self.usb
        self.resets: list[tuple[float, ResetCause]] = []
        silence_pwm_edges(self.mcu)
        self._alarm = self.simulator.clock.create_alarm(self.simulator.stop)
        self.mcu.core.pc = FLASH_START_ADDRESS

    @property
    def now_ns(self) -> float:
        """Simulated time since power was first switched on, ns."""
        return float(self.simulator.clock.nanos)

    @property
    def now_ms(self) -> float:
        """The same in ms."""
        return self.now_ns / NS_PER_MS

    @property
    def mhz(self) -> int:
        """The processor's clock now, MHz."""
        return int(self.mcu.clk_sys) // HZ_PER_MHZ

    def run_us(self, time_us: float) -> None:
        """Let the chip run for so long."""
        end_ns = self.now_ns + time_us * NS_PER_US
        self._alarm.schedule(time_us * NS_PER_US)
        while self.now_ns < end_ns:
            self.step()

    def run_ms(self, time_ms: float) -> None:
        """Let the chip run for so long."""
        self.run_us(time_ms * 1000)

    def step(self) -> None:
        """Let the chip run for some 5 ms of the host's time."""
        self.simulator.stopped = False
        execute_batch(self.simulator, _BATCH)

    def run_until(self, happened: Callable[[], bool], within_ms: float, step_us: float = 1000) -> float:
        """Run until `happened`, asked every `step_us`; return how long it took, ms; TooLateError after `within_ms`."""
        start_ms = self.now_ms
        while not happened():
            if self.now_ms - start_ms >= within_ms:
                raise TooLateError(f"not within {within_ms} ms; the board says: {bytes(self.usb.received[-2000:])!r}")
            self.run_us(step_us)
        return self.now_ms - start_ms

    def hard_reset(self, *, cause: ResetCause = ResetCause.RUN_PIN) -> None:
        """Reset the chip; note when, and why."""
        self.resets.append((self.now_ms, cause))
        super().hard_reset(cause=cause)

    def hang(self) -> None:
        """Let the program turn in a circle from now on; interrupts go on, as when a loop does not end."""
        while self.mcu.core.ipsr:
            self.run_us(1)
        self.mcu.flash[_FREE_AT : _FREE_AT + len(_JUMP_TO_ITSELF)] = _JUMP_TO_ITSELF
        self.mcu.core.pc = FLASH_START_ADDRESS + _FREE_AT

    def power_cycle(self) -> None:
        """Take the power away and give it back: memory holds nothing, flash what it had."""
        self.mcu.sram[:] = bytes(len(self.mcu.sram))
        self.hard_reset(cause=ResetCause.POWER_ON)
