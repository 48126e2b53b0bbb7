"""Put into words where two sessions differ."""

from host_tools.compare.align import Pair
from host_tools.compare.differences import Finding
from host_tools.compare.quantities import Quantity
from host_tools.words import clock, plain, state, technique
from instep.guard import faults
from instep.levels import HEAT_NAMES
from instep.session import states
from instep.stroke.program import TECHNIQUES

# Facts of a trace that describe the session; the others describe its file or follow from these.
_FACTS = (
    *("program", "program_crc32", "person", "seed", "minutes", "intensity", "pace", "feet", "heat"),
    *("left_length_mm", "right_length_mm", "result", "reason"),
)


def moment(pair: Pair, time_s: float) -> str:
    """Return a time as `1:02 into the massage`, or `0:05 before the massage`."""
    where = f"into {pair.origin}" if time_s >= 0 else f"before {pair.origin}"
    return f"{clock(abs(time_s))} {where}"


def value_words(quantity: Quantity, value: float) -> str:
    """Return a value with its unit, or the name of what the number stands for."""
    if not quantity.is_step:
        return f"{value:.1f} {quantity.unit}"
    number = int(value)
    field = quantity.series.partition(".")[2]
    if field == "state":
        return state(states.NAMES[number]) if number < len(states.NAMES) else str(number)
    if field == "technique":
        return technique(TECHNIQUES[number] if number < len(TECHNIQUES) else None)
    if field == "fault":
        return _fault_words(number)
    if field == "heat":
        return HEAT_NAMES[number] if number < len(HEAT_NAMES) else str(number)
    return ("no", "yes")[number] if field == "is_in" and number in (0, 1) else str(number)


def _fault_words(number: int) -> str:
    if number == faults.NO_FAULT:
        return "none"
    return plain(faults.name(number)) if number < faults.count() else f"number {number}"


def first_words(pair: Pair, first: Finding) -> str:
    """Return the sentence that names the first wide difference."""
    quantity = first.quantity
    at_s = _clearly_apart_s(first)
    a, b = (value_words(quantity, value) for value in first.values_at(at_s))
    limit = "" if quantity.is_step else f", more than {quantity.wide:g} {quantity.unit} apart"
    return f"{moment(pair, first.first_s)}: {quantity.words}: {a} in A, {b} in B{limit}."


def _clearly_apart_s(first: Finding) -> float:
    """Return a time shortly after the start of the first difference, when it can be read."""
    start, end = first.spans[0]
    return start if first.quantity.is_step else min(start + 0.3, end)


def facts_rows(pair: Pair) -> list[tuple[str, str, str, bool]]:
    """Return name, A's, B's and whether they differ, for each fact that a trace has."""
    names = [name for name in _FACTS if name in pair.a.facts or name in pair.b.facts]
    rows = [(plain(name), pair.a.facts.get(name, "not told"), pair.b.facts.get(name, "not told")) for name in names]
    return [(name, a, b, a != b) for name, a, b in rows]


def finding_row(pair: Pair, finding: Finding) -> tuple[str, str, str, str, str]:
    """Return a quantity, what is wide, its first wide difference, the largest one, and the share of the time."""
    quantity = finding.quantity
    wide = "any" if quantity.is_step else f"{quantity.wide:g} {quantity.unit}"
    largest = "" if quantity.is_step else f"{finding.largest:.1f} {quantity.unit}"
    first = moment(pair, finding.first_s) if finding.spans else "none"
    return quantity.words, wide, first, largest, f"{finding.share:.0%}"
