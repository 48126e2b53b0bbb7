"""The form of a fault: where its effect is found, and when it comes."""

from dataclasses import replace

import pytest

from sim.faults import FAULTS
from sim.faults.effects.effect import Effect
from sim.faults.fault import NO_SESSION, PAUSE, REFUSE_LOAD

ONE = next(iter(FAULTS.values()))


@pytest.mark.parametrize("name", FAULTS)
def test_the_effect_of_every_fault_is_a_class_that_exists(name):
    assert issubclass(FAULTS[name].effect_class(), Effect)


@pytest.mark.parametrize(
    ("reaction", "is_wiring", "expected"),
    [(NO_SESSION, False, True), (REFUSE_LOAD, False, True), (PAUSE, False, False), (PAUSE, True, True)],
)
def test_what_keeps_a_session_from_beginning_comes_before_it(reaction, is_wiring, expected):
    assert replace(ONE, reaction=reaction, is_wiring=is_wiring).comes_before_session is expected
