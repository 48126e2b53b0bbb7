"""The ADC ADS1115 as its data sheet (TI, SBAS444) describes it: registers, and conversions that take their time."""

from collections.abc import Callable

from instep.units import NS_PER_S
from tests.emulator.chips.chip import WordChip

INPUTS = 4

_CONVERSION = 0
_CONFIG = 1
_CONFIG_AT_POWER_UP = 0x8583
_OS = 0x8000
_SINGLE_SHOT = 0x0100
_FULL_SCALE_MV = (6144, 4096, 2048, 1024, 512, 256, 256, 256)
_SAMPLES_PER_S = (8, 16, 32, 64, 128, 250, 475, 860)
_PAIRS = ((0, 1), (0, 3), (1, 3), (2, 3))
_WAKE_NS = 30_000
_CODE_MAX = 32_767
_POINTER_MASK = 3


class Ads1115(WordChip):
    """Four inputs, `inputs_mv`; `now_ns` is the simulated time. `slow` stretches conversions: the sheet allows 1.1."""

    def __init__(self, address: int, now_ns: Callable[[], float]) -> None:
        super().__init__(address, _POINTER_MASK)
        self.inputs_mv = [0.0] * INPUTS
        self.slow = 1.0
        self.conversions = 0
        self._now_ns = now_ns
        self._registers = [0, _CONFIG_AT_POWER_UP, 0x8000, 0x7FFF]
        self._ready_ns: float | None = None

    def read_word(self, register: int) -> int:
        """Return the register; that of the settings tells whether a conversion is under way."""
        self._settle()
        value = self._registers[register]
        if register == _CONFIG:
            value = value & ~_OS | (0 if self._ready_ns is not None else _OS)
        return value

    def write_word(self, register: int, value: int) -> None:
        """Take a value, unless the register is that of the conversion; the settings may begin one."""
        self._settle()
        if register == _CONVERSION:
            return
        self._registers[register] = value
        if register == _CONFIG and (value & _OS or not value & _SINGLE_SHOT):
            self._ready_ns = self._now_ns() + _WAKE_NS + self._conversion_ns()

    def _conversion_ns(self) -> float:
        return self.slow * NS_PER_S / _SAMPLES_PER_S[self._registers[_CONFIG] >> 5 & 7]

    def _settle(self) -> None:
        """Finish a conversion whose time is over; without single shot the next begins at once."""
        if self._ready_ns is None or self._now_ns() < self._ready_ns:
            return
        self._registers[_CONVERSION] = self._convert() & 0xFFFF
        self.conversions += 1
        is_single = self._registers[_CONFIG] & _SINGLE_SHOT
        self._ready_ns = None if is_single else self._now_ns() + self._conversion_ns()

    def _convert(self) -> int:
        config = self._registers[_CONFIG]
        select = config >> 12 & 7
        full_mv = _FULL_SCALE_MV[config >> 9 & 7]
        if select >= INPUTS:
            measured_mv = self.inputs_mv[select - INPUTS]
        else:
            plus, minus = _PAIRS[select]
            measured_mv = self.inputs_mv[plus] - self.inputs_mv[minus]
        return max(-_CODE_MAX - 1, min(_CODE_MAX, round(measured_mv / full_mv * (_CODE_MAX + 1))))
