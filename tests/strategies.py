"""Hypothesis strategies for stroke programs: random and valid, as a person could have written them."""

from hypothesis import assume
from hypothesis import strategies as st

from host_tools.program.check import check_text
from host_tools.program.compile import compile_program
from host_tools.program.model import Phase, Program, Waypoint
from host_tools.program.techniques import DEFAULTS, GAPS, REPEATS, SETTINGS, TOES, WAYPOINT, Number
from host_tools.program.toml_text import to_toml
from host_tools.program.violations import ProgramFileError
from instep.levels import HEAT_NAMES, MINUTES
from instep.stroke.program import FEET_MODES, MAX_BYTES, REACH_CLEAR, TECHNIQUES
from instep.units import PERMILLE

NAME_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789-"
# Not so slow that strokes last too long: such programs are refused, which costs examples.
_RATE_MIN = 200
_TOES: list[Waypoint] = [{"toe": toe} for toe in range(1, TOES + 1)]
_GAPS: list[Waypoint] = [{"gap": gap} for gap in range(1, GAPS + 1)]


def _numbers(key: str, number: Number) -> st.SearchStrategy[int]:
    minimum = max(number.minimum, _RATE_MIN) if key.endswith("_mm_s") else number.minimum
    return st.integers(minimum, number.maximum)


@st.composite
def settings_of(draw: st.DrawFn, technique: str) -> dict[str, int | tuple[int, ...]]:
    """Draw the settings of a technique, in program units."""
    settings: dict[str, int | tuple[int, ...]] = {}
    for key in DEFAULTS[technique]:
        kind = SETTINGS[key]
        if isinstance(kind, Number):
            settings[key] = draw(_numbers(key, kind))
        else:
            settings[key] = tuple(draw(st.lists(st.integers(1, kind.maximum), min_size=1, unique=True)))
    return settings


def _steps() -> st.SearchStrategy[Waypoint]:
    """Waypoints that move rollers, holds and toe axes, or wait."""
    keys = ("top", "sole", "top_n", "sole_n", "turn_deg", "grip_n", "arch_n", "heel_n")
    moves: dict[str, st.SearchStrategy[int]] = {key: _numbers(key, WAYPOINT[key]) for key in keys}
    moves["reach"] = st.one_of(st.just(REACH_CLEAR), st.integers(0, PERMILLE))
    some = st.fixed_dictionaries({}, optional=moves).filter(bool)
    rates = st.none() | _numbers("speed_mm_s", WAYPOINT["speed_mm_s"])
    return st.one_of(st.builds(_with_rate, some, rates), st.fixed_dictionaries({"wait_s": st.integers(1, 300)}))


def _with_rate(moves: dict[str, int], rate: int | None) -> Waypoint:
    is_paced = any(key in moves for key in ("top", "sole", "reach"))
    return {**moves, "speed_mm_s": rate} if rate and is_paced else moves


@st.composite
def waypoints(draw: st.DrawFn) -> tuple[Waypoint, ...]:
    """Draw a path: anything, but the selector moves, and the stroke ends, with the toe axes clear."""
    path: list[Waypoint] = []
    for _ in range(draw(st.integers(1, 4))):
        path += draw(st.lists(_steps(), min_size=1, max_size=4))
        path.append({"grip_n": 0})
        path.append({"turn_deg": 0, "reach": REACH_CLEAR})
        if draw(st.booleans()):
            path.append(draw(st.sampled_from(_TOES + _GAPS)))
    return tuple(path)


@st.composite
def phases(draw: st.DrawFn, closing: bool = False) -> Phase:
    """Draw one phase of any technique."""
    technique = draw(st.sampled_from(TECHNIQUES))
    feet = draw(st.sampled_from(FEET_MODES))
    repeats = draw(st.integers(REPEATS.minimum, 1 if closing else 4))
    settings = draw(settings_of(technique))
    path = draw(waypoints()) if technique == "path" else ()
    return Phase(technique, feet, repeats, settings, path, closing)


@st.composite
def programs(draw: st.DrawFn) -> tuple[Program, bytes]:
    """Draw a program that the checker accepts, and its compiled form; title and about, not compiled, stay empty."""
    cycle = draw(st.lists(phases(), min_size=1, max_size=4))
    closing = draw(st.lists(phases(closing=True), min_size=1, max_size=2))
    program = Program(
        draw(st.text(NAME_ALPHABET, min_size=1, max_size=16)),
        "",
        "",
        draw(st.sampled_from((0, *MINUTES))),
        draw(st.sampled_from(HEAT_NAMES)),
        (*cycle, *closing),
    )
    assume(is_valid(program))
    data = compile_program(program)
    assert len(data) <= MAX_BYTES
    return program, data


def is_valid(program: Program) -> bool:
    """Return True if the checker accepts a program."""
    try:
        check_text(to_toml(program), "drawn.toml")
    except ProgramFileError:
        return False
    return True
