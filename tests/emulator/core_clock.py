"""The PLL of the processor's clock, so that what is derived from it is as fast as the firmware has reckoned.

The emulator carries out 125 million cycles in a second, whatever clock the firmware has asked for: a faster core
seems slower than it is, its bus and its PWM do not.
"""

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
_NS_PER_S = 1_000_000_000


class CoreClock(BasePeripheral):
    """The registers of PLL_SYS (RP2040 data sheet, 2.18.4); they lock at once."""

    def __init__(self, mcu: RP2040) -> None:
        super().__init__(mcu, "PLL_SYS")
        self._registers: dict[int, int] = {}
        mcu.peripherals[_PLL_SYS] = self

    @property
    def hz(self) -> int:
        """Return the clock that the firmware has asked for."""
        return int(self.rp2040.clk_sys)

    @property
    def cycle_ns(self) -> float:
        """Return how long one of its cycles takes."""
        return _NS_PER_S / self.hz

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
        self.rp2040.clk_sys = hz
        for channel in self.rp2040.pwm.channels:
            channel.timer._base_freq = hz
