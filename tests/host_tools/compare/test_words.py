"""Where two sessions differ, in words: times around the massage, values by name or with their unit."""

from pathlib import Path

import numpy as np
import pytest

from host_tools.compare.align import Pair
from host_tools.compare.quantities import QUANTITIES
from host_tools.compare.words import facts_rows, moment, value_words
from host_tools.trace.read import Series, Trace
from instep.guard import faults
from instep.session import states

TIME = Series(np.array([0.0, 1.0]), np.array([0.0, 0.0]))


def quantity(series):
    return next(found for found in QUANTITIES if found.series == series)


def pair(a=None, b=None, origin="the massage"):
    traces = [Trace(Path("x"), facts or {}, {"machine.state": TIME}, ()) for facts in (a, b)]
    return Pair(traces[0], traces[1], (0.0, 0.0), origin)


@pytest.mark.parametrize(
    ("time_s", "words"),
    [(62.4, "1:02 into the massage"), (0.0, "0:00 into the massage"), (-5.0, "0:05 before the massage")],
)
def test_a_moment_is_told_from_the_common_zero(time_s, words):
    assert moment(pair(), time_s) == words


@pytest.mark.parametrize(
    ("series", "value", "words"),
    [
        ("left.sole_mn", 12.345, "12.3 N"),
        ("machine.state", states.RUN, "massage"),
        ("machine.state", 99, "99"),
        ("machine.fault", faults.NO_FAULT, "none"),
        ("machine.fault", 250, "number 250"),
        ("machine.heat", 2, "medium"),
        ("left.technique", 1, "top of foot"),
        ("left.technique", 255, "resting"),
        ("left.is_in", 1, "yes"),
        ("machine.pace", 3, "3"),
    ],
)
def test_a_value_has_its_unit_or_its_name(series, value, words):
    assert value_words(quantity(series), value) == words


def test_every_value_of_every_step_has_words():
    for found in QUANTITIES:
        if found.is_step:
            assert all(value_words(found, float(number)) for number in range(256))


def test_facts_that_differ_or_are_missing_are_marked():
    rows = facts_rows(pair({"program": "quick", "seed": "1"}, {"program": "quick", "pace": "2"}))
    assert rows == [
        ("program", "quick", "quick", False),
        ("seed", "1", "not told", True),
        ("pace", "not told", "2", True),
    ]
