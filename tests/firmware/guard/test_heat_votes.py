"""Two hot samples of three end a session; it begins again only well below the limits."""

import pytest

from instep.guard import faults
from instep.guard.heat_votes import HeatVotes
from tests.fakes import CODE_25_C, stand_in

OPEN_CODE = 32_767

COLD = {"skin": 3_000, "element": 3_000, "thermometer": 3_000}
HOT = (
    ("skin", 4_300, faults.FAULT_SKIN_HOT),
    ("thermometer", 4_250, faults.FAULT_SKIN_HOT),
    ("element", 6_000, faults.FAULT_ELEMENT_HOT),
)


class Well:
    """A well whose sensors say what a test gives."""

    def __init__(self):
        self.skin = stand_in(raw_centi_c=0, centi_c=0, code=CODE_25_C)
        self.element = stand_in(raw_centi_c=0, centi_c=0, code=CODE_25_C)
        self._well = stand_in(skin=self.skin, element=self.element, thermometer_centi_c=0)
        self.votes = HeatVotes(self._well)

    def sample(self, **given):
        """Take a sample; return the fault that it completes."""
        centi_c = COLD | given
        self.skin.raw_centi_c = self.skin.centi_c = centi_c["skin"]
        self.element.raw_centi_c = self.element.centi_c = centi_c["element"]
        self._well.thermometer_centi_c = centi_c["thermometer"]
        return self.votes.check()


@pytest.mark.parametrize(("sensor", "limit", "fault"), HOT)
@pytest.mark.parametrize("between", [0, 1])
def test_two_hot_samples_of_three_are_a_fault(sensor, limit, fault, between):
    well = Well()
    assert [well.sample(**{sensor: limit - 1}) for _ in range(5)] == [faults.NO_FAULT] * 5
    assert well.sample(**{sensor: limit}) == faults.NO_FAULT
    assert [well.sample() for _ in range(between)] == [faults.NO_FAULT] * between
    assert well.sample(**{sensor: limit}) == fault


@pytest.mark.parametrize(("sensor", "limit", "fault"), HOT)
def test_one_hot_sample_of_three_is_none(sensor, limit, fault):
    well = Well()
    for _ in range(5):
        assert well.sample(**{sensor: 2 * limit}) == well.sample() == well.sample() == faults.NO_FAULT


def test_a_shorted_wire_reads_hot_and_is_no_heat():
    well = Well()
    well.skin.code = well.element.code = OPEN_CODE
    assert not any(well.sample(skin=9_000, element=9_000) for _ in range(5))


def test_a_skin_side_and_a_film_that_are_hot_together_are_named_by_the_skin():
    well = Well()
    well.sample(skin=4_300, element=6_000)
    assert well.sample(skin=4_300, element=6_000) == faults.FAULT_SKIN_HOT


@pytest.mark.parametrize(("sensor", "clear"), [("skin", 4_200), ("thermometer", 4_200), ("element", 5_500)])
def test_a_well_is_cool_well_below_its_limits_only(sensor, clear):
    well = Well()
    well.sample(**{sensor: clear})
    assert well.votes.is_cool()
    well.sample(**{sensor: clear + 1})
    assert not well.votes.is_cool()


def test_a_well_is_not_cool_before_its_hot_sample_is_out_of_the_three():
    well = Well()
    well.sample(thermometer=4_250)
    assert [well.sample() or well.votes.is_cool() for _ in range(3)] == [False, False, True]
