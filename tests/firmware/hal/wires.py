"""Doubles of MicroPython's `machine` and `rp2` objects: with models of the real chips, and a record of each call."""

from collections.abc import Callable
from errno import EIO, ETIMEDOUT

from tests.emulator.chips.chip import Chip

_NS_PER_BYTE = 22_500  # nine bits at 400 kHz
_TIMEOUT_NS = 3_000_000


class ChipBus:
    """`machine.I2C` over chip models; `now_ns` passes with the bytes, `transfers` are (address, bytes written).

    `is_held`: a chip holds the data line, so every transfer runs into its time limit. `deaf` transfers to come are not
    acknowledged.
    """

    def __init__(self) -> None:
        self.chips: dict[int, Chip] = {}
        self.now_ns = 0.0
        self.transfers: list[tuple[int, bytes]] = []
        self.reads = 0
        self.is_held = False
        self.deaf = 0

    def now(self) -> float:
        return self.now_ns

    def writeto(self, address: int, buffer: "bytes | bytearray | memoryview", stop: bool = True, /) -> int:
        chip = self._address(address)
        chip.start(False)
        self.transfers.append((address, bytes(buffer)))
        acknowledged = 0
        for value in bytes(buffer):
            self.now_ns += _NS_PER_BYTE
            if not chip.write(value):
                break
            acknowledged += 1
        if stop:
            chip.stop()
        return acknowledged

    def readfrom_into(self, address: int, buffer: bytearray, stop: bool = True, /) -> None:
        chip = self._address(address)
        chip.start(True)
        self.reads += 1
        for index in range(len(buffer)):
            self.now_ns += _NS_PER_BYTE
            buffer[index] = chip.read()
        chip.stop()

    def _address(self, address: int) -> Chip:
        if self.is_held:
            self.now_ns += _TIMEOUT_NS
            raise OSError(ETIMEDOUT, "held")
        self.now_ns += _NS_PER_BYTE
        chip = self.chips.get(address)
        if self.deaf:
            self.deaf -= 1
            raise OSError(EIO, "not acknowledged")
        if chip is None or chip.is_silent:
            raise OSError(EIO, "not acknowledged")
        return chip

    def writes(self, address: int) -> list[bytes]:
        """Return the bytes written to `address`, and clear the record."""
        found = [data for to, data in self.transfers if to == address]
        self.transfers.clear()
        return found


class WirePwm:
    """`machine.PWM`: its duty, and all that it was given."""

    def __init__(self) -> None:
        self.duty = 0
        self.given: list[int] = []

    def duty_u16(self, duty: int, /) -> None:
        assert type(duty) is int and 0 <= duty <= 65_535, duty
        self.duty = duty
        self.given.append(duty)


class WirePin:
    """`machine.Pin`; `read` answers instead of its own level if it is set."""

    def __init__(self, level: int = 0) -> None:
        self.level = level
        self.levels: list[int] = []
        self.answer: Callable[[], int] | None = None

    def value(self, level: int | None = None, /) -> int:
        if level is not None:
            self._put(int(level))
        return self.answer() if self.answer is not None else self.level

    def on(self) -> None:
        self._put(1)

    def off(self) -> None:
        self._put(0)

    def _put(self, level: int) -> None:
        self.level = level
        self.levels.append(level)


class WireAdc:
    """`machine.ADC`."""

    def __init__(self, code: int = 0) -> None:
        self.code = code

    def read_u16(self) -> int:
        return self.code


class WireFifos:
    """The RXF registers: four words at most wait in each FIFO, later ones are dropped as `push(noblock)` does."""

    def __init__(self) -> None:
        self.words: list[list[int]] = [[], [], [], []]

    def push(self, index: int, *words: int) -> None:
        self.words[index] = (self.words[index] + list(words))[:4]

    def __getitem__(self, index: int, /) -> int:
        return self.words[index].pop(0) if self.words[index] else 0
