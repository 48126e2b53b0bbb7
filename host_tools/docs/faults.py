"""The page `docs/faults.md`: a section per fault, from the firmware's catalogue and the tests' source."""

import tomllib
from pathlib import Path

from host_tools.docs.markdown import link, made_from, table
from host_tools.docs.mentions import Place, functions_that_use, tables_that_name, tests_that_expect
from instep.guard import faults

_SOURCE = "firmware/instep/guard/faults.py"
# What a maker looks at, by the fault's name: causes, look.
_CAUSES = Path(__file__).parent / "causes.toml"
_SHOWN_TESTS = 3
# Its tests compare the whole catalogue with itself; they do not show that a fault is noticed.
_CATALOGUE_TESTS = "tests/firmware/guard/test_faults.py"

_FAULT = "Ends the session: motors coast, rollers lift, heaters off, relay open. Latched until START, the cause gone."
_KINDS = (
    (faults.HEAT_NOTICES, "The session goes on without heat; heat may be used again in the next session."),
    (faults.LATCHED_HEAT_NOTICES, "The session goes on without heat; heat stays off until HEAT is pressed at rest."),
    (faults.PAUSE_NOTICES, "The rollers lift and the session pauses; START goes on where it was."),
    (faults.OTHER_NOTICES, "Shown on the display. Nothing else changes."),
    (faults.MESSAGES, "Shown on the display at rest until START is pressed. Nothing else changes."),
)

_HEAD = """\
# Faults and notices

Each number has one meaning for ever; the display, the session log, the link and the simulator use the same ones.
A **fault** ends the session. A **notice** does not. The first fault stays until a person acknowledges it.

The display shows the first sentences of a section. *Usual causes* and *Look* are for the one who built the machine:
unplug it before you touch anything inside. `instep doctor` reads and tests what it can while nobody is in it;
[build.md](build.md) has the circuits. Nobody has built the reference machine yet: these are start values, too.

"Report it" means: open an issue where you got Instep, with the output of `instep logs --json` and `instep doctor`, and
with what the machine did before.
"""


def render() -> str:
    """Return the whole page."""
    constants = {number: name for name, number in vars(faults).items() if name.startswith("FAULT_")}
    sections = [_section(number, constants[number]) for number in range(1, faults.count())]
    sources = f"{_SOURCE} and host_tools/docs/causes.toml"
    return "\n".join([made_from(sources), "", _HEAD, *_overview(), "", *sections])


def places_of(constant: str) -> list[Place]:
    """Return the functions that name the fault, otherwise those that use a table of faults with it."""
    tables = tables_that_name(constant, _SOURCE)
    through_tables = (place for table in tables for place in functions_that_use(table, _SOURCE))
    return functions_that_use(constant, _SOURCE) or list(through_tables)


def tests_of(number: int, constant: str) -> list[Place]:
    """Return the tests that expect the fault, by its constant or by its name."""
    found = tests_that_expect(frozenset((constant, faults.name(number))))
    return [place for place in found if place.path != _CATALOGUE_TESTS]


def causes() -> dict[str, dict[str, str]]:
    """Return usual causes (`causes`) and what to look at (`look`) by the fault's name."""
    return tomllib.loads(_CAUSES.read_text(encoding="utf-8"))


def _overview() -> list[str]:
    """Return the table of all numbers, for finding one on the page."""
    numbers = range(1, faults.count())
    rows = ((str(number), _heading_link(number), _kind(number), faults.sentence(number)) for number in numbers)
    return table(("number", "name", "kind", "display"), rows)


def _heading_link(number: int) -> str:
    """Return a link to the section, by the anchor that forges give to its heading."""
    return f"[{faults.name(number)}](#{number}-{faults.name(number)})"


def _kind(number: int) -> str:
    return "notice" if faults.is_notice(number) else "fault"


def _section(number: int, constant: str) -> str:
    lines = [
        f"## {number} {faults.name(number)}",
        "",
        f"**{faults.sentence(number)}** {faults.advice(number)}",
        "",
        *_details(number, constant),
        "",
    ]
    return "\n".join(lines)


def _details(number: int, constant: str) -> list[str]:
    if number in faults.RESERVED:
        return ["- Reserved: nothing raises it in this version."]
    found = causes()[faults.name(number)]
    return [
        f"- Machine: {_effect(number)}",
        f"- Usual causes: {found['causes']}",
        f"- Look: {found['look']}",
        f"- Noticed in: {', '.join(link(place.path, f'`{place.function}`') for place in places_of(constant))}",
        f"- Tests: {_tests(nearest(number, constant))}",
    ]


def _effect(number: int) -> str:
    return next((effect for numbers, effect in _KINDS if number in numbers), _FAULT)


def nearest(number: int, constant: str) -> list[Place]:
    """Return the tests of a fault: of the guard first, then of the rest of the firmware, then of whole sessions."""
    folders = ("tests/firmware/guard/", "tests/firmware/", "tests/scenarios/", "tests/")

    def rank(place: Place) -> int:
        return next(index for index, folder in enumerate(folders) if place.path.startswith(folder))

    return sorted(tests_of(number, constant), key=rank)


def test_link(place: Place) -> str:
    """Return a link to a test, with its name as a sentence."""
    return link(place.path, place.function.removeprefix("test_").replace("_", " "))


def _tests(places: list[Place]) -> str:
    more = len(places) - _SHOWN_TESTS
    return "; ".join(map(test_link, places[:_SHOWN_TESTS])) + (f"; {more} more" if more > 0 else "")
