"""The servo chip PCA9685: sixteen pulses at 50 Hz; only what has changed is written, neighbours in one burst.

Registers from NXP's PCA9685 data sheet, rev. 4. The drivers that circulate for MicroPython write one channel a
transfer from a `struct.pack`, which allocates, and none notices that the chip has lost its settings.
"""

from array import array

from instep.axes import PULSE_MAX_US, PULSE_MIN_US
from instep.units import HZ_PER_KHZ
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.bus import Port

CHANNELS = 16

_MODE1 = const(0x00)
_LED0_OFF = const(0x08)
_ALL_LED = const(0xFA)
_PRE_SCALE = const(0xFE)
_BYTES = const(4)  # of a channel: ON low, ON high, OFF low, OFF high

_SLEEP = const(0x10)  # MODE1; PRE_SCALE can only be written while asleep
_INCREMENT = const(0x20)
_TOTEM_POLE = const(0x04)  # MODE2; its other bits 0: outputs are low while OE is high, and change at the STOP
_ALWAYS_OFF = const(0x10)  # OFF high

_STEPS = const(4_096)
_HZ = const(50)
# Steps per us are kept in 65536ths; 2500 us of them stay inside 30 bits.
_SCALE_BITS = const(16)
_SCALE_HALF = const(1 << 15)
_ALL_CHANNELS = const(0xFFFF)
_NO_PULSE = const(0)

# What MODE1 and MODE2 say while the chip has kept its settings; after a reset they say 0x11, 0x04.
_MODES = bytes((_INCREMENT, _TOTEM_POLE))


class ServoChip:
    """The chip behind `port`; `clock_khz` is its oscillator (25 MHz, real ones differ by some per cent)."""

    def __init__(self, port: "Port", clock_khz: int) -> None:
        self._port = port
        # Rounded to the nearest: 121 with 25 MHz.
        period = (clock_khz * HZ_PER_KHZ + _STEPS * _HZ // 2) // (_STEPS * _HZ)
        self._scale = (clock_khz << _SCALE_BITS) // (period * HZ_PER_KHZ)
        self._steps = array("H", [_NO_PULSE] * CHANNELS)
        self._changed = _ALL_CHANNELS
        buffer = bytearray(CHANNELS * _BYTES - 1)
        self._buffer = buffer
        # Of so many channels: from the first one's OFF low to the last one's OFF high.
        self._bursts = tuple([memoryview(buffer)[: max(1, count * _BYTES - 1)] for count in range(CHANNELS + 1)])
        self._modes = bytearray(len(_MODES))
        self._register = bytes((_MODE1,))
        self._period = period - 1
        self._period_register = bytes((_PRE_SCALE,))
        self._period_found = bytearray(1)
        self._set_up = (
            # From here on the register counts up: without it, all four bytes would go into the first.
            bytes((_MODE1, _INCREMENT, _TOTEM_POLE)),
            # Before it sleeps: a chip that is put to sleep while it makes pulses says RESTART in MODE1 from then on.
            bytes((_ALL_LED, 0, 0, 0, _ALWAYS_OFF)),
            bytes((_MODE1, _SLEEP | _INCREMENT, _TOTEM_POLE)),
            bytes((_PRE_SCALE, period - 1)),
            bytes((_MODE1, _INCREMENT, _TOTEM_POLE)),
        )
        self._is_set_up = False

    def set_us(self, channel: int, pulse_us: int) -> None:
        """Ask for a pulse of 500..2500 us; outside, the nearest end."""
        if pulse_us < PULSE_MIN_US:
            pulse_us = PULSE_MIN_US
        elif pulse_us > PULSE_MAX_US:
            pulse_us = PULSE_MAX_US
        steps = pulse_us * self._scale + _SCALE_HALF >> _SCALE_BITS
        if steps != self._steps[channel]:
            self._steps[channel] = steps
            self._changed |= 1 << channel

    def release(self, channel: int) -> None:
        """Ask for no pulses."""
        if self._steps[channel]:
            self._steps[channel] = _NO_PULSE
            self._changed |= 1 << channel

    def flush(self) -> None:
        """Write the channels that have changed; a failed write is repeated at the next call."""
        if not self._is_set_up:
            self._try_set_up()
        if self._changed and self._is_set_up:
            self._write_changed()

    def check(self) -> None:
        """Check that the chip has kept its settings; if not, set it up and write every channel again."""
        found = self._period_found
        port = self._port
        if not (port.read(self._register, self._modes) and port.read(self._period_register, found)):
            self._is_set_up = False
            return
        if self._modes != _MODES or found[0] != self._period:
            self._port.note_nonsense(self._is_set_up)
            self._is_set_up = False
        elif self._port.is_confused:
            self._port.note_nonsense(False)

    def _try_set_up(self) -> None:
        """Set the chip up, everything off; its oscillator runs within 0.5 ms, before the first pulse is due."""
        for command in self._set_up:
            if not self._port.write(command):
                return
        self._is_set_up = True
        self._changed = _ALL_CHANNELS

    def _write_changed(self) -> None:
        """Write run after run of OFF; ON, which is 0 since the set-up, stays so: every pulse begins at step 0."""
        buffer = self._buffer
        all_steps = self._steps
        changed = self._changed
        channel = 0
        while changed:
            while not changed & 1:
                changed >>= 1
                channel += 1
            first = channel
            buffer[0] = _LED0_OFF + first * _BYTES
            at = 1
            while changed & 1:
                steps = all_steps[channel]
                buffer[at] = steps & 0xFF
                buffer[at + 1] = steps >> 8 if steps else _ALWAYS_OFF
                at += _BYTES
                changed >>= 1
                channel += 1
            if not self._port.write(self._bursts[channel - first]):
                return
            self._changed = changed << channel


class ServoChannel:
    """One servo."""

    def __init__(self, chip: ServoChip, channel: int) -> None:
        self._chip = chip
        self._channel = channel

    def set_us(self, pulse_us: int) -> None:
        """Set the pulse width, 500..2500 us."""
        self._chip.set_us(self._channel, pulse_us)

    def release(self) -> None:
        """Stop the pulses."""
        self._chip.release(self._channel)
