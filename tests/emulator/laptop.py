"""The laptop at the emulated cable: the link's frames both ways, in the emulated chip's own time."""

from host_tools.link.telemetry import Telemetry, TelemetryBlocks
from host_tools.link.wire import Wire
from instep.link import protocol
from instep.units import NS_PER_MS
from tests.emulator.pico import Pico

_WATCH_S = 20
_WATCH_AGAIN_MS = 5_000
_SEQUENCES = 256


class _Cable:
    """The cable as a line that never waits."""

    def __init__(self, pico: Pico) -> None:
        self._usb = pico.usb

    def read(self, size: int) -> bytes:
        """Return the received bytes."""
        return self._usb.take()

    def write(self, data: bytes) -> None:
        """Send."""
        self._usb.send(data)

    def close(self) -> None:
        """Leave the cable as it is."""


class Laptop:
    """Watch the board, as `instep monitor` does.

    `told` counts how often it has told what moves, `damaged` the frames that were none.
    """

    def __init__(self, pico: Pico) -> None:
        self._wire = Wire(_Cable(pico))
        self._sequence = 0
        self._blocks = TelemetryBlocks()
        self.told = 0
        self._alarm = pico.simulator.clock.create_alarm(self.watch)

    def watch(self) -> None:
        """Ask for telemetry, and go on asking: it ends by itself."""
        self._sequence = (self._sequence + 1) % _SEQUENCES
        self._wire.send(protocol.WATCH, self._sequence, bytes((_WATCH_S,)))
        self._alarm.schedule(_WATCH_AGAIN_MS * NS_PER_MS)

    @property
    def telemetry(self) -> Telemetry | None:
        """The newest that the board has told of itself."""
        for message in self._wire.receive():
            if message.kind == protocol.TELEMETRY:
                self._blocks.add(message.data)
                self.told += message.data[0] == protocol.BLOCK_MOTION
        return self._blocks.latest

    @property
    def damaged(self) -> int:
        """How many frames have come damaged."""
        return self._wire.damaged

    def is_in(self, state: int) -> bool:
        """Return True if the session is in a state, of `states`."""
        telemetry = self.telemetry
        return telemetry is not None and telemetry.state == state
