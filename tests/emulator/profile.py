"""Where a tick's time goes on the emulated board: `python -m tests.emulator.profile --program demo`.

The running firmware is not touched: every few microseconds the emulator stands still and the stack is searched for
the frames of Python functions. Clocks that are named, `--mhz 125 --mhz 200`, are measured one after the other and
printed side by side.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

import click

from host_tools.flash.modules import board_modules
from instep.units import US_PER_MS
from tests.emulator.flame import flame_picture
from tests.emulator.image import HOW_TO_GET_ONE, find_uf2
from tests.emulator.installed import install_at
from tests.emulator.machine import Machine
from tests.emulator.physics import Physics, usual_plant
from tests.emulator.pico import Pico
from tests.emulator.stack_sampler import Sampler

_MAIN = Path(__file__).with_name("profile_main.py")
_BOOT_MS = 30_000
_TICK = "Loop.tick"
_SHARES = (0.9, 0.99)

Stack = tuple[str, ...]


@dataclass
class Tick:
    """How long a tick took, and its samples by the functions under way, the outermost first."""

    took_ms: float = 0.0
    samples: Counter[Stack] = field(default_factory=Counter)


@dataclass(frozen=True)
class Profile:
    """The ticks that were watched at a clock, the shortest first, with a sample every `step_us`."""

    mhz: int
    step_us: float
    ticks: list[Tick]

    def figures(self) -> str:
        """Return mean, shares and longest, ms."""
        took_ms = [tick.took_ms for tick in self.ticks]
        shares = [took_ms[min(len(took_ms) - 1, int(len(took_ms) * share))] for share in _SHARES]
        words = zip(("mean", "p90", "p99", "longest"), (mean(took_ms), *shares, took_ms[-1]), strict=True)
        return f"{self.mhz} MHz, {len(took_ms)} ticks, ms: " + ", ".join(f"{word} {ms:.2f}" for word, ms in words)

    def samples(self) -> Counter[Stack]:
        """Return the samples of all ticks."""
        return sum((tick.samples for tick in self.ticks), Counter())

    def spent_ms(self, ticks: Sequence[Tick], is_own: bool = False) -> dict[str, float]:
        """Return the time of each function in a tick, ms; `is_own`: without what it calls."""
        count: Counter[str] = Counter()
        for tick in ticks:
            for stack, samples in tick.samples.items():
                count.update(dict.fromkeys(stack[-1:] if is_own else stack, samples))
        return {name: samples * self.step_us / US_PER_MS / len(ticks) for name, samples in count.items()}


def boot(pico: Pico, program: str, mhz: int) -> Sampler:
    """Start the firmware, at the board's own clock if `mhz` is 0; return when loop, or `program`, has begun."""
    main = board_modules().outsider(_MAIN.read_text().replace("{program}", program))
    install_at(pico, mhz, {"/main.py": main.encode()})
    ends = b"\nbegun" if program else b"\nruns"  # names of functions are printed before
    pico.run_until(lambda: ends in pico.usb.received, _BOOT_MS)
    lines = [line.split() for line in pico.usb.take().decode().splitlines()]
    names = {int(words[1]): words[2] for words in lines if words[:1] == ["function"]}
    return Sampler(pico, names, next(int(words[1]) for words in lines if words[:1] == ["type"]))


def watch(pico: Pico, sampler: Sampler, watched_ms: float, step_us: float) -> Profile:
    """Return the ticks of the next `watched_ms`, with a sample every `step_us`."""
    ticks: list[Tick] = []
    tick, began_ms = Tick(), pico.now_ms
    end_ms = pico.now_ms + watched_ms
    while pico.now_ms < end_ms:
        pico.run_us(step_us)
        stack = sampler.stack()
        if _TICK in stack:
            began_ms = began_ms if tick.samples else pico.now_ms
            tick.samples[tuple(stack[stack.index(_TICK) :])] += 1
        elif tick.samples:
            tick.took_ms = pico.now_ms - began_ms
            ticks.append(tick)
            tick = Tick()
    return Profile(pico.mhz, step_us, sorted(ticks, key=lambda tick: tick.took_ms))


def measure(uf2: Path, program: str, mhz: int, after_ms: float, watched_ms: float, step_us: float) -> Profile:
    """Boot at a clock, begin `program`, wait, watch."""
    pico = Pico(uf2)
    Physics(Machine(pico), usual_plant())
    sampler = boot(pico, program, mhz)
    pico.run_ms(after_ms)
    return watch(pico, sampler, watched_ms, step_us)


def show(profiles: Sequence[Profile]) -> None:
    """Print the time of the ticks; below, for each clock, each function with what it calls, and by itself."""
    for profile in profiles:
        click.echo(profile.figures())
    click.echo("ms a tick of each clock: with what it calls, by itself; in its longest tick")
    columns = []
    for profile in profiles:
        columns += [profile.spent_ms(profile.ticks), profile.spent_ms(profile.ticks, is_own=True)]
        columns.append(profile.spent_ms(profile.ticks[-1:]))
    for name in sorted(columns[0], key=lambda name: -columns[0][name]):
        click.echo("".join(f"{column.get(name, 0.0):8.3f}" for column in columns) + f"  {name}")


@click.command(help=__doc__)
@click.option("--program", default="", help="Begin this program; without one the machine stands by.")
@click.option("--after", "after_ms", default=500.0, help="Begin to watch so many ms later.")
@click.option("--watch", "watched_ms", default=500.0, help="Watch for so many ms.")
@click.option(
    "--mhz", "clocks", multiple=True, default=(0,), help="Run at this clock; without one at the board's own."
)
@click.option("--step", "step_us", default=37.0, help="Look every so many us.")
@click.option("--flame", type=click.Path(dir_okay=False, path_type=Path), help="Draw the mean tick as SVG into this.")
def main(
    program: str, after_ms: float, watched_ms: float, clocks: tuple[int, ...], step_us: float, flame: Path | None
) -> None:
    """Boot, wait, watch at each clock; print and draw."""
    uf2 = find_uf2()
    if uf2 is None:
        raise click.ClickException(HOW_TO_GET_ONE)
    profiles = [measure(uf2, program, mhz, after_ms, watched_ms, step_us) for mhz in clocks]
    show(profiles)
    if flame:
        first = profiles[0]
        flame.write_text(flame_picture(first.samples(), first.step_us / len(first.ticks), first.figures()))


if __name__ == "__main__":
    main()
