"""The page `docs/safety.md`: hazard, limit and test, with the values and the tests as the code has them."""

import ast
from functools import cache
from typing import Any

from host_tools.docs import faults as faults_page
from host_tools.docs.hazards import HAZARDS, Hazard
from host_tools.docs.imports import ROOT
from host_tools.docs.injected import injected_faults
from host_tools.docs.markdown import link, made_from, table
from host_tools.docs.mentions import functions_that_use
from instep import axes, levels
from instep.guard import faults, limits
from instep.units import MS_PER_S

_LIMITS = "firmware/instep/guard/limits.py"
_MUTANTS = "tests/mutants/limits.py"

# Suffix of a name: the divisor to the unit that people read, and that unit.
_UNITS = {
    "_MN": (1000, "N"),
    "_MV": (1000, "V"),
    "_MA": (1000, "A"),
    "_CENTI_C": (100, "°C"),
    "_CENTI_K": (100, "K"),
    "_UM": (1000, "mm"),
    "_TICKS": (axes.TICKS_PER_S, "s"),
    "_PERMILLE": (10, "%"),
    "_UM_PER_TICK": (10, "mm/s"),
    "_MA_PER_PERMILLE": (1, "mA per ‰"),
    "_SAMPLES": (10, "s"),
}


_HEAD = """\
# Safety

Instep is a hobby project and **not a medical device**. It is inspired by class B self-tests and claims no conformity
with any standard. This page lists each hazard, the evidence that shows it, the limit, and the test that shows that
the limit works; then how soon each fault is noticed that the simulator injects, and those that are not noticed. The
reason for each figure stands beside it in {limits}.

In a fault the machine is made *safe*: motors coast, rollers lift, heaters off, relay open. Outside the firmware there
are an emergency stop in series with the relay's coil, a pump that holds the relay only while every tick sends a pulse,
a thermal cut-out in each heater's own circuit, bridges that limit the current of a stalled motor, and the chip's timer
and watchdog.

Setpoints are bounded before anything moves: roller force {press}, screened as *gentle* {gentle}; grip {grip}; skin
{skin}; roller speed {speed}. `stroke/verify.py` proves that a program stays inside, on the laptop and on the board.

## Hazards
"""

_FAULTS_HEAD = """
## How soon

`instep campaign` injects each of these in the phases of a session, with people and parts within their tolerances, and
measures the time from the first tick in which it makes a difference to the whole reaction. A wrong force makes one
while a roller presses with more than 1.4 times its set point and 5 N: never for longer than 0.3 s, but with a press
that is stuck; then the display says that a roller still presses, and how the foot gets out.
"""

_OPEN_HEAD = """
## Not noticed, or not in time

The simulator injects these too, when they are named. What a person feels then is not bounded by the guard alone.
"""

_MEASURES = """
## Self-tests in the manner of class B

| measure | here |
|---|---|
| programs and installed files | CRC-32, before a session and in the slack |
| control loop and clock | hardware timer and watchdog; a second clock, compared in the self-test |
| inputs and outputs | relay, bridges and sensors at rest before each session; relay, encoders, currents always |
| chips on the bus | settings read back: expander and servo chip every 20 ms, converters with each conversion |
| voltage | every tick |
| latch, limits, calibration in memory | kept twice, one inverted, compared in every tick: latches, bounds of all \
setpoints, the person's greatest force, figures of servos, homing and measuring; by roller calibration and limits |
| code and its constants in memory | CRC-32 of the files they come from; what is loaded, as the row below |
| registers and the rest of the memory | **not covered**: MicroPython cannot test them |
| relay's pin | only pulses hold the relay: a pin that sticks at either level opens it within 50 ms |
| pins of bridges | motion and current against the duty, in every tick; then the relay, within 50 ms |
| pins of heaters | no current is measured: the film's lead and the thermometer show it in 10 to 15 s; 43 °C at most |
| servos' enable pin | stuck off: nothing presses, noticed by the force; stuck on: not noticed, the pulses still lift |
"""

_LIMITS_HEAD = """
## Every limit

A test fails if any of these is a fifth looser: `make mutants` tries each one with the tests beside it.
"""


def render() -> str:
    """Return the whole page."""
    head = _HEAD.format(
        limits=link(_LIMITS),
        press=f"≤ {axes.HIGH[axes.TOP_PRESS] // 1000} N",
        gentle=f"≤ {levels.GENTLE_PRESS_MAX_MN // 1000} N",
        grip=f"≤ {axes.HIGH[axes.TOE_GRIP] // 1000} N",
        skin=f"≤ {max(levels.HEAT_CENTI_C) // 100} °C",
        speed=f"≤ {axes.RATE_PER_S[axes.TOP_STROKE] // 1000} mm/s",
    )
    hazards = table(
        ("what can happen", "evidence", "limit", "fault", "tests"), (_hazard_row(each) for each in HAZARDS)
    )
    every = table(("used in", "limits", "tests"), _limit_rows())
    judged = table(("fault", "what", "within", "then"), (row[:4] for row in injected_faults() if not row[4]))
    missed = table(("fault", "what", "why"), ((row[0], row[1], row[4]) for row in injected_faults() if row[4]))
    tables = (*hazards, _FAULTS_HEAD, *judged, _OPEN_HEAD, *missed, _MEASURES, _LIMITS_HEAD, *every)
    return "\n".join([made_from(_LIMITS), "", head, *tables, ""])


def limit_names() -> list[str]:
    """Return the names of the guard's limits in the order of the file."""
    body = ast.parse((ROOT / _LIMITS).read_text(encoding="utf-8")).body
    targets = (node.targets[0] for node in body if isinstance(node, ast.Assign))
    return [target.id for target in targets if isinstance(target, ast.Name)]


def value_of(name: str) -> str:
    """Return a limit in the unit that people read, by the suffix of its name."""
    value = vars(limits)[name]
    suffix = max((each for each in _UNITS if name.endswith(each)), key=len, default="")
    if isinstance(value, tuple) or not suffix:
        return str(value)
    divisor, unit = _UNITS[suffix]
    if unit == "s" and value < divisor:
        return f"{value * MS_PER_S // divisor} ms"
    return f"{value / divisor:g} {unit}"


def tests_of_limit(name: str) -> list[str]:
    """Return the test files that run when the limit is loosened: those of the modules that use it."""
    modules = {place.path.removeprefix("firmware/instep/") for place in functions_that_use(name, _LIMITS)}
    files = {file for module in modules for file in _mutant_tests().get(module, _heat_tests(module))}
    return sorted(_path_of(file) for file in files)


def tests_of_hazard(hazard: Hazard) -> list[str]:
    """Return links to a test of each of its faults; if it is no fault, to the files that test its limits."""
    constants = {number: name for name, number in vars(faults).items() if name.startswith("FAULT_")}
    tests = [place for fault in hazard.faults for place in faults_page.nearest(fault, constants[fault])[:1]]
    files = [file for name in hazard.limits for file in tests_of_limit(name)]
    return list(dict.fromkeys(map(faults_page.test_link, tests) if tests else map(_file_link, files)))


def _hazard_row(hazard: Hazard) -> tuple[str, ...]:
    values = ", ".join(f"`{name}` {value_of(name)}" for name in hazard.limits)
    numbers = ", ".join(f"[{fault}](faults.md#{fault}-{faults.name(fault)})" for fault in hazard.faults)
    return hazard.text, hazard.evidence, values, numbers, "; ".join(tests_of_hazard(hazard))


def _limit_rows() -> list[tuple[str, ...]]:
    """Return a row for all limits that the same modules use."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in limit_names():
        users = tuple(dict.fromkeys(place.path for place in functions_that_use(name, _LIMITS)))
        groups.setdefault(users, []).append(name)
    return [
        (
            ", ".join(map(_file_link, users)),
            ", ".join(f"`{name}` {value_of(name)}" for name in names),
            ", ".join(map(_file_link, tests_of_limit(names[0]))),
        )
        for users, names in groups.items()
    ]


def _file_link(path: str) -> str:
    return link(path, path.rpartition("/")[2])


def _mutant_tests() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = _literal("TESTS")
    return found


def _heat_tests(module: str) -> tuple[str, ...]:
    """Return the tests of a heat monitor, the modules of the guard that the table of tests does not list."""
    found: tuple[str, ...] = _literal("HEAT_TESTS") if module.startswith("guard/") else ()
    return found


@cache
def _literal(name: str) -> Any:
    """Return the value of a table in the source of the mutants, which is read as text."""
    for node in ast.parse((ROOT / _MUTANTS).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name:
            return ast.literal_eval(node.value)
    raise KeyError(f"{_MUTANTS} has no table {name}")


@cache
def _path_of(file: str) -> str:
    (path,) = (ROOT / "tests" / "firmware").rglob(file)
    return path.relative_to(ROOT).as_posix()
