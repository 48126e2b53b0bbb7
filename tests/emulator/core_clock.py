"""The clock of the emulated chip's processor: as fast as the firmware has set its PLL to be.

The emulator's own loop takes a cycle for 8 ns, whatever clock the firmware has asked for.
"""

from rp2040py.clock.clock import IClock
from rp2040py.clock.simulation_clock import SimulationClock
from rp2040py.peripherals.peripheral import BasePeripheral
from rp2040py.rp2040 import RP2040

_PLL_SYS = 0x40028
_CS = 0x0
_FBDIV_INT = 0x8
_PRIM = 0xC
_LOCKED = 1 << 31
_CRYSTAL_HZ = 12_000_000
_FIELD = 0x7
_DIVIDER_SHIFTS = (16, 12)
_LOOP_HZ = 125_000_000


class CoreTime(SimulationClock):
    """The simulated time; its loop's own ns, of which a cycle takes 8, are as short as `hz` makes them."""

    def __init__(self) -> None:
        super().__init__()
        self._loop_ns_per_ns = 1.0

    def run_at(self, hz: int) -> None:
        """Let cycles take 1/`hz` s from now on."""
        self._loop_ns_per_ns = hz / _LOOP_HZ

    def tick(self, delta_nanos: float) -> None:
        """Let so many of the loop's ns pass."""
        super().tick(delta_nanos / self._loop_ns_per_ns)

    @property
    def nanos_to_next_alarm(self) -> float:
        """How far the next alarm is, in the loop's ns: what a sleeping processor jumps."""
        return float(super().nanos_to_next_alarm) * self._loop_ns_per_ns


class CoreClock(BasePeripheral):
    """The registers of PLL_SYS (RP2040 data sheet, 2.18.4), which lock at once; `clk_sys` of the chip follows them."""

    def __init__(self, mcu: "Chip", time: CoreTime) -> None:
        super().__init__(mcu, "PLL_SYS")
        self._time = time
        self._registers: dict[int, int] = {}
        mcu.peripherals[_PLL_SYS] = self

    def read_uint32(self, offset: int) -> int:
        """Read a register."""
        return self._registers.get(offset, 0) | (_LOCKED if offset == _CS else 0)

    def write_uint32(self, offset: int, value: int) -> None:
        """Write a register."""
        self._registers[offset] = value
        if offset == _PRIM and value:
            hz = _CRYSTAL_HZ * self._registers[_FBDIV_INT]
            for shift in _DIVIDER_SHIFTS:
                hz //= value >> shift & _FIELD
            self._run_at(hz)

    def _run_at(self, hz: int) -> None:
        self._time.run_at(hz)
        self.rp2040.clk_sys = hz
        for channel in self.rp2040.pwm.channels:
            channel.timer._base_freq = hz


class Chip(RP2040):
    """An RP2040 whose time goes as its clock says."""

    def __init__(self, clock: IClock | None = None) -> None:
        time = CoreTime()
        super().__init__(time)
        CoreClock(self, time)
