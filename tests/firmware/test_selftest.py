"""The self-test: the relay has to open, then close, before a roller looks for its home."""

import pytest

from instep.guard import faults, selftest
from instep.guard.march import March
from instep.guard.selftest import SelfTest
from tests.fakes import FakeHal, stand_in
from tests.firmware.sessions import image

ANSWER_TICKS = 20


class Bench:
    """A self-test over a fake relay; `homed` and `late` are what the drives say."""

    def __init__(self):
        self.homed = self.late = False
        self.may_move = True
        self.begun = 0
        self.hal = FakeHal()
        self.relay = self.hal.relay
        self.presses = [stand_in(force_mn=0) for _ in range(4)]
        drives = stand_in(
            presses=self.presses,
            begin_homing=self._begin,
            is_homed=lambda: self.homed,
            is_homing_late=lambda: self.late,
        )
        self.programs = [stand_in(data=image("classic")), stand_in(data=image("gentle"))]
        self.test = SelfTest(self.hal, drives, self.programs)
        self.test.begin()

    def _begin(self):
        self.begun += 1

    def ticks(self, count):
        """Run, the relay following what is wanted; return the state."""
        for _ in range(count):
            self.hal.refresh()
            self.test.tick(self.may_move)
            self.relay.set(self.test.wants_relay())
        return self.test.state


@pytest.fixture
def bench():
    return Bench()


def test_a_good_machine_passes_in_order(bench):
    assert bench.ticks(ANSWER_TICKS) == selftest.RELAY_OPENS
    assert not any(bench.relay.given)
    assert bench.ticks(1) == selftest.RELAY_CLOSES
    assert bench.ticks(ANSWER_TICKS) == selftest.RELAY_CLOSES
    assert bench.relay.is_closed and bench.begun == 0 and not bench.test.is_homing()
    assert bench.ticks(1) == selftest.HOMING
    assert bench.begun == 1 and bench.test.is_homing()
    assert bench.ticks(100) == selftest.HOMING
    bench.homed = True
    assert bench.ticks(1) == selftest.PASSED
    assert bench.test.fault == faults.NO_FAULT
    assert bench.ticks(100) == selftest.PASSED and bench.begun == 1 and not bench.test.is_homing()


def test_a_welded_relay_fails_before_it_is_asked_to_close(bench):
    bench.relay.welded = True
    assert bench.ticks(ANSWER_TICKS + 1) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_RELAY_WELDED
    bench.ticks(10)
    assert not any(bench.relay.given)
    assert bench.begun == 0


def test_a_relay_that_does_not_close_fails_before_anything_moves(bench):
    bench.relay.welded = False
    assert bench.ticks(2 * ANSWER_TICKS + 2) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_RELAY_OPEN
    assert bench.begun == 0


def test_a_slow_relay_is_waited_for(bench):
    bench.ticks(ANSWER_TICKS + 1)
    bench.relay.welded = False
    bench.ticks(ANSWER_TICKS)
    bench.relay.welded = None
    assert bench.ticks(1) == selftest.HOMING


def test_a_roller_without_a_home_fails(bench):
    bench.ticks(2 * ANSWER_TICKS + 2)
    bench.late = True
    assert bench.ticks(1) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_HOMING_LATE
    assert not bench.relay.is_closed


def test_no_roller_moves_while_a_foot_is_out_and_all_look_for_their_homes_anew_after(bench):
    bench.ticks(2 * ANSWER_TICKS + 2)
    assert bench.test.is_homing() and bench.begun == 1
    bench.may_move = False
    bench.homed = True
    assert bench.ticks(1) == selftest.HOMING and not bench.test.is_homing()
    assert bench.ticks(5_000) == selftest.HOMING and not bench.test.is_homing()
    assert bench.begun > 1 and bench.relay.is_closed
    bench.may_move = True
    bench.homed = False
    assert bench.ticks(1) == selftest.HOMING and bench.test.is_homing()
    bench.homed = True
    assert bench.ticks(1) == selftest.PASSED


def test_the_next_test_starts_anew(bench):
    bench.relay.welded = True
    bench.ticks(ANSWER_TICKS + 1)
    bench.relay.welded = None
    bench.test.begin()
    assert bench.test.fault == faults.NO_FAULT
    assert bench.ticks(ANSWER_TICKS) == selftest.RELAY_OPENS
    assert bench.ticks(ANSWER_TICKS + 2) == selftest.HOMING


@pytest.mark.parametrize("which", [0, 1])
def test_a_program_that_was_damaged_after_loading_fails_before_anything_moves(bench, which):
    damaged = bytearray(bench.programs[which].data)
    damaged[len(damaged) // 2] ^= 4
    bench.programs[which].data = bytes(damaged)
    assert bench.ticks(5) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_PROGRAM_DAMAGED
    assert not any(bench.relay.given) and bench.begun == 0


@pytest.mark.parametrize(("clock_ms", "passes"), [(-30, False), (-10, True), (10, True), (30, False)])
def test_the_ticks_are_held_against_a_second_clock(bench, clock_ms, passes):
    bench.ticks(ANSWER_TICKS)
    bench.hal.clock_ms += clock_ms
    assert (bench.ticks(1) == selftest.RELAY_CLOSES) == passes
    assert passes or bench.test.fault == faults.FAULT_CLOCK_WRONG


def test_the_second_clock_may_wrap(bench):
    bench.hal.clock_ms = (1 << 29) - 100
    bench.test.begin()
    bench.ticks(ANSWER_TICKS)
    bench.hal.clock_ms &= (1 << 29) - 1
    assert bench.ticks(1) == selftest.RELAY_CLOSES


def test_a_device_that_does_not_answer_fails(bench):
    bench.hal.bus_fault_mask = 2
    assert bench.ticks(ANSWER_TICKS + 1) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_DEVICE_SILENT


def test_a_pressed_emergency_stop_fails(bench):
    bench.hal.emergency_stop.is_on = True
    assert bench.ticks(ANSWER_TICKS + 1) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_EMERGENCY_STOP


@pytest.mark.parametrize("roller", range(4))
@pytest.mark.parametrize(("force_mn", "passes"), [(-3_001, False), (-3_000, True), (3_000, True), (3_001, False)])
def test_a_lifted_roller_must_weigh_nothing(bench, roller, force_mn, passes):
    bench.presses[roller].force_mn = force_mn
    assert (bench.ticks(ANSWER_TICKS + 1) == selftest.RELAY_CLOSES) == passes
    assert passes or bench.test.fault == faults.FAULT_DEVICE_NONSENSE


@pytest.mark.parametrize("roller", range(4))
def test_a_bridge_that_carries_current_though_it_is_open_fails_before_homing(bench, roller):
    bench.hal.motors[roller].current_ma = 101
    assert bench.ticks(2 * ANSWER_TICKS + 2) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_OUTPUTS_STUCK
    assert bench.begun == 0


class StuckBlock(bytearray):
    """Memory with one bit that stays as it is, or one that follows its neighbour."""

    def __init__(self, cell, bit, stuck_at, follows=None):
        super().__init__(64)
        self.cell, self.bit, self.stuck_at, self.follows = cell, bit, stuck_at, follows

    def __setitem__(self, cell, value):
        super().__setitem__(cell, value)
        if self.follows is not None:
            if cell == self.follows:
                super().__setitem__(self.cell, value)
        elif cell == self.cell:
            super().__setitem__(cell, value | self.bit if self.stuck_at else value & ~self.bit)


def _passes(march):
    march.begin()
    return all([march.tick() for _ in range(ANSWER_TICKS)])


def test_sound_memory_passes_again_and_again():
    march = March()
    assert _passes(march) and _passes(march)


@pytest.mark.parametrize("cell", [0, 31, 63])
@pytest.mark.parametrize("bit", [1, 128])
@pytest.mark.parametrize("stuck_at", [0, 1])
def test_a_stuck_bit_is_found(cell, bit, stuck_at):
    march = March()
    march.block = StuckBlock(cell, bit, stuck_at)
    assert not _passes(march)


@pytest.mark.parametrize(("cell", "follows"), [(0, 63), (63, 0), (10, 11), (11, 10)])
def test_a_cell_that_follows_another_is_found(cell, follows):
    march = March()
    march.block = StuckBlock(cell, 0, 0, follows)
    assert not _passes(march)


def test_damaged_memory_fails_the_self_test(bench):
    bench.test._march.block = StuckBlock(5, 1, 1)
    assert bench.ticks(ANSWER_TICKS) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_MEMORY_DAMAGED
