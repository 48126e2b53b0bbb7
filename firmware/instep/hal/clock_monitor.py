"""A time source beside the microsecond timer that makes the ticks: a PWM block that counts the processor's clock.

The timer counts the crystal through the watchdog's divider, this one counts the system PLL: a wrong divider, a wrong
PLL or a timer that stands shows as a difference. One crystal feeds both: its own fault does not show.
"""

from instep.axes import COUNTER_MASK
from instep.units import MS_PER_S
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.machine_api import Registers

# Block 7 drives GPIO 14 and 15, which are encoder inputs: nothing else uses it, and no pin is given to it.
_BLOCK = const(7)
_STRIDE = const(0x14)
_CSR = const(0x00)
_DIV = const(0x04)
_CTR = const(0x08)
_TOP = const(0x10)
_ENABLE = const(1)
_DIVIDER = const(250)
_DIVIDER_SHIFT = const(4)
_COUNT_MASK = const(0xFFFF)


class ClockMonitor:
    """Milliseconds from the processor's clock of `frequency_hz`; read it at least every 80 ms."""

    def __init__(self, registers: "Registers", pwm_base: int, frequency_hz: int) -> None:
        self._registers = registers
        block = pwm_base + _BLOCK * _STRIDE
        registers[block + _DIV] = _DIVIDER << _DIVIDER_SHIFT
        registers[block + _TOP] = _COUNT_MASK
        registers[block + _CSR] = _ENABLE
        self._counter = block + _CTR
        self._counts_per_ms = frequency_hz // _DIVIDER // MS_PER_S
        self._last = registers[self._counter]
        self._rest = 0
        self._ms = 0

    def read_ms(self) -> int:
        """Return the milliseconds, wrapping at 2^29."""
        count = self._registers[self._counter]
        self._rest += (count - self._last) & _COUNT_MASK
        self._last = count
        passed_ms = self._rest // self._counts_per_ms
        self._rest -= passed_ms * self._counts_per_ms
        self._ms = (self._ms + passed_ms) & COUNTER_MASK
        return self._ms
