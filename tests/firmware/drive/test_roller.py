"""The roller drive on the simulated gearmotor."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.drive.roller_kernels import CURRENT, SPEED
from sim.plant.motor import HIGH_STOP_M, LOW_STOP_M, POSITION_M, SPEED_M_S
from tests.firmware.roller_rig import LIMIT_MA, NOMINAL, SETTLE_TICKS, SPEED_MAX_UM_TICK, Rig, Worst, eased, journey

MOTORS = {
    "nominal": NOMINAL,
    "slow": replace(NOMINAL, force_n_a=NOMINAL.force_n_a * 1.1),
    "fast": replace(NOMINAL, force_n_a=NOMINAL.force_n_a * 0.9),
    "stiff": replace(NOMINAL, sliding_n=NOMINAL.sliding_n * 2, breakaway_n=NOMINAL.breakaway_n * 1.5),
    "free": replace(NOMINAL, sliding_n=NOMINAL.sliding_n * 0.5, breakaway_n=NOMINAL.breakaway_n * 0.5),
}
SUPPLIES_V = (10.8, 12.0, 12.6)
CONTACTS_N = (0.0, 15.0, 35.0)
CONDITIONS = [(name, bus_v, contact_n) for name in MOTORS for bus_v in SUPPLIES_V for contact_n in CONTACTS_N]

MOVING_ERROR_UM = 1_000
REST_ERROR_UM = 300
OVERSHOOT_UM = 300
FULL_STROKES_UM = (340_000, 5_000, 5_100, 120_000, 117_000, 117_500, 117_300, 0)


@cache
def full_strokes(name: str, bus_v: float, contact_n: float) -> Worst:
    """Return the worst of strokes at full speed."""
    return journey(Rig(MOTORS[name], bus_v, contact_n), FULL_STROKES_UM, SPEED_MAX_UM_TICK)


@pytest.mark.parametrize(("name", "bus_v", "contact_n"), CONDITIONS)
def test_a_moving_roller_stays_within_a_millimetre_of_its_setpoint(name: str, bus_v: float, contact_n: float) -> None:
    assert full_strokes(name, bus_v, contact_n).moving_um <= MOVING_ERROR_UM


def test_the_nominal_motor_keeps_to_less_than_half_of_that() -> None:
    for bus_v in SUPPLIES_V:
        for contact_n in CONTACTS_N:
            assert full_strokes("nominal", bus_v, contact_n).moving_um <= MOVING_ERROR_UM * 0.45


@pytest.mark.parametrize(("name", "bus_v", "contact_n"), CONDITIONS)
def test_no_stroke_ends_beyond_its_end(name: str, bus_v: float, contact_n: float) -> None:
    assert full_strokes(name, bus_v, contact_n).overshoot_um <= OVERSHOOT_UM


@pytest.mark.parametrize(("name", "bus_v", "contact_n"), CONDITIONS)
def test_a_roller_at_rest_is_near_its_setpoint_and_coasts(name: str, bus_v: float, contact_n: float) -> None:
    worst = full_strokes(name, bus_v, contact_n)
    assert worst.resting_um <= REST_ERROR_UM
    assert worst.driven_at_rest_ticks == 0


def test_lawful_strokes_stay_under_the_current_limit() -> None:
    for condition in CONDITIONS:
        assert full_strokes(*condition).current_ma < LIMIT_MA


@given(
    ends_um=st.lists(st.integers(0, 340_000), min_size=1, max_size=4),
    peak_um_tick=st.integers(20, SPEED_MAX_UM_TICK),
    bus_v=st.floats(10.8, 12.6),
    contact_n=st.floats(0, 35),
)
def test_any_stroke_is_followed(ends_um: list[int], peak_um_tick: int, bus_v: float, contact_n: float) -> None:
    worst = journey(Rig(NOMINAL, bus_v, contact_n), tuple(ends_um), peak_um_tick)
    assert worst.moving_um <= MOVING_ERROR_UM
    assert worst.resting_um <= REST_ERROR_UM
    assert worst.overshoot_um <= OVERSHOOT_UM


def test_a_resting_roller_sends_no_command() -> None:
    rig = Rig()
    rig.follow(0, 20_000)
    rig.hold(20_000, SETTLE_TICKS)
    commands = rig.commands
    rig.hold(20_000, SETTLE_TICKS)
    rig.state[POSITION_M] += 0.00005
    rig.hold(20_000, SETTLE_TICKS)
    assert rig.commands == commands
    assert rig.roller.duty_permille == 0
    assert rig.roller.state[CURRENT] == 0
    assert rig.roller.state[SPEED] == 0


def test_a_roller_pushed_from_its_rest_returns() -> None:
    rig = Rig()
    rig.follow(0, 20_000)
    rig.hold(20_000, SETTLE_TICKS)
    rig.state[POSITION_M] += 0.002
    rig.roller.tick(20_000)
    assert rig.roller.position_um == pytest.approx(rig.position_um, abs=50)
    assert rig.roller.duty_permille < 0
    rig.hold(20_000, SETTLE_TICKS)
    assert abs(rig.position_um - 20_000) <= REST_ERROR_UM


def test_a_resting_roller_leaves_with_its_setpoint() -> None:
    rig = Rig()
    rig.hold(0, SETTLE_TICKS)
    rig.follow(0, 3_000)
    rig.hold(3_000, SETTLE_TICKS)
    assert abs(rig.position_um - 3_000) <= REST_ERROR_UM


@pytest.mark.parametrize("wild_counts", [-15_000, 15_000])
def test_one_wild_count_does_not_throw_a_roller(wild_counts: int) -> None:
    rig = Rig(contact_n=0.0)
    rig.follow(0, 50_000)
    rig.hold(50_000, SETTLE_TICKS)
    rig.miscount = wild_counts
    rig.tick(50_000)
    rig.miscount = 0
    for _ in range(SETTLE_TICKS):
        rig.tick(50_000)
        assert abs(rig.position_um - 50_000) <= MOVING_ERROR_UM
        assert rig.roller.state[CURRENT] < LIMIT_MA * 2
    assert abs(rig.position_um - 50_000) <= REST_ERROR_UM


def _blocked_at(rig: Rig, setpoint_um: int, ticks: int) -> list[int]:
    """Hold the roller where it is while the setpoint goes on at 20 mm/s; return the current of every tick."""
    rig.state[[LOW_STOP_M, HIGH_STOP_M]] = rig.state[POSITION_M]
    current_ma = []
    for tick in range(ticks):
        rig.tick(setpoint_um + min(200 * tick, 20_000))
        current_ma.append(rig.roller.state[CURRENT])
    return current_ma


def test_a_blocked_roller_folds_its_current_back() -> None:
    rig = Rig()
    rig.follow(0, 50_000)
    current_ma = _blocked_at(rig, 50_000, 200)
    assert max(current_ma) < LIMIT_MA * 1.5
    assert max(current_ma[50:]) < LIMIT_MA * 1.05
    assert min(current_ma[50:]) > LIMIT_MA * 0.9


def test_a_roller_set_free_does_not_shoot_past_its_setpoint() -> None:
    rig = Rig()
    rig.follow(0, 50_000)
    _blocked_at(rig, 50_000, 300)
    rig.state[[LOW_STOP_M, HIGH_STOP_M]] = (NOMINAL.low_stop_m, NOMINAL.high_stop_m)
    furthest_um = 0.0
    for _ in range(300):
        rig.tick(70_000)
        furthest_um = max(furthest_um, rig.position_um)
    assert furthest_um <= 70_000 + OVERSHOOT_UM
    assert abs(rig.position_um - 70_000) <= REST_ERROR_UM


def _cruising() -> tuple[Rig, int]:
    """Return a roller at 100 mm/s and its newest setpoint."""
    rig = Rig()
    setpoints_um = eased(0, 200_000, SPEED_MAX_UM_TICK)
    half = setpoints_um[: len(setpoints_um) // 2]
    for setpoint_um in half:
        rig.tick(setpoint_um)
    return rig, half[-1]


def test_off_opens_the_bridge_at_once() -> None:
    rig, _ = _cruising()
    assert rig.is_driven
    rig.roller.off()
    assert not rig.is_driven
    assert rig.roller.duty_permille == 0
    assert rig.roller.state[CURRENT] == 0


@pytest.mark.parametrize("gap_um", [-60_000, -700, 0, 700, 60_000])
def test_control_resumes_without_a_jump(gap_um: int) -> None:
    rig, setpoint_um = _cruising()
    rig.roller.off()
    for _ in range(5):
        rig.pass_tick()
    target_um = setpoint_um + gap_um
    for _ in range(800):
        speed_m_s = rig.state[SPEED_M_S]
        rig.tick(target_um)
        assert abs(rig.state[SPEED_M_S] - speed_m_s) < 0.012
        assert rig.roller.state[CURRENT] < 1_000
    assert abs(rig.position_um - target_um) <= REST_ERROR_UM


@pytest.mark.parametrize("wild_counts", [-20_000, -60, 60, 20_000])
@pytest.mark.parametrize("wild_tick", range(6))
def test_one_wild_count_does_not_throw_a_roller_that_is_waking(wild_tick: int, wild_counts: int) -> None:
    rig = Rig()
    rig.hold(0, 10)
    rig.roller.off()
    furthest_um = 0.0
    for tick in range(50):
        rig.miscount = wild_counts if tick == wild_tick else 0
        rig.tick(0)
        furthest_um = max(furthest_um, abs(rig.position_um))
    assert furthest_um < 1_000
    assert rig.roller.state[CURRENT] < 1_000


def test_after_off_a_roller_behaves_like_a_new_one() -> None:
    used, _ = _cruising()
    used.roller.off()
    for _ in range(100):
        used.pass_tick()
    fresh = Rig()
    fresh.state[POSITION_M] = used.state[POSITION_M]
    start_um = round(used.position_um)
    duties: list[tuple[int, int]] = []
    for setpoint_um in [start_um] * 5 + eased(start_um, start_um - 20_000, 200):
        used.tick(setpoint_um)
        fresh.tick(setpoint_um)
        duties.append((used.roller.duty_permille, fresh.roller.duty_permille))
    assert max(abs(duty) for duty, _ in duties) > 50
    assert all(duty == fresh_duty for duty, fresh_duty in duties)


def test_a_setpoint_that_jumps_is_approached_gently() -> None:
    rig = Rig()
    rig.hold(0, 10)
    for _ in range(600):
        rig.tick(50_000)
        assert rig.state[SPEED_M_S] < 0.03
        assert rig.roller.state[CURRENT] < 1_000
    assert abs(rig.position_um - 50_000) <= REST_ERROR_UM


def test_zero_makes_the_present_place_the_origin() -> None:
    rig = Rig()
    rig.follow(0, 30_000)
    rig.hold(30_000, SETTLE_TICKS)
    origin_um = rig.position_um
    rig.roller.zero()
    assert rig.roller.position_um == 0
    assert not rig.is_driven
    rig.hold(0, 5)
    rig.follow(0, 10_000)
    rig.hold(10_000, SETTLE_TICKS)
    assert rig.position_um - origin_um == pytest.approx(10_000, abs=REST_ERROR_UM)
    assert rig.roller.position_um == pytest.approx(10_000, abs=REST_ERROR_UM)


def test_open_loop_drives_under_the_limit_until_off() -> None:
    rig = Rig()
    for _ in range(30):
        rig.roller.drive_open_loop(-200)
        rig.pass_tick()
    assert rig.position_um == NOMINAL.low_stop_m * 1e6
    assert rig.roller.duty_permille == -200
    for _ in range(30):
        rig.roller.drive_open_loop(-1000)
        rig.pass_tick()
    assert rig.roller.state[CURRENT] < LIMIT_MA * 1.1
    rig.roller.off()
    assert not rig.is_driven


def homecoming(let_go_um: int, coasting_ticks: int, speed_um_tick: int = SPEED_MAX_UM_TICK) -> tuple[Rig, float]:
    """Let a roller go on its way home at `let_go_um`, follow home again; return it and the nearest it came, um."""
    rig = Rig(contact_n=0.0)
    rig.follow(0, 200_000)
    for setpoint_um in eased(200_000, 0, speed_um_tick):
        if rig.position_um <= let_go_um:
            break
        rig.tick(setpoint_um)
    for _ in range(coasting_ticks):
        rig.roller.off()
        rig.pass_tick()
    nearest_um = rig.position_um
    for _ in range(900):
        rig.tick(0)
        nearest_um = min(nearest_um, rig.position_um)
    return rig, nearest_um


@pytest.mark.parametrize("coasting_ticks", [1, 2, 5, 10])
@pytest.mark.parametrize("let_go_um", range(17_000, 120_000, 3_000))
def test_a_roller_that_coasts_on_its_way_home_is_never_driven_against_its_stop(let_go_um, coasting_ticks):
    rig, nearest_um = homecoming(let_go_um, coasting_ticks)
    assert nearest_um >= -300
    assert abs(rig.position_um) <= REST_ERROR_UM
