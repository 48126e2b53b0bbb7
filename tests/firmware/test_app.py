"""The whole firmware over fakes: the order of a tick, and who has the last word."""

import pytest

from instep import user_events
from instep.app import App
from instep.axes import AXES, AXES_PER_FOOT, HIGH, LOW
from instep.drive.press import TRAILING
from instep.guard import faults
from instep.session import states
from sim.answers import CAREFUL, HEALTHY
from sim.filesystem import installed_filesystem
from tests.fakes import FakeHal
from tests.firmware.sessions import CALIBRATION, image

# Where the presses meet the feet.
SURFACE_UM = 16_000
SETTLE_TICKS = 10
SETTLE_MAX_TICKS = 500
FULL_SPEED_COUNTS = 116
CODE_43_C = 10_400
CODE_WILD = 3_000
WELL_BEYOND = 5_000


class Bench:
    """An App over fakes."""

    def __init__(self, hal=None, disk=None, images=None):
        self.hal = hal or FakeHal()
        self.disk = disk or installed_filesystem()
        programs = [image("classic"), image("gentle")] if images is None else images
        self.app = App(self.hal, CALIBRATION, programs, self.disk)
        self.speeds = [0.0] * 4
        self.pushed_mn = [0] * 4

    @property
    def state(self):
        return states.NAMES[self.app.session.state]

    def ticks(self, count=1):
        """Run; rollers follow their drives with a time constant of 45 ms, and feet push back on the presses."""
        for _ in range(count):
            self.app.tick()
            self.app.slack()
            self._push_back()
            for roller, motor in enumerate(self.hal.motors):
                speed = (motor.duty_permille or 0) * FULL_SPEED_COUNTS / 1000
                self.speeds[roller] += (speed - self.speeds[roller]) / 4.5
                self.hal.encoders[roller].counts += round(self.speeds[roller])
        return self.state

    def _push_back(self):
        """Let hard feet push back through the springs, with a noise of 1 mN: a reading that stays is a fault."""
        for roller, press in enumerate(self.app.drives.presses):
            deep_um = max(0, press.state[TRAILING] - SURFACE_UM)
            noise_mn = 1 - self.pushed_mn[roller] % 2 if press.asked_mn else 0
            pushed_mn = (deep_um * CALIBRATION.spring_mn_per_mm // 1_000 & ~1 if press.asked_mn else 0) + noise_mn
            self.hal.forces[roller].force_mn += pushed_mn - self.pushed_mn[roller]
            self.pushed_mn[roller] = pushed_mn

    def press(self, *buttons):
        for button in buttons:
            self.hal.buttons.held = button
            self.ticks(4)
            self.hal.buttons.held = 0
            self.ticks(4)
        return self.state

    def start(self):
        return self.press(user_events.START)

    def careful(self):
        """Answer the questions, begun already, as a person does whose feet need care."""
        return self.press(
            *CAREFUL,
        )

    def until(self, *wanted, maximum=2_000):
        """Let time pass until one of the states comes."""
        for _ in range(maximum):
            if self.state in wanted:
                return self.state
            self.ticks()
        raise AssertionError(f"{self.state}, not {' or '.join(wanted)}")

    def screen(self):
        """Answer the questions as a person does who may have any massage."""
        return self.press(
            user_events.START,
            *HEALTHY,
        )

    def force_follow(self):
        """Let the strokes drive: as in a running session, without the way there."""
        self.app.selftest.is_at_boot = False
        self.app.session.status.state = states.RUN
        self.app.scheduler.load(self.app.session.selection.library.chosen(), self.app.session.status.fitting.fit, 3)
        self.app.scheduler.start(False)
        self.app.session.demands.wants_relay = True
        self.app.session.status.clock.load(
            self.app.session.selection.library.chosen(), self.app.session.status.fitting.fit
        )
        while not self.app.session.status.clock.compute():
            pass
        for _ in range(SETTLE_MAX_TICKS):
            self.ticks()
            if any(motor.duty_permille for motor in self.hal.motors) and self.hal.heaters[0].duty_permille:
                return
        raise AssertionError(f"nothing moves and heats: {faults.name(self.app.guard.fault)}")


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def running(bench):
    bench.force_follow()
    assert bench.hal.relay.is_closed
    return bench


def test_making_the_app_moves_nothing(bench):
    assert bench.hal.is_powered_off() and not bench.hal.relay.is_closed and not bench.hal.are_servos_on


def test_every_tick_keeps_the_outputs_alive_once(bench):
    bench.ticks(7)
    assert bench.hal.refreshes == 7


def test_nothing_is_powered_before_the_screening_has_passed(bench):
    for button in (user_events.START, user_events.PLUS, user_events.MINUS, user_events.HEAT, user_events.PROGRAM):
        bench.press(button)
        assert bench.state in ("idle", "screening")
        assert bench.hal.is_powered_off() and not bench.hal.relay.is_closed and not bench.hal.are_servos_on


def test_a_refused_person_moves_nothing(bench):
    bench.press(user_events.START, user_events.PLUS, user_events.PLUS)
    assert bench.ticks(100) == "refused"
    assert not any(motor.duty_permille for motor in bench.hal.motors)
    assert not any(duty for motor in bench.hal.motors for duty in motor.given)
    assert not any(duty for heater in bench.hal.heaters for duty in heater.given)
    assert not any(bench.hal.relay.given) and not bench.hal.are_servos_on


def test_the_relay_closes_after_it_was_seen_open(bench):
    assert bench.screen() == "self-test"
    bench.hal.relay.given.clear()
    bench.ticks(100)
    assert bench.hal.relay.given[0] is False and bench.hal.relay.given[-1] is True
    assert bench.hal.are_servos_on


def test_a_welded_relay_ends_in_a_fault_with_nothing_moved(bench):
    bench.hal.relay.welded = True
    bench.screen()
    bench.ticks(100)
    assert (bench.state, bench.app.guard.fault) == ("fault", faults.FAULT_RELAY_WELDED)
    assert not any(duty for motor in bench.hal.motors for duty in motor.given)
    assert not any(bench.hal.relay.given)


def _everything_is_off(bench):
    return bench.hal.is_powered_off() and not bench.hal.relay.is_closed


def test_the_emergency_stop_switches_everything_off_in_the_same_tick(running):
    running.hal.emergency_stop.is_on = True
    running.ticks(1)
    assert _everything_is_off(running)
    assert running.state == "fault"


def test_stop_switches_motors_and_heaters_off_in_the_tick_that_sees_it(running):
    running.hal.buttons.held = user_events.STOP
    running.ticks(1)
    assert running.hal.is_powered_off()


def test_a_fault_found_in_the_outputs_switches_everything_off_in_the_same_tick(running):
    running.hal.forces[2].force_mn = 70_000
    running.ticks(1)
    assert not _everything_is_off(running)
    running.ticks(1)
    assert running.app.guard.fault == faults.FAULT_FORCE_HIGH
    assert _everything_is_off(running)


@pytest.mark.parametrize("axis", range(AXES))
@pytest.mark.parametrize("bound", [LOW, HIGH])
def test_a_setpoint_out_of_range_reaches_no_drive_and_switches_everything_off_in_its_tick(running, axis, bound):
    seen = []
    check = running.app.guard.check_setpoints
    follow_servos = running.app.drives._follow_servos

    def noting(told):
        seen.append(told[axis])
        follow_servos(told)

    running.app.drives._follow_servos = noting
    outside = bound[axis % AXES_PER_FOOT] + (WELL_BEYOND if bound is HIGH else -WELL_BEYOND)

    def spoil(setpoints):
        setpoints[axis] = outside
        check(setpoints)

    running.app.guard.check_setpoints = spoil
    running.ticks(1)
    running.app.guard.check_setpoints = check
    assert running.app.guard.fault == faults.FAULT_SETPOINT_RANGE
    assert _everything_is_off(running)
    running.ticks(300)
    assert all(LOW[axis % AXES_PER_FOOT] <= value <= HIGH[axis % AXES_PER_FOOT] for value in seen)
    assert len(seen) > 300


def test_a_relay_that_drops_out_in_a_stroke_is_called_that(running):
    running.hal.relay.welded = False
    running.ticks(8)
    assert running.app.guard.fault == faults.FAULT_RELAY_OPEN
    assert _everything_is_off(running)


def test_a_welded_relay_is_noticed_as_soon_as_it_should_open(running):
    running.hal.relay.welded = True
    running.ticks(100)
    assert running.app.guard.fault == faults.NO_FAULT
    running.app.guard.trip(faults.FAULT_FOOT_NOT_FOUND)
    running.ticks(500)
    assert running.press(user_events.START) == "fault", "it cannot be acknowledged"
    assert running.hal.is_powered_off() and not running.hal.relay.is_closed


def test_a_loop_that_stood_still_with_the_power_on_does_not_go_on_as_if_nothing_had_been(running):
    for _ in range(5):
        running.hal.on_timer(None)
    assert running.hal.cuts
    running.ticks()
    assert running.app.guard.fault == faults.FAULT_LOOP_LATE
    assert running.hal.is_powered_off() and not running.hal.relay.is_closed


def test_a_loop_that_stood_still_at_rest_goes_on(bench):
    bench.ticks(100)
    for _ in range(50):
        bench.hal.on_timer(None)
    assert bench.hal.cuts
    bench.ticks(2)
    assert bench.app.guard.fault == faults.NO_FAULT
    assert not bench.app._failsafe._deadman.has_cut


@pytest.mark.parametrize("foot", range(2))
def test_hot_skin_switches_everything_off_within_300_ms(running, foot):
    running.hal.skins[foot].code = CODE_43_C
    running.ticks(30)
    assert running.app.guard.fault == faults.FAULT_SKIN_HOT
    assert _everything_is_off(running)


@pytest.mark.parametrize("foot", range(2))
def test_a_single_wild_temperature_changes_nothing(running, foot):
    for _ in range(5):
        running.hal.skins[foot].code = CODE_WILD
        running.ticks(SETTLE_TICKS)
        running.hal.skins[foot].code = 16_384
        running.ticks(2 * SETTLE_TICKS)
        assert running.app.guard.fault == faults.NO_FAULT


def test_nothing_comes_on_again_while_a_fault_stands(running):
    running.hal.emergency_stop.is_on = True
    running.ticks(1)
    running.hal.emergency_stop.is_on = False
    for button in (user_events.STOP, user_events.PLUS, user_events.HEAT, user_events.PROGRAM):
        running.press(button)
        running.ticks(50)
        assert running.state == "fault"
        assert _everything_is_off(running)
    running.ticks(500)
    assert running.press(user_events.START) == "idle"
    assert running.ticks(100) == "idle"
    assert _everything_is_off(running)


def test_slow_work_waits_until_there_is_time_for_it(bench):
    bench.ticks(20)
    bench.app.tick()
    assert not bench.app.slack(100)
    for _ in range(10):
        bench.app.tick()
    assert not bench.app.slack(100)
    assert bench.app.slack(9_000)
