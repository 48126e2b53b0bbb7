"""The figures of a machine with a person in it: the person's feet, the tables, the rollers' first places."""

import numpy as np
import pytest

from host_tools.machine.calibration import calibration_of
from instep.axes import SERVOS_PER_FOOT
from sim.people import load_person
from sim.plant.figures import load_figures

PEOPLE = ("average", "small", "large")


@pytest.mark.parametrize("name", PEOPLE)
def test_the_person_s_figures_reach_the_feet(name):
    person = load_person(name)
    figures = load_figures(person, 1)
    assert figures.person is person
    assert (figures.foot_heat.blood_c, figures.foot_heat.foot_mass_kg) == (person.blood_c, person.mass_kg)
    assert len(figures.servos) == SERVOS_PER_FOOT
    assert vars(figures.calibration) == vars(calibration_of())


def test_feet_of_other_people_are_other_feet():
    rows = [load_figures(load_person(name), 1).foot_row(0) for name in PEOPLE]
    assert not np.array_equal(rows[0], rows[1]) and not np.array_equal(rows[1], rows[2])


def test_the_seed_alone_places_the_rollers_within_two_centimetres():
    chosen = (("average", 3), ("small", 3), ("small", 4))
    starts = [load_figures(load_person(name), seed).start_m for name, seed in chosen]
    assert starts[0] == starts[1] != starts[2]
    assert all(0.0 <= start <= 0.02 for places in starts for start in places)
