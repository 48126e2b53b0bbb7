"""People as data: one TOML file each, read and checked here."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


class PersonError(ValueError):
    """A person that cannot be simulated; the text names file, key, value and allowed range."""


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
    """Read a person by name or from a .toml file; raise PersonError naming file, key, value and allowed range."""
    path = path_of(name_or_path)
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        allowed = f"a .toml file or one of {', '.join(names())}"
        raise PersonError(f"{path}: cannot be read ({error.strerror}), allowed {allowed}") from None
    except ValueError as error:  # of decoding, or tomllib's own
        raise PersonError(f"{path}: not a TOML file ({error})") from None
    found = _flat(path, tables)
    missing = [key for key in RANGES if key not in found]
    if missing:
        raise PersonError(f"{path}: {missing[0]} is missing, allowed {_allowed(missing[0])}")
    values: dict[str, Any] = {key.split(".")[1]: _checked(path, key, found[key]) for key in RANGES}
    return Person(name=path.stem, **values)


def _flat(path: Path, tables: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for table, entries in tables.items():
        if not isinstance(entries, dict):
            raise PersonError(f"{path}: {table} = {entries!r} stands outside a table, allowed {_tables()}")
        for key, value in entries.items():
            if f"{table}.{key}" not in RANGES:
                raise PersonError(f"{path}: {table}.{key} = {value!r} is unknown, allowed {_keys(table)}")
            found[f"{table}.{key}"] = value
    return found


def _checked(path: Path, key: str, value: Any) -> float | tuple[float, ...]:
    if key not in _LISTS:
        return _number(path, key, value)
    if not isinstance(value, list) or len(value) != _LISTS[key]:
        raise PersonError(f"{path}: {key} is {value!r}, allowed {_LISTS[key]} numbers, each {_allowed(key)}")
    return tuple(_number(path, key, item) for item in value)


def _number(path: Path, key: str, value: Any) -> float:
    minimum, greatest = RANGES[key]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not minimum <= value <= greatest:
        raise PersonError(f"{path}: {key} is {value!r}, allowed {_allowed(key)}")
    return float(value)


def _allowed(key: str) -> str:
    return f"{RANGES[key][0]:g} to {RANGES[key][1]:g}"


def _tables() -> str:
    return "tables: " + ", ".join(dict.fromkeys(key.split(".")[0] for key in RANGES))


def _keys(table: str) -> str:
    keys = [key.split(".")[1] for key in RANGES if key.startswith(f"{table}.")]
    return f"in [{table}]: {', '.join(keys)}" if keys else _tables()
