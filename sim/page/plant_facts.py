"""Export the data with which the page begins a session: constants and first states of every person, and the layout.

The plant is made twice to find the numbers that depend on the room or on the rollers' places: no list of them has to
be kept.
"""

from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.page.errors import PageBuildError
from sim.page.sources import (
    PLANT_MODULES,
    RANGES,
    Person,
    axes,
    load_figures,
    load_person,
    pack_foot,
    people,
    plant_arrays,
)

# The page offers these seeds, because numpy alone places the rollers for a seed.
SEEDS = 100
_ROOM_C = 22.0
_OTHER_ROOM_C = 13.0

Floats = NDArray[np.float64]


def plant_facts() -> dict[str, Any]:
    """Return layout, calibration, people and the rollers' places by seed."""
    first = load_figures(load_person(people()[0]), 0)
    calibration = {name: value for name, value in vars(first.calibration).items()}
    return {
        "layout": {name: _integers(module) for name, module in PLANT_MODULES.items()},
        "calibration": calibration,
        "people": {name: _person_facts(load_person(name)) for name in people()},
        "ranges": {key: list(bounds) for key, bounds in RANGES.items()},
        "starts_m": [list(load_figures(load_person(people()[0]), seed).start_m) for seed in range(SEEDS)],
    }


def _integers(module: Any) -> dict[str, float]:
    """Return the numeric constants of a module: indices, counts and physical figures."""
    return {
        name: value
        for name, value in vars(module).items()
        if name.isupper() and not name.startswith("_") and type(value) in (int, float)
    }


def _person_facts(person: Person) -> dict[str, Any]:
    constants, state = plant_arrays(load_figures(person, 0), _ROOM_C)
    other_constants, other_state = plant_arrays(load_figures(person, 0), _OTHER_ROOM_C)
    warmer, warmer_state = plant_arrays(
        load_figures(replace(person, skin_start_c=person.skin_start_c + 1), 0), _ROOM_C
    )
    if not np.array_equal(constants, warmer):
        raise PageBuildError("The page takes the skin's first temperature for a part of the state alone.")
    return {
        "figures": {field.name: getattr(person, field.name) for field in fields(person) if field.name != "name"},
        "constants": constants.tolist(),
        "state": state.tolist(),
        "room_constants": _places(constants, other_constants, _ROOM_C),
        "room_state": _places(state, other_state, _ROOM_C),
        "skin_state": _places(state, warmer_state, person.skin_start_c),
    }


def _places(one: Floats, other: Floats, value: float) -> list[int]:
    """Return the indices at which two arrays differ; the first array must hold `value` at each of them."""
    places = np.flatnonzero(one != other).tolist()
    if any(one[place] != value for place in places):
        raise PageBuildError(
            "A number of the plant depends on the room or the skin in a way that the page cannot follow."
        )
    return [int(place) for place in places]


class _Traced:
    """A figure of a person that is unknown at build time: arithmetic with it writes JavaScript."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __mul__(self, other: Any) -> "_Traced":
        return _Traced(f"({self.text} * {_text(other)})")

    def __rmul__(self, other: Any) -> "_Traced":
        return _Traced(f"({_text(other)} * {self.text})")

    def __sub__(self, other: Any) -> "_Traced":
        return _Traced(f"({self.text} - {_text(other)})")

    def __add__(self, other: Any) -> "_Traced":
        return _Traced(f"({self.text} + {_text(other)})")

    def __truediv__(self, other: Any) -> "_Traced":
        return _Traced(f"({self.text} / {_text(other)})")


def _text(value: Any) -> str:
    return value.text if isinstance(value, _Traced) else repr(float(value))


class _TracedPerson:
    """A person whose figures are the fields of JavaScript's `person`."""

    def __getattr__(self, name: str) -> _Traced:
        return _Traced(f"person.{name}")

    def length_mm(self, foot: int) -> _Traced:
        """Return the length of foot LEFT or RIGHT."""
        return _Traced("person.length_right_mm" if foot else "person.length_left_mm")


def feet_module() -> str:
    """Return a JavaScript module with `footRows(person)`: the constants of both feet for a person of any size."""
    well = load_figures(load_person(people()[0]), 0).well
    trace: Any = pack_foot
    names = trace.__globals__
    true_numpy = names["np"]
    names["np"] = _Arrays
    try:
        rows = [[_text(value) for value in trace(_TracedPerson(), foot, well)] for foot in range(axes.FEET)]
    finally:
        names["np"] = true_numpy
    lists = ",\n".join("  [" + ", ".join(row) + "]" for row in rows)
    head = "// The feet's constants, made from sim/plant by `make page`; do not edit."
    return f"{head}\nexport const footRows = (person) => [\n{lists},\n];\n"


class _Arrays:
    """Replace numpy while a foot is traced, because its arrays would convert the traced figures to numbers."""

    float64 = float

    @staticmethod
    def array(values: Any, dtype: Any = None) -> Any:
        """Return the values as they are."""
        return values
