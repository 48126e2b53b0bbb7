"""Where a tick's time goes on the emulated board: `python -m tests.emulator.profile --program demo`.

The running firmware is not touched: every few microseconds the emulator stands still and the stack is searched for
the frames of Python functions.
"""

from collections import Counter
from pathlib import Path

import click

from host_tools.flash.modules import board_modules
from tests.emulator.image import HOW_TO_GET_ONE, find_uf2
from tests.emulator.installed import install_at
from tests.emulator.machine import Machine
from tests.emulator.physics import Physics, usual_plant
from tests.emulator.pico import Pico

_MAIN = Path(__file__).with_name("profile_main.py")
_BOOT_MS = 30_000
_TICK = "Loop.tick"
_STACK_POINTER = 13
_RAM = 0x2000_0000
_RAM_END = 0x2004_2000
_BLOCK_MASK = 0xF  # what the heap hands out begins at multiples of 16
_BYTECODE_AT = 12  # in a function object: type, context, children, bytecode
_LONGEST_BYTECODE = 4_000


class Sampler:
    """The Python functions that are under way on `pico`; `names` are the functions by their addresses."""

    def __init__(self, pico: Pico, names: dict[int, str], function_type: int) -> None:
        self._pico = pico
        self._names = names
        self._type = function_type

    def stack(self) -> list[str]:
        """Return the functions under way, the outermost first."""
        pointer = self._pico.mcu.core.registers[_STACK_POINTER] - _RAM
        words = memoryview(bytes(self._pico.mcu.sram[pointer : _RAM_END - _RAM])).cast("I")
        found: list[str] = []
        for index in range(len(words) - 1):
            function = self._function(words[index], words[index + 1])
            if function is not None and found[-1:] != [function]:
                found.append(function)
        return found[::-1]

    def _function(self, first: int, second: int) -> str | None:
        """Return the function whose frame begins with two words, there or where the first of them points to."""
        if not self._is_function(first):
            if not self._is_object(first):
                return None
            first, second = self._word(first), self._word(first + 4)
            if not self._is_function(first):
                return None
        bytecode = self._word(first + _BYTECODE_AT)
        if not bytecode <= second < bytecode + _LONGEST_BYTECODE:
            return None
        return self._names.get(first, f"{first:x}")

    def _is_object(self, address: int) -> bool:
        return _RAM <= address < _RAM_END - _BLOCK_MASK and not address & _BLOCK_MASK

    def _is_function(self, address: int) -> bool:
        return self._is_object(address) and self._word(address) == self._type

    def _word(self, address: int) -> int:
        at = address - _RAM
        return int.from_bytes(self._pico.mcu.sram[at : at + 4], "little")


def boot(pico: Pico, program: str, mhz: int) -> Sampler:
    """Start the firmware, at the board's own clock if `mhz` is 0; return when loop, or `program`, has begun."""
    main = board_modules().outsider(_MAIN.read_text().replace("{program}", program))
    install_at(pico, mhz, {"/main.py": main.encode()})
    ends = b"\nbegun" if program else b"\nruns"  # names of functions are printed before
    pico.run_until(lambda: ends in pico.usb.received, _BOOT_MS)
    lines = [line.split() for line in pico.usb.take().decode().splitlines()]
    names = {int(words[1]): words[2] for words in lines if words[:1] == ["function"]}
    return Sampler(pico, names, next(int(words[1]) for words in lines if words[:1] == ["type"]))


def watch(
    pico: Pico, sampler: Sampler, watched_ms: float, step_us: float
) -> tuple[list[float], Counter[str], Counter[str]]:
    """Return the ticks' times, ms, the shortest first, and each function's samples with what it calls, and own."""
    whole: Counter[str] = Counter()
    own: Counter[str] = Counter()
    took_ms: list[float] = []
    began_ms: float | None = None
    end_ms = pico.now_ms + watched_ms
    while pico.now_ms < end_ms:
        pico.run_us(step_us)
        stack = sampler.stack()
        if _TICK in stack:
            stack = stack[stack.index(_TICK) :]
            whole.update(set(stack))
            own[stack[-1]] += 1
            began_ms = pico.now_ms if began_ms is None else began_ms
        elif began_ms is not None:
            took_ms.append(pico.now_ms - began_ms)
            began_ms = None
    return sorted(took_ms), whole, own


def show(took_ms: list[float], whole: Counter[str], own: Counter[str], step_us: float) -> None:
    """Print the time of the ticks, and of their functions with and without what they call."""
    count = len(took_ms)
    click.echo(f"{count} ticks: mean {sum(took_ms) / count:.2f} ms, p90 {took_ms[count * 9 // 10]:.2f}, ", nl=False)
    click.echo(f"longest {took_ms[-1]:.2f}.  ms a tick: with what it calls, by itself")
    for name, samples in whole.most_common():
        scale = step_us / 1000 / count
        click.echo(f"{samples * scale:8.3f} {own[name] * scale:8.3f}  {name}")


@click.command(help=__doc__)
@click.option("--program", default="", help="Begin this program; without one the machine stands by.")
@click.option("--after", "after_ms", default=500.0, help="Begin to watch so many ms later.")
@click.option("--watch", "watched_ms", default=500.0, help="Watch for so many ms.")
@click.option("--mhz", default=0, help="Run at this clock; without one at the board's own.")
@click.option("--step", "step_us", default=37.0, help="Look every so many us.")
def main(program: str, after_ms: float, watched_ms: float, mhz: int, step_us: float) -> None:
    """Boot, wait, watch, print."""
    uf2 = find_uf2()
    if uf2 is None:
        raise click.ClickException(HOW_TO_GET_ONE)
    pico = Pico(uf2)
    Physics(Machine(pico), usual_plant())
    sampler = boot(pico, program, mhz)
    pico.run_ms(after_ms)
    show(*watch(pico, sampler, watched_ms, step_us), step_us)


if __name__ == "__main__":
    main()
