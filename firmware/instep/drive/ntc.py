"""Convert the code of an NTC's divider to its temperature, by table."""

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.interface import Thermistor

# The NTC pulls down: the colder, the higher the code. Beyond these limits a wire is broken or shorted;
# temperatures of feet and heaters stay far inside.
CODE_SHORT = 2_048  # at or below: shorted (101 °C)
CODE_OPEN = 30_720  # at or above: open (-26 °C)

# One entry each 2**_STEP_BITS codes from CODE_SHORT to CODE_OPEN, in 0.01 °C, from
# 1/T = 1/298.15 + ln(ratio / (1 - ratio)) / 3950, ratio = code / 32767 (10 k, B3950, 10 k pull-up).
# Straight lines between them err by less than 0.1 K from 0 to 70 °C.
_STEP_BITS = const(9)
_STEP_MASK = const((1 << 9) - 1)
_STEP_HALF = const(1 << 8)
_CENTI_C = (
    10160, 9326, 8660, 8107, 7633, 7218, 6849, 6515, 6211, 5930, 5669, 5425, 5196, 4979, 4772, 4575, 4387, 4205, 4030,
    3860, 3696, 3535, 3379, 3226, 3076, 2929, 2784, 2641, 2500, 2360, 2221, 2083, 1945, 1807, 1670, 1532, 1393, 1253,
    1112, 970, 825, 678, 528, 374, 217, 54, -114, -289, -471, -664, -867, -1084, -1319, -1575, -1860, -2183, -2561,
)  # fmt: skip

# A count of samples stays a small integer; 0 is kept for none yet.
_SAMPLES_MASK = const(0xFFFFF)


def centi_c(code: int) -> int:
    """Return the temperature of `code` (0..32767) in 0.01 °C; beyond the table, its nearest end."""
    if code <= CODE_SHORT:
        return _CENTI_C[0]
    if code >= CODE_OPEN:
        return _CENTI_C[-1]
    offset = code - CODE_SHORT
    index = offset >> _STEP_BITS
    warm = _CENTI_C[index]
    return warm - (((warm - _CENTI_C[index + 1]) * (offset & _STEP_MASK) + _STEP_HALF) >> _STEP_BITS)


def is_plausible(code: int) -> bool:
    """Return True if `code` can come from a sound sensor: neither open nor shorted."""
    return CODE_SHORT < code < CODE_OPEN


class Probe:
    """One NTC: `code` and `raw_centi_c` are its newest sample, `centi_c` the median of the newest three, 0.01 °C.

    `sound` is True if that median is plausible. `samples` counts the reads and skips 0 when it wraps: 0 means that
    there was none yet.
    """

    def __init__(self, thermistor: "Thermistor") -> None:
        self._thermistor = thermistor
        self._previous = 0
        self._oldest = 0
        self.code = 0
        self.raw_centi_c = 0
        self.centi_c = 0
        self.sound = False
        self.samples = 0

    def read(self) -> None:
        """Take one sample; a single wild one changes neither `centi_c` nor `sound`."""
        code = self._thermistor.read_code()
        if self.samples == 0:
            self.code = code
        self._oldest = self._previous
        self._previous = self.code
        self.code = code
        self.samples = ((self.samples + 1) & _SAMPLES_MASK) or 1
        middle = _median(code, self._previous, self._oldest)
        self.raw_centi_c = centi_c(code)
        self.centi_c = centi_c(middle)
        self.sound = is_plausible(middle)


def _median(a: int, b: int, c: int) -> int:
    if a > b:
        a, b = b, a
    if c <= a:
        return a
    return b if c >= b else c
