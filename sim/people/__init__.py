"""People as data: one TOML file each, read and checked here."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from host_tools.program.lines import lines_of
from host_tools.program.values import one_of, refuse_unknown_keys
from host_tools.program.violations import Findings, RefusedFileError
from host_tools.source_file import decode_source, parse_document, read_source

FOLDER = Path(__file__).parent
TOES = 5

# table.key: minimum, maximum. Lengths reach past the machine's 203..323 mm, so that a foot that does not fit can be
# simulated; the other ranges hold adults with a margin (initial estimates).
RANGES: dict[str, tuple[float, float]] = {
    "foot.length_left_mm": (150.0, 350.0),
    "foot.length_right_mm": (150.0, 350.0),
    "foot.width_mm": (60.0, 150.0),
    "foot.toe_lengths_mm": (10.0, 70.0),
    "foot.toe_height_mm": (12.0, 30.0),
    "foot.instep_height_mm": (40.0, 90.0),
    "foot.arch_height_mm": (0.0, 20.0),
    "foot.heel_radius_mm": (12.0, 25.0),
    "foot.mass_kg": (0.4, 2.5),
    "touch.toes_n_per_mm": (0.5, 20.0),
    "touch.ball_n_per_mm": (0.5, 20.0),
    "touch.arch_n_per_mm": (0.5, 20.0),
    "touch.heel_n_per_mm": (0.5, 20.0),
    "touch.instep_n_per_mm": (0.5, 20.0),
    "touch.stiffening_per_mm": (0.01, 1.0),
    "touch.pain_kpa": (20.0, 400.0),
    "heat.skin_tau_s": (20.0, 200.0),
    "heat.bulk_tau_s": (600.0, 10_000.0),
    "heat.skin_start_c": (10.0, 38.0),
    "heat.blood_c": (35.0, 39.0),
    "hands.reaction_s": (0.1, 5.0),
}
_LISTS = {"foot.toe_lengths_mm": TOES}
_TABLES = tuple(dict.fromkeys(key.split(".")[0] for key in RANGES))
_ADVICE = "Correct the person's file, or choose a shipped person."


@dataclass(frozen=True)
class Person:
    """One person; units in the names, meaning and sources in the files."""

    name: str
    length_left_mm: float
    length_right_mm: float
    width_mm: float
    toe_lengths_mm: tuple[float, ...]
    toe_height_mm: float
    instep_height_mm: float
    arch_height_mm: float
    heel_radius_mm: float
    mass_kg: float
    toes_n_per_mm: float
    ball_n_per_mm: float
    arch_n_per_mm: float
    heel_n_per_mm: float
    instep_n_per_mm: float
    stiffening_per_mm: float
    pain_kpa: float
    skin_tau_s: float
    bulk_tau_s: float
    skin_start_c: float
    blood_c: float
    reaction_s: float

    def length_mm(self, foot: int) -> float:
        """Return the true length of foot LEFT or RIGHT."""
        return self.length_right_mm if foot else self.length_left_mm


def names() -> list[str]:
    """Return the names of the people that ship, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def path_of(name_or_path: str | Path) -> Path:
    """Return the path of a shipped person, or the path itself."""
    return FOLDER / f"{name_or_path}.toml" if name_or_path in names() else Path(name_or_path)


def load_person(name_or_path: str | Path) -> Person:
    """Read a person by name or from a .toml file; raise InstepError, with everything that is wrong in the file."""
    path = path_of(name_or_path)
    text = decode_source(read_source(path, "person", f"Give a .toml file or one of: {one_of(names())}."), path)
    document = parse_document(text, str(path), _ADVICE)
    findings = Findings(str(path), lines_of(text))
    values = _values(findings, document)
    if findings.violations:
        raise RefusedFileError(findings.violations, _ADVICE)
    return Person(name=path.stem, **values)


def _values(findings: Findings, document: Mapping[str, object]) -> dict[str, Any]:
    """Return the figures by the names of Person; report what is wrong."""
    refuse_unknown_keys(findings, (), document, _TABLES)
    values: dict[str, Any] = {}
    for name in _TABLES:
        table = document.get(name, {})
        keys = [key.split(".")[1] for key in RANGES if key.startswith(f"{name}.")]
        if not isinstance(table, dict):
            findings.add((name,), table, "is not a table", one_of(keys))
            continue
        refuse_unknown_keys(findings, (name,), table, keys)
        for key in keys:
            values[key] = _value(findings, name, key, table.get(key))
    return values


def _value(findings: Findings, table: str, key: str, value: object) -> float | tuple[float, ...]:
    """Return a figure, or a list of them; report one that is not in its range."""
    items = _LISTS.get(f"{table}.{key}", 0)
    minimum, maximum = RANGES[f"{table}.{key}"]
    allowed = f"{items} numbers, each {minimum:g} to {maximum:g}" if items else f"{minimum:g} to {maximum:g}"
    numbers: list[Any] = value if items and isinstance(value, list) else [value]
    if value is None:
        problem = "is missing"
    elif not all(_is_number(number) for number in numbers) or len(numbers) != (items or 1):
        problem = f"is not {items} numbers" if items else "is not a number"
    elif not all(minimum <= number <= maximum for number in numbers):
        problem = "is out of range"
    else:
        floats = tuple(float(number) for number in numbers)
        return floats if items else floats[0]
    findings.add((table, key), value, problem, allowed)
    return math.nan


def _is_number(value: object) -> bool:
    return type(value) is int or type(value) is float
