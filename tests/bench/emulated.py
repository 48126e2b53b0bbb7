"""What only a board can tell, on an emulated one: how soon it is ready, how evenly its ticks begin."""

from collections.abc import Iterator

from tests.bench.figure import Figure, LeftOutError
from tests.emulator.image import HOW_TO_GET_ONE, find_uf2
from tests.emulator.installed import install
from tests.emulator.machine import Machine
from tests.emulator.pico import Pico

_BOOT_TARGET_MS = 1_500
_BOOT_MOST_MS = 10_000
_JITTER_TARGET_US = 200
_TICK_MS = 10
_WARM_UP_MS = 500
_WATCHED_MS = 2_000
_WHOLE_FRAME_BYTES = 1024
_FEW = 1 / 1000


def measure() -> Iterator[Figure]:
    """Yield boot time and jitter, in cycles of the emulated chip; raise LeftOutError without an image."""
    uf2 = find_uf2()
    if uf2 is None:
        raise LeftOutError(HOW_TO_GET_ONE)
    pico = Pico(uf2)
    install(pico)
    machine = Machine(pico)
    boot_ms = pico.run_until(lambda: machine.display.data_bytes >= _WHOLE_FRAME_BYTES, _BOOT_MOST_MS)
    yield Figure(
        "power-up to the first whole picture, emulated RP2040",
        f"{boot_ms / 1000:.2f} s",
        f"≤ {_BOOT_TARGET_MS / 1000:.1f} s",
        holds=boot_ms <= _BOOT_TARGET_MS,
    )
    pico.run_ms(_WARM_UP_MS)
    jitter_us = _late_us(_starts_ms(machine))
    yield Figure(
        "start of tick off its time at rest, p99.9",
        f"{jitter_us:.0f} us",
        f"≤ {_JITTER_TARGET_US} us",
        holds=jitter_us <= _JITTER_TARGET_US,
    )


def _starts_ms(machine: Machine) -> list[float]:
    """Return when ticks begin: the first thing that each asks the bus for are the expander's pins."""
    starts: list[float] = []
    start = machine.expander.start

    def note(is_read: bool) -> None:
        if is_read:
            starts.append(machine.pico.now_ms)
        start(is_read)

    machine.expander.start = note  # type: ignore[method-assign]
    machine.pico.run_ms(_WATCHED_MS)
    return starts


def _late_us(starts_ms: list[float]) -> float:
    """Return how late, at most but for one in a thousand, a tick begins after the most punctual one's raster."""
    offsets = sorted((start - starts_ms[0]) % _TICK_MS for start in starts_ms)
    # The raster stands where most begin; what is before it by less than half a tick is as far off.
    middle = offsets[len(offsets) // 2]
    off = sorted(abs((offset - middle + _TICK_MS / 2) % _TICK_MS - _TICK_MS / 2) for offset in offsets)
    return off[min(len(off) - 1, int(len(off) * (1 - _FEW)))] * 1000
