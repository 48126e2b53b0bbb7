"""Heat that nobody asked for: a switch that shorts, one that leaks, and what is neither."""

import pytest

from instep.guard.rise_monitor import RiseMonitor
from tests.fakes import stand_in

PER_S = 10


class Rig:
    """A well whose power is off, unless `duty` says otherwise."""

    def __init__(self):
        self.heater = stand_in(duty_permille=0)
        self.lead = stand_in(now=0, over=0, explained=0)
        self.monitor = RiseMonitor(self.heater, self.lead)
        self.centi_c = 2_500.0

    def run(self, seconds, lead=0, k_per_s=0.0, duty=0, is_lead_sound=True, lead_k_per_s=0.0):
        """Let time pass; return after how many seconds the monitor has found a rise, None = never."""
        self.heater.duty_permille = duty
        for sample in range(round(seconds * PER_S)):
            self.centi_c += 100 * k_per_s / PER_S
            self.lead.now = self.lead.over = round(lead + 100 * lead_k_per_s * sample / PER_S)
            if self.monitor.is_rising(is_lead_sound, round(self.centi_c), round(self.centi_c)):
                return sample / PER_S
        return None


@pytest.mark.parametrize("lead", [120, 360, 550])
def test_a_lead_that_stands_while_the_thermometer_rises_is_a_switch_that_shorts(lead):
    found = Rig().run(30, lead, k_per_s=0.1)
    assert found is not None and 4.8 <= found <= 5.0


def test_a_thermometer_that_rises_by_0_3_k_in_5_s_is_enough():
    assert Rig().run(30, 360, k_per_s=0.0625) == pytest.approx(4.9, abs=0.15)


def test_a_lead_that_drifts_by_less_than_0_4_k_stands():
    assert Rig().run(30, 360, k_per_s=0.1, lead_k_per_s=0.07) is not None


@pytest.mark.parametrize(
    "harmless",
    [
        {"lead": 119, "k_per_s": 0.1},
        {"lead": 551, "k_per_s": 0.1},
        {"lead": 360, "k_per_s": 0.0},
        {"lead": 360, "k_per_s": -0.1},
        {"lead": 360, "k_per_s": 0.1, "duty": 1},
        {"lead": 360, "k_per_s": 0.1, "is_lead_sound": False},
        {"lead": 130, "k_per_s": 0.1, "lead_k_per_s": 1.0},
        {"lead": 540, "k_per_s": 0.1, "lead_k_per_s": -0.5},
    ],
)
def test_what_lacks_one_sign_of_a_shorted_switch_is_none(harmless):
    assert Rig().run(40, **harmless) is None


def test_power_may_make_a_well_warmer_than_any_foot():
    rig = Rig()
    rig.run(20)
    rig.centi_c = 3_700.0
    assert rig.run(60, k_per_s=0.05, duty=1) is None


def test_a_lead_has_to_stand_for_5_s_without_power_in_between():
    rig = Rig()
    for _ in range(3):
        assert rig.run(4, 360, k_per_s=0.1) is None
        assert rig.run(0.1, 360, k_per_s=0.1, duty=1) is None


def test_a_foot_may_warm_a_well_to_38_degrees():
    rig = Rig()
    rig.centi_c = 1_000.0
    assert rig.run(279, k_per_s=0.1) is None
    assert rig.centi_c < 3_800


@pytest.mark.parametrize("k_per_s", [0.2, 0.02, 0.004])
def test_a_well_that_gets_warmer_than_any_foot_by_itself_is_found_however_slowly(k_per_s):
    rig = Rig()
    rig.centi_c = 3_700.0
    assert rig.run(2.0 / k_per_s + 20, k_per_s=k_per_s) is not None
    # What rises in the first 10 s may still be what the film held.
    assert rig.centi_c <= max(3_800, 3_700 + 100 * 10 * k_per_s + 100) + 15


def test_a_well_that_was_hot_from_its_own_power_may_cool_and_hold():
    rig = Rig()
    rig.centi_c = 4_100.0
    assert rig.run(5, duty=300) is None
    assert rig.run(10, k_per_s=0.04) is None  # what the film still holds
    assert rig.run(100, k_per_s=-0.01) is None
    assert rig.run(100, k_per_s=0.0) is None
    assert rig.run(60, k_per_s=0.03) is not None


def test_a_kelvin_above_its_lowest_is_the_least_that_counts():
    rig = Rig()
    rig.centi_c = 4_000.0
    rig.run(10.0)
    rig.centi_c = 4_099.0
    assert rig.run(10) is None
    rig.centi_c = 4_100.0
    assert rig.run(0.4) is None
    assert rig.run(0.1) is not None
