"""Show a program to a person: its timeline and its proved limits."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from host_tools.program.load import Loaded
from host_tools.program.model import Phase
from host_tools.program.prove import Bound, Duration, Proof, prove
from host_tools.program.techniques import END_KEY, SETTINGS, TIPS_KEY, Number
from host_tools.program.timing import FOOT_USUAL_UM, Case, turn_ticks
from host_tools.words import clock
from instep.axes import FOOT_NAMES, TICKS_PER_S
from instep.stroke.program import Program as CompiledProgram
from instep.stroke.verify import MINUTES_ONCE
from instep.units import CENTI, UM_PER_MM

_BAR_COLUMNS = 24
_LABELS = {"force_out_n": "out", "force_back_n": "back", "hold_n": "hold", "grip_n": "grip", "turn_deg": "turn"}
_LABELS |= {TIPS_KEY: "at the tips", END_KEY: "at the end"}
_PROVED = "Proved for every foot from 203 to 323 mm, every intensity and every pace:"
_GIVEN = f"A session gives, to feet of {FOOT_USUAL_UM // UM_PER_MM} mm at the usual levels:"
# The greatest dose of `classic`, whose phases are tapered, is 3 times the median.
_EVEN_DOSE_MAX = 4
_TAPER_HINT = (
    "Where less of the foot bears a roller, at the tips of the toes and the end of the heel, it gives too much:"
    f" {TIPS_KEY} = 30 and {END_KEY} = 30 in a phase of smooth, top or sole let it press less there."
)
_INTERLOCK = "The toe selector moves only with the grip open and the reach clear; every axis is home at the end."


def proof_of(loaded: Loaded) -> RenderableType:
    """Return the proof of a checked program as a table."""
    proof = prove(CompiledProgram(loaded.data))
    return Group(Text(f"{loaded.path}: sound, {len(loaded.data)} bytes.", style="bold"), *_proof(proof))


def picture_of(loaded: Loaded) -> RenderableType:
    """Return a program's heading, timeline and proof."""
    program = loaded.program
    session = "given once" if program.minutes == MINUTES_ONCE else f"{program.minutes} minutes"
    heading = Text(program.title, style="bold")
    heading.append(f" ({program.name}): {session}, heat {program.heat}", style="not bold")
    compiled = CompiledProgram(loaded.data)
    about = [Text(program.about)] if program.about else []
    parts = (*_proof(prove(compiled)), *_given(compiled))
    return Group(heading, *about, _timeline(program.phases, compiled), *parts)


def _timeline(phases: tuple[Phase, ...], compiled: CompiledProgram) -> Table:
    """Return a row per phase, with a bar at its time in the cycle, for an average foot at the default levels."""
    ticks = [turn_ticks(compiled, phase, Case(), Case()) for phase in range(compiled.phase_count)]
    table = Table("start", "takes", "when", "technique", "feet", "times", "how", box=None, header_style="bold")
    for column in table.columns[:-1]:
        column.no_wrap = True
    start = 0
    for phase, taken in zip(phases, ticks, strict=True):
        name = f"{phase.technique} (closing)" if phase.is_closing else phase.technique
        bar = _bar(start, taken, sum(ticks))
        times = [clock(start / TICKS_PER_S), clock(taken / TICKS_PER_S)]
        table.add_row(*times, bar, name, phase.feet, str(phase.repeats), _how(phase))
        start += taken
    return table


def _bar(start: int, taken: int, total: int) -> str:
    first = start * _BAR_COLUMNS // total
    return " " * first + "█" * max(1, (start + taken) * _BAR_COLUMNS // total - first)


def _how(phase: Phase) -> str:
    """Return the forces and counts of a phase as text."""
    if phase.waypoints:
        return f"{len(phase.waypoints)} waypoints"
    told = {key: value for key, value in phase.settings.items() if not key.endswith("_mm_s")}
    return ", ".join(_setting(key, value) for key, value in told.items() if not _is_whole(key, value))


def _is_whole(key: str, value: int | tuple[int, ...]) -> bool:
    """Return True for a share of the force that is all of it."""
    return key in (TIPS_KEY, END_KEY) and value == CENTI


def _setting(key: str, value: int | tuple[int, ...]) -> str:
    if isinstance(value, tuple):
        return f"{key} {' '.join(str(item) for item in value)}"
    kind = SETTINGS[key]
    assert isinstance(kind, Number)
    return f"{_LABELS.get(key, key)} {kind.text(value)} {kind.unit}".rstrip()


def _proof(proof: Proof) -> tuple[RenderableType, ...]:
    maximum = Table("maximum", "asked", "allowed", "", box=None, header_style="bold")
    for bound in proof.bounds:
        maximum.add_row(*_bound_row(bound))
    times = Table("lasts", "minimum", "usual", "maximum", box=None, header_style="bold")
    times.add_row("one cycle", *_duration_row(proof.cycle))
    times.add_row("the closing", *_duration_row(proof.closing))
    return Text(_PROVED), maximum, times, Text(_INTERLOCK)


def _given(program: CompiledProgram) -> tuple[RenderableType, ...]:
    """Return what a session gives to each foot."""
    # Here, so that other commands do not wait for numpy.
    from host_tools.massage.figures import HEADINGS, MEANING
    from host_tools.program.plan import planned_figures

    table = Table("foot", *HEADINGS, box=None, header_style="bold")
    feet = planned_figures(program)
    for name, figures in zip(FOOT_NAMES, feet, strict=True):
        table.add_row(name, *figures.texts())
    doses = [dose for figures in feet for dose in (figures.top_evenness, figures.sole_evenness) if dose is not None]
    hint = (Text(_TAPER_HINT),) if max(doses, default=0) > _EVEN_DOSE_MAX and not _is_tapered(program) else ()
    return Text(_GIVEN), table, Text(MEANING), *hint


def _is_tapered(program: CompiledProgram) -> bool:
    return any(program.tapers(phase) for phase in range(program.phase_count))


def _bound_row(bound: Bound) -> tuple[str, str, str, str]:
    return bound.what, f"{bound.maximum:g}" if bound.maximum else "-", f"{bound.allowed:g}", bound.unit


def _duration_row(duration: Duration) -> tuple[str, str, str]:
    return clock(duration.min_s), clock(duration.usual_s), clock(duration.max_s)
