"""The servo chip PCA9685 as its data sheet (NXP, revision 4) describes it: registers, sleep, prescaler, pulses."""

from instep.units import US_PER_S
from tests.emulator.chips.chip import RegisterChip

CHANNELS = 16

MODE1 = 0x00
LED0_ON_L = 0x06
LED15_OFF_H = 0x45
ALL_ON_L = 0xFA
ALL_OFF_H = 0xFD
PRE_SCALE = 0xFE

_RESTART = 0x80
_AUTO_INCREMENT = 0x20
_SLEEP = 0x10
_ALLCALL = 0x01
_FULL = 0x1000
_COUNTS = 4096
_MIN_PRESCALE = 3
_OSCILLATOR_HZ = 25_000_000


class Pca9685(RegisterChip):
    """Sixteen channels; `is_enabled` is the output-enable pin, already turned the right way round."""

    def __init__(self, address: int) -> None:
        super().__init__(address)
        self.is_enabled = False
        self.registers = bytearray(256)
        self.power_up()

    def power_up(self) -> None:
        """Take the values that the registers have after power-up (7.3): asleep, every channel fully off."""
        self.registers[:] = bytes(256)
        self.registers[MODE1] = _SLEEP | _ALLCALL
        self.registers[0x01] = 0x04
        self.registers[PRE_SCALE] = 0x1E
        for channel in range(CHANNELS):
            self.registers[LED0_ON_L + 4 * channel + 3] = _FULL >> 8

    def next_register(self, register: int) -> int:
        """Go on only with auto-increment, from the last channel's last register to the first (7.3.1)."""
        if not self.registers[MODE1] & _AUTO_INCREMENT:
            return register
        return 0 if register == LED15_OFF_H else (register + 1) & 0xFF

    def write_register(self, register: int, value: int) -> None:
        """Store a value; PRE_SCALE only while asleep, the ALL registers into every channel."""
        if register == MODE1:
            self._write_mode1(value)
        elif register == PRE_SCALE:
            if self.registers[MODE1] & _SLEEP:
                self.registers[PRE_SCALE] = max(value, _MIN_PRESCALE)
        elif ALL_ON_L <= register <= ALL_OFF_H:
            for channel in range(CHANNELS):
                self.registers[LED0_ON_L + 4 * channel + register - ALL_ON_L] = value
        else:
            self.registers[register] = value

    def _write_mode1(self, value: int) -> None:
        """RESTART is cleared by writing 1, and set by the chip when it is put to sleep while it makes pulses."""
        old = self.registers[MODE1]
        restart = old & _RESTART & ~value
        if value & _SLEEP and not old & _SLEEP and any(self._counts(channel) for channel in range(CHANNELS)):
            restart = _RESTART
        self.registers[MODE1] = value & ~_RESTART | restart

    def read_register(self, register: int) -> int:
        """Return a value; the ALL registers read as 0."""
        return 0 if ALL_ON_L <= register <= ALL_OFF_H else self.registers[register]

    @property
    def period_us(self) -> float:
        """The time between two pulses, us (7.3.5)."""
        return _COUNTS * (self.registers[PRE_SCALE] + 1) / _OSCILLATOR_HZ * US_PER_S

    def _counts(self, channel: int) -> int:
        """Return how many of 4096 counts a channel is on (7.3.3)."""
        at = LED0_ON_L + 4 * channel
        on = self.registers[at] | self.registers[at + 1] << 8
        off = self.registers[at + 2] | self.registers[at + 3] << 8
        if off & _FULL:
            return 0
        if on & _FULL:
            return _COUNTS
        return (off - on) % _COUNTS

    def pulse_us(self, channel: int) -> float:
        """Return the width of the pulses that the channel's pin really makes, us; 0 = none."""
        if self.is_silent or not self.is_enabled or self.registers[MODE1] & _SLEEP:
            return 0.0
        return self._counts(channel) / _COUNTS * self.period_us

    def pulses_us(self) -> list[float]:
        """Return the pulse widths of all channels, us."""
        return [self.pulse_us(channel) for channel in range(CHANNELS)]
