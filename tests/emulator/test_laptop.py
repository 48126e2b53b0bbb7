"""A watching laptop that sleeps, stops reading, is unplugged or plugged at any moment costs telemetry, nothing else.

The board is booted once, which takes minutes on a busy computer; what happens to the laptop is played in copies.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.emulator.installed import install
from tests.emulator.laptop import Laptop
from tests.emulator.machine import Machine
from tests.emulator.physics import Physics, usual_plant
from tests.emulator.pico import Pico
from tests.emulator.scene import played
from tests.emulator.usb_host import UsbHost

BOOT_MS = 20_000
WHOLE_FRAME_BYTES = 1024
WATCHED_MS = 3_000
WATCHED_FRAMES = 5
AWAY_MS = 700
BACK_MS = 2_000
LOOK_US = 2_000
# Parts of a tick, so that a piece of a frame, a packet and a tick are met in different places.
MOMENTS_US = (0, 3_300, 6_700)

Change = Callable[[UsbHost], None]
LEAVINGS: dict[str, tuple[Change, Change]] = {
    "sleeps": (UsbHost.sleep, UsbHost.wake),
    "stops reading": (UsbHost.stop_reading, UsbHost.read_again),
    "is unplugged and plugged": (UsbHost.unplug, UsbHost.plug),
    "is plugged without notice": (lambda host: None, UsbHost.plug),
}

pytestmark = pytest.mark.xdist_group("emulated laptop")


@dataclass
class Watched:
    """A board at its menu with a laptop that watches."""

    machine: Machine
    laptop: Laptop

    def count(self) -> int:
        """Return how often motion was received."""
        assert self.laptop.telemetry is not None
        return self.laptop.told

    def outputs_stay(self, time_ms: float) -> None:
        """Let time pass; AssertionError if the pads are held as after a cut, or the board is reset."""
        pico = self.machine.pico
        end_ms = pico.now_ms + time_ms
        while pico.now_ms < end_ms:
            pico.run_us(LOOK_US)
            self.check()

    def check(self) -> None:
        """Raise AssertionError if the outputs are cut or the board was reset."""
        pico = self.machine.pico
        assert not pico.resets, f"reset: {pico.resets}"
        assert not any(bridge.is_held() for bridge in self.machine.bridges), f"outputs cut at {pico.now_ms:.0f} ms"

    def telemetry_returns(self) -> float:
        """Return after how many ms the next motion is received."""

        def is_back() -> bool:
            self.check()
            return self.count() > before

        before = self.count()
        return self.machine.pico.run_until(is_back, BACK_MS, LOOK_US)


@pytest.fixture(scope="module")
def watched(uf2: Path) -> Iterator[Watched]:
    pico = Pico(uf2)
    install(pico)
    machine = Machine(pico)
    Physics(machine, usual_plant())
    pico.run_until(lambda: machine.display.data_bytes >= WHOLE_FRAME_BYTES, BOOT_MS, 50_000)
    watched = Watched(machine, Laptop(pico))
    watched.laptop.watch()
    pico.run_until(lambda: watched.laptop.telemetry is not None and watched.count() > WATCHED_FRAMES, WATCHED_MS)
    watched.check()
    yield watched
    pico.stop()


@pytest.mark.parametrize("moment_us", MOMENTS_US)
@pytest.mark.parametrize("leaving", LEAVINGS)
def test_a_laptop_that_leaves_costs_telemetry_and_nothing_else(watched: Watched, leaving: str, moment_us: int):
    def scene() -> float:
        host, pico = watched.machine.pico.usb, watched.machine.pico
        leave, come_back = LEAVINGS[leaving]
        pico.run_us(moment_us)
        leave(host)
        watched.outputs_stay(AWAY_MS)
        come_back(host)
        if come_back is UsbHost.plug:
            pico.run_until(lambda: host.is_enumerated, BACK_MS)
            watched.laptop.watch()
        return watched.telemetry_returns()

    back_ms = played(scene)
    print(f"{leaving} at {moment_us} us: telemetry is back after {back_ms:.0f} ms")
