"""Units and facts about the machine are defined once; this test finds a second definition of the same fact."""

import ast
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("firmware", "host_tools", "sim", "tests")

# These describe a chip or another program, not this machine.
OTHERS = ("tests/emulator/chips/", "tests/bench/board/")

UNITS = "firmware/instep/units.py"
AXES = "firmware/instep/axes.py"
BOARD = "firmware/instep/hal/board.py"
OUTPUTS = "firmware/instep/hal/power_outputs.py"
ADC = "firmware/instep/hal/ads1115.py"
VOTES = "firmware/instep/guard/votes.py"

_UNIT = "(NS|US|MS|S|SECONDS|MIN|MINUTE|UM|MM|CM|M|CN|MN|N|MV|V|MA|A|HZ|KHZ|MHZ|DEGREE|C|DECI|CENTI)"
# How the name of a measure ends: such a value may well be a thousand.
_MEASURE = re.compile(r"_(MS|US|S|TICKS|UM|MM|M|MN|MV|MA|DECI_MM_S|CENTI_C|UM_TICK|KIB|BYTES)$")


@dataclass(frozen=True)
class Fact:
    """A fact with its home: a constant whose name fits `name` and whose value is in `values` is a definition of it."""

    home: str
    name: str
    values: tuple[object, ...]

    def is_defined_by(self, name: str, value: object) -> bool:
        """Return True if a constant is a definition of this fact."""
        return value in self.values and re.search(self.name, name) is not None


FACTS = (
    Fact(UNITS, rf"^_?{_UNIT}_PER_{_UNIT}$", (10, 60, 100, 1000, 10**6, 10**9)),
    Fact(UNITS, r"^_?(FULL_)?(PER_?MILLE|PER_?CENT|PER_KILO|KILO|MILLI|MICRO|CENTI|DECI)$", (10, 100, 1000, 10**6)),
    Fact(AXES, r"^_?(FEET|SIDES|FOOT_NAMES)$", (2, ("left", "right"))),
    Fact(AXES, r"^_?(N_)?(ROLLERS|MOTORS|BRIDGES|ENCODERS|PRESSES|FORCES)$", (4,)),
    Fact(AXES, r"ROLLERS_PER_FOOT$", (2,)),
    Fact(AXES, r"^_?SERVOS$", (16,)),
    Fact(AXES, r"SERVOS_PER_FOOT$", (8,)),
    Fact(AXES, r"TICKS_PER_S$", (100,)),
    Fact(AXES, r"^_?(DISPLAY_|TEXT_)?ROWS?(_MAX)?$", (8,)),
    Fact(AXES, r"^_?(DISPLAY_|TEXT_)?(COLUMNS|ROW)(_MAX)?$", (21,)),
    Fact(AXES, r"^_?(DISPLAY_)?POINTS$", (128,)),
    Fact(AXES, r"^_?(PULSE_)?(MIN|MAX)_US$", (500, 2500)),
    Fact(AXES, r"", ((1 << 29) - 1,)),
    Fact(BOARD, r"", (("left_top", "left_sole", "right_top", "right_sole"),)),
    Fact(OUTPUTS, r"^_?WATCHDOG(_TIMEOUT)?_MS$", (1000,)),
    Fact(ADC, r"^_?CODES_PER_MV$", (8,)),
    Fact(VOTES, r"VOTES$|THREE|SAMPLES_MASK$", (0b111, (0, 1, 1, 2, 1, 2, 2, 3))),
)

_OPERATORS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.LShift: operator.lshift,
}


def _value(node: ast.expr | None) -> object:
    """Return the value of an expression of numbers and texts, with or without `const(…)` and `bytes(…)`; else None."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Tuple | ast.List):
        return tuple(_value(element) for element in node.elts)
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("const", "bytes")
        and node.args
    ):
        return _value(node.args[0])
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        left, right = _value(node.left), _value(node.right)
        if isinstance(left, int) and isinstance(right, int):
            return _OPERATORS[type(node.op)](left, right)
    return None


def _constants(source: str) -> Iterator[tuple[int, str, object]]:
    """Yield line, name and value of each constant of a module; the wrap mask counts wherever it stands."""
    tree = ast.parse(source)
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    yield node.lineno, target.id, _value(node.value)
    for inner in ast.walk(tree):
        if isinstance(inner, ast.BinOp) and _value(inner) == (1 << 29) - 1:
            yield inner.lineno, ast.unparse(inner), (1 << 29) - 1


def second_homes(place: str, source: str) -> list[str]:
    """Return a sentence for each constant of a file that has its home in another file."""
    found = set()
    for line, name, value in _constants(source):
        for fact in FACTS:
            if fact.home != place and fact.is_defined_by(name, value):
                found.add(f"{place}, line {line}: {name} = {value} has its home in {fact.home}; import it")
        if place != UNITS and value == 1000 and not isinstance(value, bool) and not _MEASURE.search(name):
            found.add(
                f"{place}, line {line}: {name} = 1000: import a factor from {UNITS}, or let its name end in a unit"
            )
    return sorted(found)


def _files() -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


def test_every_unit_and_fact_about_the_machine_is_defined_once():
    found = []
    for path in _files():
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith(OTHERS) and path != Path(__file__):
            found += second_homes(place, path.read_text())
    assert not found, "\n".join(found)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name or str(fact.values[0]))
def test_the_home_of_a_fact_exists(fact):
    assert (ROOT / fact.home).exists()


@pytest.mark.parametrize(
    "source",
    [
        "PERMILLE = 1000",
        "_FULL_PERMILLE = const(1_000)",
        "_PER_KILO = 1000.0",
        "DUTY_MAX = 1000",
        "UM_PER_MM: Final = 1e3",
        "_S_PER_MINUTE = 60",
        "_ROLLERS = const(4)",
        "MOTORS = 4",
        "SERVOS = 16",
        "SERVOS_PER_FOOT = 8",
        "FEET = ('left', 'right')",
        "TICKS_PER_S = 100",
        "ROWS = 8",
        "DISPLAY_COLUMNS = 21",
        "MIN_US = 500",
        "PULSE_MAX_US = 2_500",
        "_CLOCK_MASK = const((1 << 29) - 1)",
        "def wrapped(ticks):\n    return ticks & (1 << 29) - 1",
        "ROLLERS = ('left_top', 'left_sole', 'right_top', 'right_sole')",
        "WATCHDOG_MS = 1000",
        "_THREE_SAMPLES = const(0b111)",
        "VOTES = bytes((0, 1, 1, 2, 1, 2, 2, 3))",
    ],
)
def test_a_second_definition_is_found(source):
    assert second_homes("sim/other.py", source)


@pytest.mark.parametrize(
    "source",
    ["_SLEW_UM = 1000", "LONG_TICKS = 1_000", "ROWS = 4", "MASK = 0xFF", "COUNTS_PER_M = 7", "PULSE_LONG_US = 1_500"],
)
def test_another_figure_is_not_reported(source):
    assert not second_homes("sim/other.py", source)
