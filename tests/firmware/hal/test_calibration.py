"""The machine's figures are refused when one is missing or out of range, and the refusal names it."""

import pytest

from instep.hal.calibration import FIELDS, Calibration

LEAST = {name: minimum for name, minimum, _ in FIELDS}
GREATEST = {name: maximum for name, _, maximum in FIELDS}


@pytest.mark.parametrize("values", [LEAST, GREATEST])
def test_the_ends_of_every_range_are_allowed_and_kept(values):
    assert vars(Calibration(values)) == values


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field[0])
def test_a_figure_out_of_range_or_missing_is_named_with_its_range(field):
    name, minimum, maximum = field
    for value in (minimum - 1, maximum + 1):
        with pytest.raises(ValueError, match=f"^{name} is {value}, allowed {minimum} to {maximum}$"):
            Calibration({**LEAST, name: value})
    values = dict(LEAST)
    del values[name]
    with pytest.raises(ValueError, match=rf"lacks {name} \({minimum} to {maximum}\)"):
        Calibration(values)


def test_the_class_declares_the_fields_of_the_table():
    assert list(Calibration.__annotations__) == [name for name, _, _ in FIELDS]


def test_every_product_of_a_pulse_stays_a_small_integer_on_the_board():
    from instep.axes import HIGH, LOW, NAMES

    travel = {"press": GREATEST["press_travel_max_um"], "hold": HIGH[NAMES.index("hold_heel")]}
    for axis in ("select", "reach", "turn", "grip"):
        at = NAMES.index(f"toe_{axis}")
        travel[axis] = max(HIGH[at], -LOW[at])
    for axis, value in travel.items():
        assert value * GREATEST[f"{axis}_us_per_kilo"] < 1 << 30
