"""What a simulated session truly gives to each foot: true forces at true places, as the report says them."""

import pytest

from sim.report import words
from tests.scenarios.machine import recording, simulate
from tests.sim.report.written import report_of

EVENNESS_MAX = 4.0
TOUCHED_MIN = 0.85
EVERY_TICKS = 5


def given(program: str, person: str):
    """Return the recording of a whole session."""
    simulation = simulate(program, person=person, every=EVERY_TICKS)
    simulation.run_out()
    assert simulation.result == "done"
    return recording(simulation)


@pytest.mark.parametrize("person", ["small", "average", "large", "sensitive"])
def test_duo_touches_each_foot_nearly_always_and_no_place_gets_four_times_the_median_dose(person):
    for figures in words.foot_figures(given("duo", person)):
        assert figures.touched >= TOUCHED_MIN
        assert figures.top_evenness is not None and figures.top_evenness <= EVENNESS_MAX
        assert figures.sole_evenness is not None and figures.sole_evenness <= EVENNESS_MAX
        assert figures.firm_minutes >= 2


def test_fifteen_minutes_of_classic_give_no_place_more_than_four_times_the_median_dose(tmp_path):
    session = given("classic", "average")
    for figures in words.foot_figures(session):
        assert figures.top_evenness is not None and figures.top_evenness <= EVENNESS_MAX
        assert figures.sole_evenness is not None and figures.sole_evenness <= EVENNESS_MAX
        assert figures.firm_minutes >= 1.5
    page = report_of(session, tmp_path)
    for foot, texts in words.foot_rows(session):
        assert f"{foot} foot</th>" in page
        assert all(text in page for text in texts)
