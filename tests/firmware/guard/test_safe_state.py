"""Every output is made safe by itself: whatever one of them raises keeps none of the others on."""

import pytest

from instep.guard.safe_state import SafeState
from tests.fakes import FakeHal, stand_in

LIMP_TICKS = 100


class BrokenError(Exception):
    """What a broken device raises."""


def _fail(*values):
    raise BrokenError


class Bench:
    """Outputs that are all on."""

    def __init__(self):
        self.hal = FakeHal()
        self.lifted = [0] * 4
        self.beats = 0
        for motor in self.hal.motors:
            motor.set_duty_permille(500)
        for heater in self.hal.heaters:
            heater.set_duty_permille(500)
        self.hal.relay.set(True)
        self.hal.are_servos_on = True
        self.presses = [stand_in(lift=lambda roller=roller: self._lift(roller)) for roller in range(4)]
        self.take_up()

    def take_up(self):
        """Make the outputs of the devices as they are now: they are bound once, at start-up."""
        self.outputs = SafeState(self.hal, stand_in(presses=self.presses), stand_in(beat=self._beat))

    def _lift(self, roller):
        self.lifted[roller] += 1

    def _beat(self):
        self.beats += 1

    def what_is_on(self):
        """Return the names of the unsafe outputs."""
        on = [f"motor {index}" for index, motor in enumerate(self.hal.motors) if motor.duty_permille is not None]
        on += [f"heater {index}" for index, heater in enumerate(self.hal.heaters) if heater.duty_permille]
        on += [f"press {index}" for index, times in enumerate(self.lifted) if not times]
        return on + ["relay"] * self.hal.relay.is_closed


@pytest.fixture
def bench():
    return Bench()


def test_everything_is_safe_after_one_call_and_the_machine_stays_alive(bench):
    assert len(bench.what_is_on()) == 11
    bench.outputs.make_safe()
    assert bench.what_is_on() == []
    assert (bench.outputs.refused, bench.hal.refreshes, bench.beats) == (0, 1, 1)
    assert bench.hal.are_servos_on, "limp servos could not open the grips"


def _break_motor(bench):
    bench.hal.motors[1].coast = _fail
    return "motor 1"


def _break_heater(bench):
    bench.hal.heaters[0].set_duty_permille = _fail
    return "heater 0"


def _break_press(bench):
    bench.presses[2].lift = _fail
    return "press 2"


def _break_relay(bench):
    bench.hal.relay.set = _fail
    return "relay"


@pytest.mark.parametrize("break_it", [_break_motor, _break_heater, _break_press, _break_relay])
def test_a_device_that_raises_is_counted_and_keeps_none_of_the_others_on(bench, break_it):
    broken = break_it(bench)
    bench.take_up()
    for times in (1, 2):
        bench.outputs.make_safe()
        assert bench.what_is_on() == [broken]
        assert bench.outputs.refused == times
    assert bench.beats == bench.hal.refreshes == 2


def test_a_heartbeat_or_refresh_that_raises_does_not_keep_the_other_away(bench):
    bench.hal.refresh = _fail
    bench.take_up()
    bench.outputs.make_safe()
    assert (bench.beats, bench.outputs.refused) == (1, 1)


def test_servos_go_limp_in_the_100th_tick_in_a_row_that_has_failed(bench):
    for _ in range(LIMP_TICKS - 1):
        bench.outputs.make_safe()
    assert bench.hal.are_servos_on
    bench.outputs.note_good_tick()
    for _ in range(LIMP_TICKS - 1):
        bench.outputs.make_safe()
    assert bench.hal.are_servos_on and not bench.outputs.is_limp()
    bench.outputs.make_safe()
    assert not bench.hal.are_servos_on and bench.outputs.is_limp()
    bench.hal.are_servos_on = True
    bench.outputs.make_safe()
    assert not bench.hal.are_servos_on, "and are kept so"


def test_what_a_step_is_given_reaches_it_and_what_it_raises_does_not_come_out(bench):
    seen: list[int] = []
    bench.outputs.attempt_with(seen.append, 7)
    bench.outputs.attempt_with(_fail, 1)
    bench.outputs.attempt(_fail)
    assert (seen, bench.outputs.refused) == ([7], 2)
