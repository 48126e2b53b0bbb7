"""A reading that stays behind the travel of its press is noticed; soft and hard feet with sound sensors are not."""

import pytest

from instep.drive.press import AT_END, SIZE, SPRING, TOUCHING, TRAILING, ZERO
from instep.guard import faults
from instep.guard.memory_monitor import MemoryMonitor
from instep.guard.travel_monitor import TravelMonitor
from tests.fakes import stand_in
from tests.firmware.sessions import CALIBRATION

SPRING_N_MM = CALIBRATION.spring_mn_per_mm / 1_000
CONTACT_UM = 14_000
STIFFENING_PER_MM = 0.15
# The softest tissue of the simulated people, and the toughest.
SOFT_N_MM = 1.5
TOUGH_N_MM = 11.0


class Foot:
    """A press on a foot at CONTACT_UM, with a sensor of some gain and offset."""

    def __init__(self, tissue_n_mm=TOUGH_N_MM, gain=1.0, offset_n=0.0):
        self.press = [0] * SIZE
        self.press[SPRING] = CALIBRATION.spring_mn_per_mm
        self.roller = stand_in(position_um=0)
        self.is_in = True
        foot_switch = stand_in(read=lambda: self.is_in)
        # Asked for so much that the surface under a roller that moves is judged elsewhere.
        press = stand_in(state=self.press, asked_mn=1_000_000)
        self.monitor = TravelMonitor(press, self.roller, foot_switch, MemoryMonitor())
        self._tissue_n_mm = tissue_n_mm
        self.gain = gain
        self._offset_n = offset_n

    def press_with(self, true_n):
        """Press with a true force for one tick; return the fault."""
        deep_mm = (
            2
            * true_n
            / (self._tissue_n_mm + (self._tissue_n_mm**2 + 4 * self._tissue_n_mm * STIFFENING_PER_MM * true_n) ** 0.5)
        )
        self.press[TOUCHING] = True
        self.press[TRAILING] = round(CONTACT_UM + 1_000 * (true_n / SPRING_N_MM + deep_mm))
        return self.monitor.check(round(1_000 * (self.gain * true_n + self._offset_n)), False)

    def land(self, until_n=35.0):
        """Press more from tick to tick; return the true force with which the fault was found, None = it was not."""
        for tenth in range(5, round(10 * until_n)):
            if self.press_with(tenth / 10):
                return tenth / 10
        return None


@pytest.mark.parametrize("tissue_n_mm", [SOFT_N_MM, 3.5, TOUGH_N_MM, 1_000.0])
@pytest.mark.parametrize(("gain", "offset_n"), [(1.0, 0.0), (0.95, -0.4), (1.05, 0.4)])
def test_a_sound_sensor_is_never_behind(tissue_n_mm, gain, offset_n):
    assert Foot(tissue_n_mm, gain, offset_n).land() is None


@pytest.mark.parametrize("zero_n", [-0.4, 0.4])
def test_a_zero_that_is_known_moves_nothing(zero_n):
    """A low gain is found at the same force with it; without it, at another."""
    foot = Foot(gain=0.5, offset_n=zero_n)
    foot.press[ZERO] = round(1_000 * zero_n)
    assert foot.land() == Foot(gain=0.5).land()
    assert Foot(gain=0.5, offset_n=zero_n).land() != Foot(gain=0.5).land()


@pytest.mark.parametrize("tissue_n_mm", [SOFT_N_MM, 3.5, TOUGH_N_MM])
@pytest.mark.parametrize(("gain", "max_n"), [(0.5, 12.0), (0.3, 7.0), (0.0, 6.0)])
def test_a_gain_of_a_half_or_less_is_found_early_on_any_foot(tissue_n_mm, gain, max_n):
    found_n = Foot(tissue_n_mm, gain).land()
    assert found_n is not None and found_n < max_n


def test_a_reading_has_to_be_behind_for_100_ms():
    foot = Foot(gain=0.3)
    foot.press_with(0.5)
    assert [foot.press_with(12) for _ in range(9)] == [faults.NO_FAULT] * 9
    assert foot.press_with(12) == faults.FAULT_FORCE_LOW


def test_a_reading_that_catches_up_has_its_whole_time_again():
    foot = Foot(gain=0.3)
    for _ in range(5):
        foot.press_with(0.5)
        assert [foot.press_with(12) for _ in range(9)] == [faults.NO_FAULT] * 9


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_roller_that_has_left_the_place_of_its_touch_is_not_judged(sign):
    foot = Foot(gain=0.3)
    foot.press_with(0.5)
    foot.roller.position_um = sign * 3_000
    foot.press_with(0.5)
    assert not foot.monitor.has_rolled()
    foot.roller.position_um = sign * 3_001
    assert foot.land() is None
    assert foot.monitor.has_rolled()


def test_each_landing_is_judged_anew():
    foot = Foot(gain=0.3)
    foot.press_with(0.5)
    foot.roller.position_um = 50_000
    assert foot.land() is None
    foot.press[TOUCHING] = False
    foot.monitor.check(0, False)
    assert foot.land() is not None


@pytest.mark.parametrize(("first_n", "is_landing"), [(3.0, True), (3.1, False), (20.0, False)])
def test_a_foot_that_meets_the_roller_with_more_than_3_n_is_no_landing(first_n, is_landing):
    """The reading counts; so a gain of 1 for the touch, and a low one from then on."""
    foot = Foot()
    foot.press_with(first_n)
    foot.gain = 0.1
    assert (foot.land() is not None) == is_landing


def test_a_press_that_feels_nothing_at_the_end_of_its_search_is_noticed_after_200_ms():
    foot = Foot()
    assert not any(foot.monitor.check(0, False) for _ in range(100))
    foot.press[AT_END] = 1
    assert not any(foot.monitor.check(0, False) for _ in range(19))
    assert foot.monitor.check(0, False) == faults.FAULT_FORCE_LOW


def test_an_empty_well_has_nothing_to_be_felt():
    foot = Foot()
    foot.is_in = False
    foot.press[AT_END] = 1
    assert not any(foot.monitor.check(0, False) for _ in range(200))
    foot.is_in = True
    assert any(foot.monitor.check(0, False) for _ in range(20))


def test_a_press_that_feels_nothing_while_a_lifted_roller_bears_a_load_is_noticed_after_200_ms():
    foot = Foot()
    assert not any(foot.monitor.check(999, True) for _ in range(19))
    assert not foot.monitor.check(1_000, True), "it feels the foot itself"
    assert not any(foot.monitor.check(999, True) for _ in range(19))
    assert foot.monitor.check(999, True) == faults.FAULT_FORCE_LOW
