"""A reading that falls behind the surface which this foot was felt to have is found while the roller moves."""

import pytest

from instep.drive.press import CONTACT, LANDING, SIZE, SPRING, TOUCHING, TRAILING, ZERO
from instep.guard import faults, limits
from instep.guard.surface_monitor import SurfaceMonitor
from tests.fakes import stand_in
from tests.firmware.sessions import CALIBRATION

SPRING_N_MM = CALIBRATION.spring_mn_per_mm / 1_000
CONTACT_UM = 14_000
NODE_UM = 16_384
LIGHT_N, FIRM_N = 8.0, 25.0
# As far as a stroke of 100 mm/s comes in a tick.
FAST_UM = 1_000


class Stroke:
    """A roller that presses on a foot with what its sensor reads, in its first touch; forces in N."""

    def __init__(self, zero_n=0.0):
        self.state = [0] * SIZE
        self.state[CONTACT] = CONTACT_UM
        self.state[SPRING] = CALIBRATION.spring_mn_per_mm
        self.state[ZERO] = round(1_000 * zero_n)
        self.press = stand_in(state=self.state, asked_mn=0)
        self.monitor = SurfaceMonitor(self.press)
        self.zero_n = zero_n
        self.slope = 0.0
        self.moved_um = 0
        self.place_um = 0
        self.lift()
        self.tick(0.0, 0.0, is_touching=False)

    def lift(self):
        """Lift the roller: the next touch is a first one."""
        self.state[LANDING] = 1
        self.state[TOUCHING] = 0

    def in_an_unknown_cell(self):
        """Place the roller between two nodes that no stroke has passed."""
        self.place_um = 5 * NODE_UM + 8_000
        return self

    def surface_um(self):
        """Return where the foot is, without its give."""
        return CONTACT_UM + self.moved_um + self.slope * self.place_um

    def tick(self, asked_n, true_n, read_n=None, is_touching=True):
        """Press for a tick with a true force, of which the sensor says `read_n`; return the fault."""
        self.press.asked_mn = round(1_000 * asked_n)
        self.state[TOUCHING] = int(is_touching)
        if is_touching:
            self.state[LANDING] = 0
        self.state[TRAILING] = round(self.surface_um() + 1_000 * true_n / SPRING_N_MM)
        read_n = true_n if read_n is None else read_n
        return self.monitor.check(round(self.place_um), round(1_000 * (read_n + self.zero_n)))

    def roll(self, to_um, asked_n, gain=1.0, offset_n=0.0, step_um=FAST_UM):
        """Roll to a place with a sensor that is regulated to what is asked; return the true force of the fault."""
        while self.place_um != to_um:
            way_um = to_um - self.place_um
            self.place_um += max(-step_um, min(step_um, way_um))
            true_n = (asked_n - offset_n) / gain
            if self.tick(asked_n, true_n, asked_n):
                return true_n
        return None

    def drift(self, from_um, to_um, asked_n, n_per_s, strokes=400):
        """Roll to and fro while the zero drifts; return the true force of the fault."""
        true_n = asked_n
        for stroke in range(strokes):
            goal_um = from_um if stroke & 1 else to_um
            while self.place_um != goal_um:
                self.place_um += max(-300, min(300, goal_um - self.place_um))
                true_n += n_per_s / 100
                if self.tick(asked_n, true_n, asked_n):
                    return true_n
        return None


def bound_n(asked_n):
    """Return what a person may feel."""
    return 1.4 * asked_n + 5


@pytest.mark.parametrize("slope", [-0.24, 0.0, 0.24])
@pytest.mark.parametrize("zero_n", [-0.4, 0.4])
@pytest.mark.parametrize("asked_n", [0.5, LIGHT_N, FIRM_N, 35.0])
def test_the_shape_of_a_foot_is_never_behind(asked_n, zero_n, slope):
    stroke = Stroke(zero_n)
    stroke.slope = slope
    for _ in range(2):
        assert stroke.roll(100_000, asked_n) is None
        assert stroke.roll(0, asked_n) is None


@pytest.mark.parametrize("asked_n", [2.0, LIGHT_N, FIRM_N, 35.0])
def test_a_jump_that_makes_more_than_a_person_may_feel_is_found_after_40_ms_at_any_place(asked_n):
    """In the first stroke, before any node is known, and within a cell."""
    stroke = Stroke()
    assert stroke.roll(5_000, asked_n) is None
    true_n = bound_n(asked_n) + 0.1
    found = [stroke.tick(asked_n, true_n, asked_n) for _ in range(limits.BEHIND_TICKS)]
    assert found == [faults.NO_FAULT] * (limits.BEHIND_TICKS - 1) + [faults.FAULT_FOOT_MOVED]


@pytest.mark.parametrize("asked_n", [2.0, LIGHT_N, FIRM_N])
def test_a_foot_that_yields_by_as_much_as_a_light_force_is_not_behind(asked_n):
    stroke = Stroke()
    assert stroke.roll(5_000, asked_n) is None
    true_n = 1.24 * asked_n + 3.9
    assert not any(stroke.tick(asked_n, true_n, asked_n) for _ in range(100))


@pytest.mark.parametrize(("over_n", "is_found"), [(3.9, False), (4.3, True)])
@pytest.mark.parametrize("asked_n", [LIGHT_N, FIRM_N])
def test_a_quarter_of_the_set_point_and_4_n_are_allowed_beyond_the_surface(asked_n, over_n, is_found):
    stroke = Stroke().in_an_unknown_cell()
    stroke.tick(asked_n, asked_n)
    found = [stroke.tick(asked_n, 1.25 * asked_n + over_n, asked_n) for _ in range(4)]
    assert any(found) == is_found


@pytest.mark.parametrize(("um_per_tick", "is_found"), [(29, False), (35, True)])
def test_a_surface_may_rise_by_3_mm_a_second_under_a_roller_that_stands(um_per_tick, is_found):
    stroke = Stroke().in_an_unknown_cell()
    while stroke.moved_um < 1_200 * um_per_tick and not stroke.tick(LIGHT_N, LIGHT_N):
        stroke.moved_um += um_per_tick
    assert (stroke.moved_um < 1_200 * um_per_tick) == is_found


def test_a_surface_that_rises_more_steeply_than_1_in_4_is_no_foot():
    stroke = Stroke()
    stroke.slope = 0.35
    assert stroke.roll(100_000, LIGHT_N) is not None


@pytest.mark.parametrize(("give_um", "is_found"), [(11_700, False), (12_400, True)])
def test_after_a_second_of_light_strokes_tissue_gives_way_again_to_10_n_more(give_um, is_found):
    stroke = Stroke().in_an_unknown_cell()
    stroke.tick(FIRM_N, FIRM_N)
    assert not any(stroke.tick(LIGHT_N, LIGHT_N) for _ in range(100))
    stroke.moved_um = give_um
    assert any(stroke.tick(FIRM_N, FIRM_N) for _ in range(4)) == is_found


@pytest.mark.parametrize(("asked_n", "is_found"), [(11.9, True), (12.0, False)])
def test_firm_strokes_from_12_n_on_have_a_surface_of_their_own(asked_n, is_found):
    stroke = Stroke()
    stroke.tick(LIGHT_N, LIGHT_N)
    stroke.roll(4 * NODE_UM, LIGHT_N)
    stroke.lift()
    found = [stroke.tick(asked_n, 12.0, 0.0, is_touching=False) for _ in range(4)]
    assert any(found) == is_found


@pytest.mark.parametrize(("again_n", "far_um"), [(8.9, 5_000), (9.1, 7_000)])
def test_a_stroke_that_is_firmer_by_1_n_shows_more_of_the_surface(again_n, far_um):
    """The surface rises by 2 mm before it; by how much more it may rise says whether that was learned."""
    stroke = Stroke()
    stroke.roll(6 * NODE_UM, LIGHT_N)
    stroke.moved_um = 2_000
    stroke.roll(0, again_n)
    stroke.roll(2 * NODE_UM + 8_000, LIGHT_N)
    while not stroke.tick(LIGHT_N, LIGHT_N):
        stroke.moved_um += 25
    assert stroke.moved_um == pytest.approx(far_um, abs=500)


def test_a_reading_that_catches_up_has_its_whole_time_again():
    stroke = Stroke()
    stroke.roll(5_000, LIGHT_N)
    for _ in range(5):
        assert not any(stroke.tick(LIGHT_N, 30, LIGHT_N) for _ in range(limits.BEHIND_TICKS - 1))
        assert not stroke.tick(LIGHT_N, LIGHT_N)


def test_the_give_of_the_tissue_under_a_rising_force_is_not_behind():
    stroke = Stroke()
    stroke.tick(LIGHT_N, 0.0)
    for tenth in range(350):
        true_n = tenth / 10
        stroke.moved_um = round(true_n * limits.YIELD_UM_PER_N)
        assert not stroke.tick(true_n, true_n)


def test_a_reading_that_is_lost_while_rolling_is_found_although_the_press_searches():
    stroke = Stroke()
    stroke.roll(30_000, FIRM_N)
    assert any(stroke.tick(FIRM_N, FIRM_N, 0.0, is_touching=False) for _ in range(limits.BEHIND_TICKS))


@pytest.mark.parametrize("asked_n", [LIGHT_N, FIRM_N])
@pytest.mark.parametrize("n_per_s", [0.05, 0.5, 2.0])
def test_a_drift_is_found_in_a_later_stroke_before_a_person_feels_it(n_per_s, asked_n):
    stroke = Stroke()
    assert stroke.roll(4 * NODE_UM, asked_n) is None
    found_n = stroke.drift(0, 4 * NODE_UM, asked_n, n_per_s)
    assert found_n is not None and found_n <= bound_n(asked_n) + 0.5


def test_a_surface_learned_under_a_lighter_touch_is_learned_again_under_a_firmer_one():
    """Softest tissue: 0.35 mm for each N between the two."""
    stroke = Stroke()
    for asked_n in (LIGHT_N, 10.0, FIRM_N, 35.0, FIRM_N, LIGHT_N):
        stroke.moved_um = round(asked_n * limits.YIELD_UM_PER_N)
        stroke.lift()
        assert not stroke.tick(asked_n, 0.0, is_touching=False)
        for goal_um in (4 * NODE_UM, 0):
            assert stroke.roll(goal_um, asked_n) is None


def test_light_and_firm_strokes_in_turn_hide_no_drift():
    stroke = Stroke()
    found_n = None
    drift_n = 0.0
    for turn in range(400):
        asked_n = FIRM_N if turn & 1 == 0 else LIGHT_N
        drift_n += 0.3
        found_n = stroke.roll(0 if turn & 1 else 4 * NODE_UM, asked_n, offset_n=-drift_n, step_um=300)
        if found_n is not None:
            break
    assert found_n is not None and found_n <= bound_n(LIGHT_N) + 0.5


@pytest.mark.parametrize("place_um", [0, 4 * NODE_UM - 100, 4 * NODE_UM + 100])
def test_a_press_that_searches_far_beyond_the_foot_it_knows_is_found_after_40_ms(place_um):
    stroke = Stroke()
    stroke.tick(LIGHT_N, LIGHT_N)
    stroke.roll(4 * NODE_UM, LIGHT_N)
    stroke.roll(place_um, LIGHT_N)
    stroke.lift()
    beyond_n = limits.SEARCH_FAR_UM * SPRING_N_MM / 1_000
    assert not any(stroke.tick(LIGHT_N, beyond_n, 0.0, is_touching=False) for _ in range(100))
    found = [stroke.tick(LIGHT_N, beyond_n + 0.1, 0.0, is_touching=False) for _ in range(limits.BEHIND_TICKS)]
    assert found == [faults.NO_FAULT] * (limits.BEHIND_TICKS - 1) + [faults.FAULT_FOOT_MOVED]


def searches_in_vain(stroke):
    """Lift, and search with a press that feels nothing; return the fault."""
    stroke.lift()
    beyond_n = limits.SEARCH_FAR_UM * SPRING_N_MM / 1_000 + 0.1
    return [stroke.tick(LIGHT_N, beyond_n, 0.0, is_touching=False) for _ in range(limits.BEHIND_TICKS)][-1]


def test_a_roller_that_is_behind_for_the_third_time_has_a_wrong_sensor():
    stroke = Stroke()
    stroke.roll(4 * NODE_UM, LIGHT_N)
    found = [searches_in_vain(stroke) for _ in range(3)]
    assert found == [faults.FAULT_FOOT_MOVED, faults.FAULT_FOOT_MOVED, faults.FAULT_FORCE_LOW]


@pytest.mark.parametrize(("still_ticks", "fault"), [(499, faults.FAULT_FORCE_LOW), (500, faults.FAULT_FOOT_MOVED)])
def test_a_foot_that_has_been_still_for_5_s_of_pressing_may_move_again(still_ticks, fault):
    stroke = Stroke()
    stroke.roll(4 * NODE_UM, LIGHT_N)
    for _ in range(2):
        assert searches_in_vain(stroke) == faults.FAULT_FOOT_MOVED
    for _ in range(still_ticks):
        stroke.tick(LIGHT_N, LIGHT_N)
        stroke.lift()
        stroke.tick(LIGHT_N, 0.0, is_touching=False)
    assert searches_in_vain(stroke) == fault


@pytest.mark.parametrize(("moved_um", "is_found"), [(limits.MOVED_UM - 100, True), (limits.MOVED_UM + 100, False)])
def test_a_foot_that_is_felt_farther_away_at_a_landing_is_learned_again(moved_um, is_found):
    """What is found afterwards is a drift that only the nodes of before can show."""
    stroke = Stroke()
    stroke.roll(4 * NODE_UM, LIGHT_N)
    stroke.lift()
    stroke.moved_um = moved_um
    stroke.place_um = 3 * NODE_UM + 8_000
    assert not stroke.tick(LIGHT_N, 0.0, is_touching=False)
    assert not stroke.tick(LIGHT_N, 0.4)
    assert not stroke.tick(LIGHT_N, LIGHT_N)
    found_n = stroke.roll(0, LIGHT_N, offset_n=-(7.2 - moved_um * SPRING_N_MM / 1_000), step_um=30)
    assert (found_n is not None) == is_found


def test_a_new_session_knows_no_foot():
    stroke = Stroke()
    stroke.roll(4 * NODE_UM, LIGHT_N)
    stroke.lift()
    stroke.monitor.begin_session()
    assert not any(stroke.tick(LIGHT_N, 20, 0.0, is_touching=False) for _ in range(100))
    assert not stroke.tick(LIGHT_N, 0.4)


@pytest.mark.parametrize("place_um", [-3_000, 343_000, 400_000])
@pytest.mark.parametrize("read_mn", [-(2**30), 2**30])
def test_a_place_and_a_reading_beyond_all_bounds_are_judged_too(place_um, read_mn):
    stroke = Stroke()
    stroke.roll(340_000, LIGHT_N)
    stroke.state[TRAILING] = 60_000
    found = {stroke.monitor.check(place_um, read_mn) for _ in range(limits.BEHIND_TICKS + 1)}
    assert (faults.FAULT_FOOT_MOVED in found) == (read_mn < 0)
