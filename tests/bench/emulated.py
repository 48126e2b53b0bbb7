"""What only a board can tell, on an emulated one: how soon it is ready, how long ticks take, how evenly they begin.

The firmware runs as it is flashed, started by `board/marked.py`, which marks the ends of what is timed. The rival
makes the same strokes on the same chips with a task for each axis: `board/rival.py`.
"""

from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path
from statistics import mean

from host_tools.flash.modules import board_modules
from host_tools.program.load import load_program, shipped
from instep.axes import AXES, AXES_PER_FOOT, FEET, HIGH, HOME, TICK_MS
from instep.levels import FORCE_PERMILLE, INTENSITY_DEFAULT, PACE_DEFAULT, PACE_PERMILLE
from instep.session import states
from instep.stroke.foot_scaling import FootLengths
from instep.stroke.program import Program
from instep.stroke.scheduler import Scheduler
from instep.units import US_PER_MS
from sim.people import FOLDER, load_person
from tests.bench.figure import Figure, LeftOutError
from tests.emulator import operator, profile
from tests.emulator.image import HOW_TO_GET_ONE, find_uf2
from tests.emulator.installed import install
from tests.emulator.laptop import Laptop
from tests.emulator.machine import Machine
from tests.emulator.marks import Marks
from tests.emulator.physics import Physics, usual_plant
from tests.emulator.pico import Pico

_BOARD = Path(__file__).with_name("board")
_PROGRAM = "demo"
_BOOT_TARGET_MS = 1_500
_BOOT_MAX_MS = 20_000
_TICK_TARGET_MS = 5.0
_TARGET_MHZ = 125
_SLOW_MS = 2_000
_SLOW_LOOK_US = 50
_JITTER_TARGET_US = 200
_HEAP_KIB = 1024
_WARM_UP_MS = 6_000
_IDLE_MS = 1_000
_CLOSING_MS = 3_000
# Its first strokes: rollers, presses and holds of both feet.
_RIVAL_MS = 6_000
_WHOLE_FRAME_BYTES = 1024
_TICK = 1  # the mark of a tick in marked.py, and of the rival's control task
_HUNDREDTH = 0.99
_THOUSANDTH = 0.999


def measure() -> Iterator[Figure]:
    """Yield boot time, time of a tick, jitter and heap of the emulated chip; raise LeftOutError without an image."""
    uf2 = find_uf2()
    if uf2 is None:
        raise LeftOutError(HOW_TO_GET_ONE)
    yield _boot(uf2)
    yield _slow_ticks(uf2)
    yield from _session(uf2, _rival(uf2))


def _boot(uf2: Path) -> Figure:
    pico = Pico(uf2)
    install(pico)
    machine = Machine(pico)
    boot_ms = pico.run_until(lambda: machine.display.data_bytes >= _WHOLE_FRAME_BYTES, _BOOT_MAX_MS)
    return Figure(
        "power-up to the first whole picture, emulated RP2040",
        f"{boot_ms / US_PER_MS:.2f} s",
        f"≤ {_BOOT_TARGET_MS / US_PER_MS:.1f} s",
        holds=boot_ms <= _BOOT_TARGET_MS,
    )


def _slow_ticks(uf2: Path) -> Figure:
    """Measure the program, begun by hand, at the clock that MicroPython starts with, which the target is for."""
    slow = profile.measure(uf2, _PROGRAM, _TARGET_MHZ, 0, _SLOW_MS, _SLOW_LOOK_US)
    took_ms = [tick.took_ms for tick in slow.ticks]
    return _ticks_figure(f"in `{_PROGRAM}`'s first seconds", took_ms, _TARGET_MHZ)


def _session(uf2: Path, rival: str) -> Iterator[Figure]:
    """Measure the firmware at rest and in a session that is watched from a laptop."""
    machine, marks = _marked_machine(uf2, {"main.py": "marked.py"})
    pico = machine.pico
    pico.run_until(lambda: marks.free_bytes > 0, _BOOT_MAX_MS)
    yield Figure("heap free when the loop begins", f"{marks.free_bytes / _HEAP_KIB:.1f} KiB")
    laptop = Laptop(pico)
    laptop.watch()
    pico.run_ms(_WARM_UP_MS)
    marks.clear()
    pico.run_ms(_IDLE_MS)
    yield _ticks_figure("at rest", _took_ms(marks), pico.mhz)
    operator.begin(machine, laptop, shipped().index(_PROGRAM))
    operator.wait_for(machine, laptop, states.WARM)
    operator.press(machine, "start")
    marks.clear()
    operator.wait_for(machine, laptop, states.CLOSING)
    pico.run_ms(_CLOSING_MS)
    yield _ticks_figure(f"in `{_PROGRAM}`, all axes live", _took_ms(marks), pico.mhz)
    gaps_us = _gaps_us(marks)
    jitter_us = _jitter_us(gaps_us)
    yield Figure(
        "start-of-tick jitter in it, p99.9; display and telemetry busy",
        f"{jitter_us:.0f} us, {mean(gaps_us) / US_PER_MS:.2f} ms apart",
        f"≤ {_JITTER_TARGET_US} us",
        rival,
        holds=jitter_us <= _JITTER_TARGET_US,
    )


def _rival(uf2: Path) -> str:
    """Let the rival make the strokes of the program; return what is to be said of its control task."""
    machine, marks = _marked_machine(uf2, {"main.py": "rival.py"}, {"/strokes.py": _strokes()})
    machine.pico.run_until(lambda: bool(marks.spans(_TICK)), _BOOT_MAX_MS, 100_000)
    machine.pico.run_ms(_RIVAL_MS)
    gaps_us = _gaps_us(marks)
    return f"asyncio tasks: {_jitter_us(gaps_us):.0f} us, {mean(gaps_us) / US_PER_MS:.1f} ms apart"


def _marked_machine(
    uf2: Path, replaced: dict[str, str], more: dict[str, bytes] | None = None
) -> tuple[Machine, Marks]:
    """Return a machine with the firmware on it, some of its files replaced by those of `board/`, and its marks."""
    pico = Pico(uf2)
    adapted = {
        f"/{path}": board_modules().outsider((_BOARD / name).read_text()).encode() for path, name in replaced.items()
    }
    install(pico, more=adapted | (more or {}))
    machine = Machine(pico)
    Physics(machine, usual_plant())
    return machine, Marks(pico)


def _strokes() -> bytes:
    """Return the program's strokes as moves: ms and target, one list for each axis."""
    person = load_person(FOLDER / "average.toml")
    scheduler = Scheduler()
    fit = FootLengths(*(round(person.length_mm(foot) * US_PER_MS) for foot in range(FEET)))
    scheduler.load(Program(load_program(_PROGRAM).data), fit, 3)
    scheduler.set_levels(FORCE_PERMILLE[INTENSITY_DEFAULT - 1], HIGH[2], PACE_PERMILLE[PACE_DEFAULT - 1])
    scheduler.start(True)
    trace = [list(scheduler.setpoints)]
    while not scheduler.is_finished:
        scheduler.tick()
        trace.append(list(scheduler.setpoints))
    moves = [_moves([setpoints[axis] for setpoints in trace]) for axis in range(AXES)]
    return f"AXES_PER_FOOT = {AXES_PER_FOOT}\nHOME = {HOME * FEET}\nMOVES = {moves}\n".encode()


def _moves(values: list[int]) -> list[tuple[int, int]]:
    """Return how long an axis goes the same way, ms, and where it is then; standing still is a way too."""
    steps = [(after > before) - (after < before) for before, after in pairwise(values)]
    moves = []
    at = 0
    for _, way in groupby(steps):
        ticks = len(list(way))
        at += ticks
        moves.append((ticks * TICK_MS, values[at]))
    return moves


def _gaps_us(marks: Marks) -> list[float]:
    """Return how far ticks begin after each other."""
    return [after - before for (before, _), (after, _) in pairwise(marks.spans(_TICK))]


def _took_ms(marks: Marks) -> list[float]:
    """Return how long ticks take from start to end, the shortest first."""
    return sorted((ended_us - begun_us) / US_PER_MS for begun_us, ended_us in marks.spans(_TICK))


def _ticks_figure(when: str, took_ms: list[float], mhz: int) -> Figure:
    return Figure(
        f"control tick {when}, RP2040 at {mhz} MHz",
        f"{mean(took_ms):.2f} ms, p99 {_share(took_ms, _HUNDREDTH):.2f}, worst of {len(took_ms)} {took_ms[-1]:.2f} ms",
        f"≤ {_TICK_TARGET_MS:.0f} ms",
        holds=took_ms[-1] <= _TICK_TARGET_MS,
    )


def _jitter_us(gaps_us: list[float]) -> float:
    """Return by how much two starts are more or less than 10 ms apart, but for one in a thousand."""
    return _share(sorted(abs(gap_us - TICK_MS * US_PER_MS) for gap_us in gaps_us), _THOUSANDTH)


def _share(ordered: list[float], share: float) -> float:
    """Return the value that so large a share does not exceed."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
