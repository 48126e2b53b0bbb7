"""The I²C bus of the emulated chip: bytes take their time, chips may be silent, SDA may be stuck.

The emulator's own controller moves bytes in no time and says "transmitter empty" before they are on the wire; the
firmware's ticks would seem faster than they are, and a byte that is not acknowledged would wait for its timeout.
"""

from collections.abc import Callable

from rp2040py.gpio_pin import GPIOPinState
from rp2040py.irq import IRQ
from rp2040py.peripherals.i2c import RPI2C, I2CMode, I2CState
from rp2040py.rp2040 import RP2040

from instep.units import NS_PER_S
from tests.emulator.chips.chip import Chip

_I2C0 = 0x40044
_ENABLE = 0x6C
_RAW_INTERRUPTS = 0x34
_TX_EMPTY = 1 << 4
_ABORT_FLUSH = 0x1FF << 23
_BITS_PER_BYTE = 9


class I2cBus(RPI2C):
    """The controller I2C0 and its wires on GPIO `sda` and `scl`; `add` chips before the firmware talks to them."""

    def __init__(self, mcu: RP2040, sda: int, scl: int) -> None:
        super().__init__(mcu, "I2C0", IRQ.I2C0)
        self.transfers = 0
        self.bytes = 0
        self._chips: dict[int, Chip] = {}
        self._chip: Chip | None = None
        self._is_shifting = False
        self._is_waiting = False
        self._clocks_to_free = 0
        self._then: Callable[[], None] = self.complete_stop
        self._alarm = mcu.clock.create_alarm(lambda: self._then())
        self._sda = mcu.gpio[sda]
        self.on_start = lambda is_repeated: self._begin()
        self.on_connect = lambda address, mode: self._later(_BITS_PER_BYTE, lambda: self._connect(address, mode))
        self.on_write_byte = lambda value: self._later(_BITS_PER_BYTE, lambda: self._write(value))
        self.on_read_byte = lambda is_wanted: self._later(_BITS_PER_BYTE, self._read)
        self.on_stop = lambda: self._later(1, self._end)
        for pin in (sda, scl):
            mcu.gpio[pin].set_input_value(True)  # the bus's pull-ups
        mcu.gpio[scl].add_listener(self._clocked)
        mcu.i2c[0] = self
        mcu.peripherals[_I2C0] = self

    def add(self, *chips: Chip) -> None:
        """Solder chips to the bus."""
        self._chips.update({chip.address: chip for chip in chips})

    def hold_sda(self, clocks: int) -> None:
        """Let a confused chip hold SDA low until it has seen so many clocks."""
        self._clocks_to_free = clocks
        self._sda.set_input_value(False)

    @property
    def is_stuck(self) -> bool:
        """Return True if SDA is held low."""
        return self._clocks_to_free > 0

    def _clocked(self, new: GPIOPinState, old: GPIOPinState) -> None:
        """Count the clocks that the firmware makes by hand."""
        if self._clocks_to_free and old == GPIOPinState.LOW and new != GPIOPinState.LOW:
            self._clocks_to_free -= 1
            if not self._clocks_to_free:
                self._sda.set_input_value(True)

    def _later(self, bits: int, then: Callable[[], None]) -> None:
        """Do `then` when so many bits have gone over the wire."""
        self._then = then
        self._is_shifting = True
        cycle_ns = NS_PER_S / self.rp2040.clk_sys
        self._alarm.schedule(bits * (self.scl_low_period + self.scl_high_period) * cycle_ns)

    def _begin(self) -> None:
        """Start, unless SDA is held: then nothing happens, and the firmware runs into its timeout."""
        self._is_waiting = self.is_stuck
        if not self._is_waiting:
            self._later(1, self.complete_start)

    def _connect(self, address: int, mode: I2CMode) -> None:
        self._is_shifting = False
        chip = self._chips.get(address)
        self._chip = chip if chip is not None and not chip.is_silent else None
        self.transfers += 1
        self.bytes += 1
        if self._chip is not None:
            self._chip.start(mode == I2CMode.READ)
        self.complete_connect(self._chip is not None)

    def _write(self, value: int) -> None:
        self._is_shifting = False
        self.bytes += 1
        chip = self._chip
        is_acknowledged = chip is not None and not chip.is_silent and chip.write(value)
        self.complete_write(is_acknowledged)
        if self._tx_fifo.empty:
            super()._set_interrupts(_TX_EMPTY)

    def _read(self) -> None:
        self._is_shifting = False
        self.bytes += 1
        chip = self._chip
        self.complete_read(0xFF if chip is None or chip.is_silent else chip.read())

    def _end(self) -> None:
        self._is_shifting = False
        if self._chip is not None:
            self._chip.stop()
            self._chip = None
        self.complete_stop()

    def _set_interrupts(self, mask: int) -> None:
        """Report "transmitter empty" only when the byte has left the shift register, as TX_EMPTY_CTRL asks for."""
        if not (mask == _TX_EMPTY and self._is_shifting):
            super()._set_interrupts(mask)

    def _abort(self, reason: int) -> None:
        """Abort; the emulator's own count of flushed bytes overwrites the reason of the abort before."""
        self.abort_source &= ~_ABORT_FLUSH
        super()._abort(reason)
        super()._set_interrupts(_TX_EMPTY)

    def read_uint32(self, offset: int) -> int:
        """Read a register; the one that the firmware waits on comes first."""
        return int(self.int_raw) if offset == _RAW_INTERRUPTS else super().read_uint32(offset)

    def write_uint32(self, offset: int, value: int) -> None:
        """Write a register; a controller that is switched off gives up what it could not start."""
        if offset == _ENABLE and not value & 1 and self._is_waiting:
            self._is_waiting = self._busy = False
            self._state = I2CState.IDLE
        super().write_uint32(offset, value)

    def reset(self) -> None:
        """Put the controller back to power-on; the chips do not notice."""
        self._alarm.cancel()
        self._is_shifting = self._is_waiting = False
        super().reset()
