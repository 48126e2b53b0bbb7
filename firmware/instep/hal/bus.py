"""The I2C bus and the chips' places on it: nothing raises, nothing allocates while all is well, nothing waits long.

A transfer that fails is tried once more; then its chip counts as silent until a transfer succeeds. A bus that is held
(the controller's own time limit ran out) is left alone for the rest of the tick, so that one hung wire costs one time
limit and not twenty; `Bus.recover` clocks it free between ticks, less and less often while that does not help.
"""

from errno import ETIMEDOUT

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.hal.machine_api import I2c

# Ticks between two attempts to free the bus: doubled from the first to the last while it stays held.
_FIRST_PAUSE_TICKS = const(2)
_LAST_PAUSE_TICKS = const(64)

# A chip that was silent the last time is asked once.
_TRIES = const(2)
_TRIES_OF_SILENT = const(1)

_COUNT_MASK = const(0xFFFF)
_CONFUSED_SHIFT = const(8)


class Bus:
    """The controller; `free` clocks a held bus free and sets the controller up again, in less than 1 ms.

    `troubles` counts the ports with an error.
    """

    def __init__(self, i2c: "I2c", free: "Callable[[], None]") -> None:
        self.i2c = i2c
        self._free = free
        self._ports: list[Port] = []
        self._pause_ticks = _FIRST_PAUSE_TICKS
        self._ticks = 0
        self.is_held = False
        self.recoveries = 0
        self.troubles = 0

    def add(self, port: "Port") -> None:
        """Register `port`; `faults()` then includes its errors."""
        self._ports.append(port)

    def faults(self) -> int:
        """Return the devices that were silent (bits 0..7) or sent invalid data (bits 8..15) the last time."""
        faults = 0
        if self.troubles:
            for port in self._ports:
                if port.is_silent:
                    faults |= port.bit
                if port.is_confused:
                    faults |= port.bit << _CONFUSED_SHIFT
        return faults

    def note(self, error: OSError) -> None:
        """Distinguish a held bus, which times out, from a chip that does not acknowledge."""
        if error.errno == ETIMEDOUT:
            self.is_held = True

    def recover(self) -> None:
        """Free a held bus when it is time to try again; call once a tick."""
        if not self.is_held:
            self._pause_ticks = _FIRST_PAUSE_TICKS
            self._ticks = 0
            return
        self._ticks += 1
        if self._ticks < self._pause_ticks:
            return
        self._ticks = 0
        if self._pause_ticks < _LAST_PAUSE_TICKS:
            self._pause_ticks *= 2
        self.recoveries = (self.recoveries + 1) & _COUNT_MASK
        self._free()
        self.is_held = False


class Port:
    """One chip's place on the bus; `bit` is its device's in `Bus.faults`.

    `is_silent`: it did not answer the last time. `is_confused`: its last answer was invalid, as its driver reports by
    `note_nonsense`. `errors` counts both and wraps.
    """

    def __init__(self, bus: Bus, address: int, bit: int) -> None:
        self._bus = bus
        self._i2c = bus.i2c
        self._address = address
        self.bit = bit
        self.is_silent = False
        self.is_confused = False
        self.errors = 0
        bus.add(self)

    def write(self, buffer: "bytes | bytearray | memoryview") -> bool:
        """Write `buffer`, register first; return True if every byte was acknowledged."""
        bus = self._bus
        for _ in range(_TRIES_OF_SILENT if self.is_silent else _TRIES):
            if bus.is_held:
                break
            try:
                if self._i2c.writeto(self._address, buffer) == len(buffer):
                    if self.is_silent:
                        self._note_silence(False)
                    return True
            except OSError as error:
                bus.note(error)
        self._note_silence(True)
        return False

    def read(self, register: bytes, into: bytearray) -> bool:
        """Fill `into` from `register` on; return True if the chip answered; otherwise `into` is undefined.

        In two calls, because `readfrom_mem_into` does not report a register that was not acknowledged.
        """
        bus = self._bus
        address = self._address
        for _ in range(_TRIES_OF_SILENT if self.is_silent else _TRIES):
            if bus.is_held:
                break
            try:
                if self._i2c.writeto(address, register, False) == 1:
                    self._i2c.readfrom_into(address, into)
                    if self.is_silent:
                        self._note_silence(False)
                    return True
            except OSError as error:
                bus.note(error)
        self._note_silence(True)
        return False

    def note_nonsense(self, is_confused: bool) -> None:
        """Set whether the last answer was invalid."""
        if is_confused:
            self.errors = (self.errors + 1) & _COUNT_MASK
        if is_confused != self.is_confused:
            self.is_confused = is_confused
            self._bus.troubles += 1 if is_confused else -1

    def _note_silence(self, is_silent: bool) -> None:
        if is_silent:
            self.errors = (self.errors + 1) & _COUNT_MASK
        if is_silent != self.is_silent:
            self.is_silent = is_silent
            self._bus.troubles += 1 if is_silent else -1
