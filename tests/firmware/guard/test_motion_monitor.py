"""The roller watches: held, blind, reversed and loose rollers are found in time; what sound ones do is left alone."""

import pytest

from instep.drive.roller_kernels import ACTIVE, RESTING, RUN, SCALE, SIZE, STEP
from instep.guard import faults, limits
from instep.guard.memory_monitor import MemoryMonitor
from instep.guard.motion_monitor import RollerMonitor
from tests.fakes import FakeEncoder, FakeMotor, stand_in
from tests.firmware.sessions import CALIBRATION

STALL_MA_PER_PERMILLE = 7
WITHIN_200_MS = 15
WITHIN_300_MS = 25


class Bench:
    """A watched roller."""

    def __init__(self, calibration=CALIBRATION):
        self.encoder = FakeEncoder(1_000)
        self.motor = FakeMotor()
        self.state = [0] * SIZE
        self.state[SCALE] = calibration.um_per_1024_counts
        self.roller = stand_in(duty_permille=0, position_um=0, state=self.state)
        self.watch = RollerMonitor(self.roller, self.motor, self.encoder, calibration, MemoryMonitor())

    def ticks(self, count, duty, moved, current_ma=0, may_stand=False):
        """Let ticks pass; return the first fault."""
        self.roller.duty_permille = duty
        self.motor.current_ma = current_ma
        for _ in range(count):
            self.encoder.counts += moved
            fault = self.watch.check(may_stand)
            if fault:
                return fault
        return faults.NO_FAULT


@pytest.fixture
def bench():
    return Bench()


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("duty", [100, 285, 700])
def test_a_roller_that_stands_under_load_is_held(bench, duty, sign):
    current_ma = min(2_000, duty * STALL_MA_PER_PERMILLE)
    if current_ma * 2 < duty * STALL_MA_PER_PERMILLE:
        current_ma = duty * STALL_MA_PER_PERMILLE
    assert bench.ticks(9, sign * duty, 0, current_ma) == faults.NO_FAULT
    assert bench.ticks(1, sign * duty, 0, current_ma) == faults.FAULT_ROLLER_BLOCKED
    assert bench.watch.away() == -sign


def test_load_alone_is_enough_while_something_soft_gives_way(bench):
    assert bench.ticks(9, 500, 3, 1_400) == faults.NO_FAULT
    assert bench.ticks(1, 500, 3, 1_400) == faults.FAULT_ROLLER_BLOCKED


def test_single_wild_currents_are_left_alone(bench):
    for _ in range(20):
        assert bench.ticks(1, 300, 15, 20_000) == faults.NO_FAULT
        assert bench.ticks(3, 300, 15, 500) == faults.NO_FAULT


def test_the_load_of_a_sound_stroke_is_left_alone(bench):
    assert bench.ticks(1_000, 400, 40, 1_300) == faults.NO_FAULT


def test_a_roller_may_hesitate_for_80_ms(bench):
    for _ in range(20):
        assert bench.ticks(9, 300, 1, 1_000) == faults.NO_FAULT
        assert bench.ticks(1, 300, 2, 1_000) == faults.NO_FAULT


def test_a_roller_that_is_hardly_driven_may_stand(bench):
    assert bench.ticks(1_000, 99, 0, 690) == faults.NO_FAULT


def test_a_roller_may_be_held_by_its_stop_while_it_looks_for_it(bench):
    assert bench.ticks(100, -200, 0, 1_400, may_stand=True) == faults.NO_FAULT


def test_single_wild_currents_at_its_stop_are_no_lost_encoder(bench):
    for _ in range(20):
        assert bench.ticks(9, -200, 0, 0, may_stand=True) == faults.NO_FAULT
        assert bench.ticks(1, -200, 0, 1_400, may_stand=True) == faults.NO_FAULT


def test_a_roller_that_stood_at_its_stop_and_then_has_no_current_has_10_ticks_until_it_is_called_blind(bench):
    bench.ticks(100, -200, 0, 1_400, may_stand=True)
    assert bench.ticks(9, -200, 0, 0, may_stand=True) == faults.NO_FAULT
    assert bench.ticks(1, -200, 0, 0, may_stand=True) == faults.FAULT_ENCODER_LOST


def test_a_held_roller_whose_current_is_read_wildly_is_held_in_the_next_tick(bench):
    assert bench.ticks(9, 300, 0, 1_600) == faults.NO_FAULT
    assert bench.ticks(1, 300, 0, 0) == faults.NO_FAULT
    assert bench.ticks(1, 300, 0, 1_600) == faults.FAULT_ROLLER_BLOCKED


@pytest.mark.parametrize("may_stand", [False, True])
@pytest.mark.parametrize("moved", [0, 1])
def test_a_roller_that_seems_to_stand_without_the_current_of_it_has_lost_its_encoder(bench, moved, may_stand):
    fault = bench.ticks(WITHIN_300_MS, -200, moved, 690, may_stand)
    assert fault == faults.FAULT_ENCODER_LOST


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("may_stand", [False, True])
def test_a_roller_that_moves_against_its_drive_has_its_encoder_reversed(bench, sign, may_stand):
    assert bench.ticks(9, sign * 100, -sign * 5, 500, may_stand) == faults.NO_FAULT
    assert bench.ticks(1, sign * 100, -sign * 5, 500, may_stand) == faults.FAULT_ENCODER_REVERSED


@pytest.mark.parametrize("sign", [1, -1])
def test_one_count_a_tick_is_a_movement_where_a_count_is_a_long_way(sign):
    coarse = Bench(stand_in(um_per_1024_counts=100_000))
    assert coarse.ticks(9, -300 * sign, sign, 500) == faults.NO_FAULT
    assert coarse.ticks(1, -300 * sign, sign, 500) == faults.FAULT_ENCODER_REVERSED


def test_braking_for_80_ms_is_left_alone(bench):
    for _ in range(20):
        assert bench.ticks(9, -200, 30, 500) == faults.NO_FAULT
        assert bench.ticks(1, 200, 30, 500) == faults.NO_FAULT


@pytest.mark.parametrize("sign", [1, -1])
def test_a_roller_that_is_faster_than_any_stroke_runs_away(bench, sign):
    assert bench.ticks(4, sign * 1000, sign * 70, 500) == faults.NO_FAULT
    assert bench.ticks(1, sign * 1000, sign * 70, 500) == faults.FAULT_ROLLER_RUNAWAY


@pytest.mark.parametrize("sign", [1, -1])
def test_a_roller_that_its_own_drive_throws_has_its_encoder_reversed(bench, sign):
    assert bench.ticks(4, sign * 1000, -sign * 70, 500) == faults.NO_FAULT
    assert bench.ticks(1, sign * 1000, -sign * 70, 500) == faults.FAULT_ENCODER_REVERSED


def test_a_roller_that_is_thrown_and_only_then_braked_runs_away(bench):
    assert bench.ticks(4, 99, -70, 500) == faults.NO_FAULT
    assert bench.ticks(1, 1000, -70, 500) == faults.FAULT_ROLLER_RUNAWAY


def test_strokes_of_100_mm_s_with_some_catching_up_are_left_alone(bench):
    assert bench.ticks(1_000, 500, 60, 500) == faults.NO_FAULT


def test_a_roller_that_moves_on_with_its_bridge_open_runs_away(bench):
    assert bench.ticks(39, 0, 9) == faults.NO_FAULT
    assert bench.ticks(1, 0, 9) == faults.FAULT_ROLLER_RUNAWAY


def test_a_roller_that_runs_down_after_a_drive_is_counted_from_zero(bench):
    assert bench.ticks(39, 0, 9) == faults.NO_FAULT
    assert bench.ticks(1, 300, 9, 500) == faults.NO_FAULT
    assert bench.ticks(39, 0, 9) == faults.NO_FAULT
    assert bench.ticks(1, 0, 9) == faults.FAULT_ROLLER_RUNAWAY


def test_a_stroke_of_100_mm_s_may_run_down_with_the_bridge_open(bench):
    bench.ticks(20, 400, 46, 500)
    for tick in range(40):
        assert bench.ticks(1, 0, max(0, round(46 - 1.2 * tick))) == faults.NO_FAULT


def test_single_wild_counts_are_left_alone(bench):
    for _ in range(20):
        assert bench.ticks(1, 300, 20_000, 500) == faults.NO_FAULT
        assert bench.ticks(1, 300, -20_000, 500) == faults.NO_FAULT
        assert bench.ticks(3, 300, 15, 500) == faults.NO_FAULT


def test_what_was_counted_is_forgotten_at_rest(bench):
    for _ in range(10):
        assert bench.ticks(9, 300, 0, 2_000) == faults.NO_FAULT
        assert bench.ticks(1, 0, 0) == faults.NO_FAULT


def _counts(um):
    """Return the counts of a tick at a speed."""
    return um * 1024 // CALIBRATION.um_per_1024_counts


@pytest.mark.parametrize(
    ("duty", "um_per_tick", "ticks", "fault"),
    [
        (1_000, 1_500, 5, faults.FAULT_ROLLER_RUNAWAY),
        (0, 200, 40, faults.FAULT_ROLLER_RUNAWAY),
        (-300, 100, 10, faults.FAULT_ENCODER_REVERSED),
    ],
)
def test_a_speed_is_judged_to_the_count_and_to_the_tick(duty, um_per_tick, ticks, fault):
    counts = _counts(um_per_tick)
    current_ma = 500 if duty else 0
    assert Bench().ticks(1_000, duty, counts - 1, current_ma) == faults.NO_FAULT
    bench = Bench()
    for _ in range(3):
        assert bench.ticks(ticks - 1, duty, counts, current_ma) == faults.NO_FAULT
        assert bench.ticks(1, duty, counts - 1, current_ma) == faults.NO_FAULT
    assert bench.ticks(ticks - 1, duty, counts, current_ma) == faults.NO_FAULT
    assert bench.ticks(1, duty, counts, current_ma) == fault


def test_a_load_is_judged_to_the_tick_after_any_pause(bench):
    for _ in range(3):
        assert bench.ticks(9, 500, 3, 1_400) == faults.NO_FAULT
        assert bench.ticks(1, 500, 3, 1_399) == faults.NO_FAULT


@pytest.mark.parametrize(
    ("current_ma", "fault"), [(999, faults.FAULT_ENCODER_LOST), (1_000, faults.FAULT_ROLLER_BLOCKED)]
)
def test_the_current_of_a_standing_motor_distinguishes_held_from_blind(bench, current_ma, fault):
    assert bench.ticks(9, 200, 0, current_ma) == faults.NO_FAULT
    assert bench.ticks(1, 200, 0, current_ma) == fault


def test_a_blind_roller_that_has_just_gathered_speed_is_called_blind_after_two_light_ticks(bench):
    assert bench.ticks(8, 300, 0, 1_500) == faults.NO_FAULT
    assert bench.ticks(1, 300, 0, 1_499) == faults.NO_FAULT
    assert bench.ticks(1, 300, 0, 1_499) == faults.FAULT_ENCODER_LOST


@pytest.mark.parametrize(("duty", "away"), [(1, -1), (-1, 1)])
def test_backing_off_is_opposite_to_the_last_duty(bench, duty, away):
    assert bench.ticks(10, duty, 3 * duty, 1_400) == faults.FAULT_ROLLER_BLOCKED
    assert bench.watch.away() == away


STROKE_UM = 300  # 30 mm/s
STROKE_COUNTS = STROKE_UM * 1024 // CALIBRATION.um_per_1024_counts + 1
MET_MA = 1_100


def _at_speed(bench, sign=1, step_um=STROKE_UM, moved=STROKE_COUNTS, count=5):
    """Let a roller come to the speed of its stroke."""
    bench.state[RUN] = ACTIVE
    bench.state[STEP] = sign * step_um
    assert bench.ticks(count, sign * 300, sign * moved, 500) == faults.NO_FAULT


@pytest.mark.parametrize("sign", [1, -1])
def test_a_roller_at_its_speed_that_meets_a_finger_is_held_within_30_ms(bench, sign):
    _at_speed(bench, sign)
    assert bench.ticks(2, sign * 400, sign * STROKE_COUNTS // 2, MET_MA) == faults.NO_FAULT
    assert bench.ticks(1, sign * 400, sign * STROKE_COUNTS // 2, MET_MA) == faults.FAULT_ROLLER_BLOCKED
    assert bench.watch.away() == -sign


def test_a_stroke_of_15_mm_a_second_is_fast_enough_to_be_judged(bench):
    _at_speed(bench, step_um=150)
    assert bench.ticks(3, 400, STROKE_COUNTS // 2, MET_MA) == faults.FAULT_ROLLER_BLOCKED


@pytest.mark.parametrize(
    ("moved", "fault"), [(0, faults.FAULT_ENCODER_LOST), (-STROKE_COUNTS, faults.FAULT_ENCODER_REVERSED)]
)
def test_a_roller_at_its_speed_that_seems_to_stand_or_turn_back_has_a_wrong_encoder(bench, moved, fault):
    _at_speed(bench)
    assert bench.ticks(9, 400, moved or 1, MET_MA) == faults.NO_FAULT
    assert bench.ticks(20, 400, moved, MET_MA) == fault


def test_one_wild_current_is_no_finger(bench):
    _at_speed(bench)
    for _ in range(10):
        assert bench.ticks(2, 400, STROKE_COUNTS, 5_000) == faults.NO_FAULT
        assert bench.ticks(1, 400, STROKE_COUNTS, 500) == faults.NO_FAULT


def test_what_a_sound_stroke_takes_at_its_speed_is_no_finger(bench):
    _at_speed(bench)
    assert bench.ticks(100, 400, STROKE_COUNTS, MET_MA - 1) == faults.NO_FAULT


@pytest.mark.parametrize(
    "change",
    [
        {"count": 4},
        {"moved": STROKE_COUNTS * 3 // 4 - 1},
        {"step_um": limits.CRUISE_UM_PER_TICK - 1},
    ],
    ids=["4 ticks", "too slow", "a slow stroke"],
)
def test_a_roller_that_has_not_come_to_its_speed_may_take_what_a_start_takes(bench, change):
    _at_speed(bench, **change)
    assert bench.ticks(9, 400, 1, MET_MA) == faults.NO_FAULT


@pytest.mark.parametrize("changed", [(RUN, RESTING, 400), (STEP, -STROKE_UM, 400), (STEP, 0, 400), (STEP, 300, 0)])
def test_a_roller_that_rests_turns_or_coasts_has_to_come_to_its_speed_again(bench, changed):
    place, value, duty = changed
    _at_speed(bench)
    kept, bench.state[place] = bench.state[place], value
    assert bench.ticks(5, duty, STROKE_COUNTS, MET_MA if duty else 0) == faults.NO_FAULT
    bench.state[place] = kept
    assert bench.ticks(4, 400, STROKE_COUNTS, MET_MA) == faults.NO_FAULT
