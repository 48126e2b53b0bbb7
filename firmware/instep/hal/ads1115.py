"""The converter ADS1115: one conversion at a time, started and fetched, never waited for.

Registers from Texas Instruments' ADS1115 data sheet, SBAS444. micropython-lib has no driver for it; those that
circulate sleep until a conversion is done, and none distinguishes a chip that was reset from one that converts.
"""

from array import array

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.bus import Port

CHANNELS = 4
NO_CHANNEL = -1

# Conversions a second, as the config register has it.
RATE_128 = 0b100
RATE_860 = 0b111

# A conversion takes its period and up to 10 % (the oscillator's tolerance), and 25 us to wake up.
READY_128_US = 8_620
READY_860_US = 1_310

# Full scale 4.096 V: 8 codes are 1 mV.
CODES_PER_MV = 8

# Codes outside these are impossible for a pin between ground and 3.3 V, with room for noise and offset.
_MIN_CODE = const(0x10000 - 160)
_MAX_CODE = const(28_000)

_CONVERSION = b"\x00"
_CONFIG = b"\x01"

# Config, high byte: start, one channel against ground, full scale 4.096 V, one shot. Low: the rate, no comparator.
_START = const(0x80)
_AIN0 = const(0x40)
_CHANNEL_SHIFT = const(4)
_GAIN_ONE_SHOT = const(0x03)
_RATE_SHIFT = const(5)
_NO_COMPARATOR = const(0x03)


class Ads1115:
    """One chip; `codes` are the newest good conversions by channel."""

    def __init__(self, port: "Port", rate: int) -> None:
        self._port = port
        self._answer = bytearray(2)
        low = rate << _RATE_SHIFT | _NO_COMPARATOR
        self._starts = tuple(
            [
                bytes((_CONFIG[0], _START | _AIN0 | channel << _CHANNEL_SHIFT | _GAIN_ONE_SHOT, low))
                for channel in range(CHANNELS)
            ]
        )
        self.codes = array("h", [0] * CHANNELS)
        self.converting = NO_CHANNEL

    def start(self, channel: int) -> None:
        """Start to convert channel 0..3; it is done after READY_..._US."""
        self.converting = channel if self._port.write(self._starts[channel]) else NO_CHANNEL

    def fetch(self) -> None:
        """Take the conversion that is done; if it is missing or implausible, keep the previous one."""
        self.turn(NO_CHANNEL)

    def turn(self, following: int) -> None:
        """Fetch the conversion that is done, and start to convert the channel `following` if it is one."""
        port = self._port
        channel = self.converting
        answer = self._answer
        if channel >= 0 and port.read(_CONVERSION, answer):
            code = answer[0] << 8 | answer[1]
            if code <= _MAX_CODE:
                self.codes[channel] = code
            elif code >= _MIN_CODE:
                self.codes[channel] = code - 0x10000
            else:
                port.note_nonsense(True)
        self.converting = following if following >= 0 and port.write(self._starts[following]) else NO_CHANNEL

    def check(self) -> None:
        """Check that the chip still has the settings of the conversion that is due, and is done with it.

        A chip that was reset, a line stuck high or low and another chip at its address do not pass; the conversion is
        dropped then. Call it before `fetch`.
        """
        if self.converting == NO_CHANNEL or not self._port.read(_CONFIG, self._answer):
            self.converting = NO_CHANNEL
            return
        start = self._starts[self.converting]
        if self._answer[0] == start[1] and self._answer[1] == start[2]:
            if self._port.is_confused:
                self._port.note_nonsense(False)
        else:
            self._port.note_nonsense(True)
            self.converting = NO_CHANNEL


class ForceSensor:
    """A force sensor's amplifier on one channel: (code - zero) * mn_per_1024 / 1024."""

    def __init__(self, chip: Ads1115, channel: int, zero: int, mn_per_1024: int) -> None:
        self._codes = chip.codes
        self._channel = channel
        self._zero = zero
        self._mn_per_1024 = mn_per_1024
        self._mn = 0

    def update(self) -> None:
        """Take the newest conversion; the product is split so that it stays inside 30 bits."""
        codes = self._codes[self._channel] - self._zero
        self._mn = ((codes >> 5) * self._mn_per_1024 + ((codes & 31) * self._mn_per_1024 >> 5)) >> 5

    def read_mn(self) -> int:
        """Return the force at the last `update`, mN: the same number for all who read it in a tick."""
        return self._mn


class Thermistor:
    """An NTC's divider on one channel; `reference_mv` feeds its pull-up."""

    def __init__(self, chip: Ads1115, channel: int, reference_mv: int) -> None:
        self._codes = chip.codes
        self._channel = channel
        self._reference_mv = reference_mv

    def read_code(self) -> int:
        """Return voltage over reference as 0..32767."""
        code = self._codes[self._channel] * (32_768 // CODES_PER_MV) // self._reference_mv
        return max(0, min(32_767, code))
