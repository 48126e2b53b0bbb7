"""One axis moved by hand from the laptop, judged on the plant: only that one, gently, only while it is asked for."""

import pytest

from instep import user_events
from instep.axes import (
    AXES,
    AXES_PER_FOOT,
    FOOT_NAMES,
    HOME,
    NAMES,
    SOLE_PRESS,
    SOLE_STROKE,
    TOE_GRIP,
    TOE_REACH,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.drive.press import CONTACT, TRAVEL
from instep.guard import faults
from instep.guard.limits import JOG_HIGH, JOG_LOW, JOG_MAX_TICKS, JOG_REFRESH_TICKS
from instep.session.jog import JOG_NAMES
from sim.factory import USUAL, prepare
from sim.faults import parse
from tests.scenarios.machine import state_of

TESTED_TICKS = 60
RELAY_TICKS = 3


class Bench:
    """A machine in idle whose axes are jogged."""

    def __init__(self, *injections):
        self.simulation = prepare(USUAL, None, [parse(text) for text in injections])
        self.person, self.simulation.person = self.simulation.person, None
        self.put_feet(False)
        self.app = self.simulation.app
        self.ticks(5)

    @property
    def state(self):
        return JOG_NAMES[self.app.jog.state]

    def put_feet(self, are_in):
        for switch in self.simulation.hal.foot_switches:
            switch.is_on = are_in

    def ticks(self, count):
        self.simulation.advance(count)

    def hold(self, axis, value, ticks):
        """Ask for `value` every 100 ms; return the greatest duty of every motor meanwhile."""
        maximum = [0] * 4
        for tick in range(ticks):
            if tick % 10 == 0:
                self.app.jog.jog(axis, value)
            self.ticks(1)
            duties = [abs(self.simulation.plant.commands.duty[motor]) for motor in range(4)]
            maximum = [max(pair) for pair in zip(maximum, duties, strict=True)]
        return maximum

    def is_off(self):
        given = self.simulation.plant.commands
        return not any(given.driven) and not any(given.heat) and not given.relay[0] and not given.servos_on[0]

    def pulses(self):
        return list(self.simulation.plant.commands.pulse_us)

    def positions_um(self):
        return [roller.position_um for roller in self.app.drives.rollers]


def name_of(axis):
    return f"{FOOT_NAMES[axis // AXES_PER_FOOT]} {NAMES[axis % AXES_PER_FOOT]}"


@pytest.mark.parametrize("axis", range(AXES), ids=name_of)
def test_an_axis_moves_after_the_self_test_and_no_other_does(axis):
    bench = Bench()
    kind = axis % AXES_PER_FOOT
    value = JOG_LOW[kind] if HOME[kind] == JOG_HIGH[kind] else JOG_HIGH[kind]
    duties = bench.hold(axis, value, 2 * JOG_REFRESH_TICKS)
    assert (bench.state, duties) == ("testing", [0] * 4)
    bench.hold(axis, 0 if kind <= SOLE_STROKE else HOME[kind], TESTED_TICKS - 2 * JOG_REFRESH_TICKS)
    assert bench.state == "jogging"
    before = bench.pulses()
    duties = bench.hold(axis, value, 200)
    assert bench.state == "jogging" and bench.app.guard.fault == faults.NO_FAULT
    moved = [index for index, (old, new) in enumerate(zip(before, bench.pulses(), strict=True)) if old != new]
    roller = axis // AXES_PER_FOOT * 2 + kind
    servo = axis // AXES_PER_FOOT * 8 + kind - TOP_PRESS
    if kind <= SOLE_STROKE:
        assert duties == [abs(value) if index == roller else 0 for index in range(4)]
        assert moved == []
    else:
        assert duties == [0] * 4
        assert moved == [servo]


@pytest.mark.parametrize("axis", [TOP_STROKE, SOLE_PRESS, TOE_REACH, TOE_GRIP])
def test_everything_is_off_200_ms_after_it_was_last_asked_for(axis):
    bench = Bench()
    bench.hold(axis, 100, TESTED_TICKS + 20)
    assert bench.state == "jogging" and not bench.is_off()
    bench.app.jog.jog(axis, 100)
    bench.ticks(JOG_REFRESH_TICKS - 1)
    assert bench.state == "jogging"
    bench.ticks(1)
    assert bench.state == "" and bench.is_off()
    bench.ticks(300)
    assert bench.is_off() and state_of(bench.simulation) == "idle"


def test_one_request_alone_moves_nothing():
    bench = Bench()
    bench.app.jog.jog(TOP_STROKE, 200)
    for _ in range(200):
        bench.ticks(1)
        given = bench.simulation.plant.commands
        assert not any(given.driven) and not given.servos_on[0]
    assert bench.is_off()


@pytest.mark.parametrize("button", user_events.NAMES)
def test_any_button_ends_it_at_once(button):
    bench = Bench()
    bench.hold(TOP_STROKE, 150, TESTED_TICKS + 20)
    bench.simulation.press(button)
    for _ in range(4):
        bench.app.jog._fresh_ticks = JOG_REFRESH_TICKS
        bench.ticks(1)
    assert bench.is_off()


@pytest.mark.parametrize(
    ("ends", "fault"), [("emergency_stop", faults.FAULT_EMERGENCY_STOP), ("roller", faults.FAULT_FORCE_HIGH)]
)
def test_the_guard_watches_as_in_a_session(ends, fault):
    bench = Bench()
    bench.hold(TOP_STROKE, 150, TESTED_TICKS + 20)
    if ends == "emergency_stop":
        bench.simulation.hal.emergency_stop.is_on = True
        bench.ticks(1)
    else:
        bench.app.guard.trip(fault)
        bench.ticks(1)
    assert bench.app.guard.fault == fault
    assert bench.state == "" and not any(bench.simulation.plant.commands.driven)
    assert not bench.simulation.plant.commands.relay[0]


def test_a_roller_at_its_end_is_noticed_and_backs_off():
    bench = Bench()
    bench.hold(TOP_STROKE, -200, TESTED_TICKS + 100)
    assert bench.app.guard.fault == faults.FAULT_ROLLER_BLOCKED
    assert state_of(bench.simulation) == "fault"


@pytest.mark.parametrize(
    ("injection", "fault"),
    [("relay_welded@0s", faults.FAULT_RELAY_WELDED), ("relay_not_closing@0s", faults.FAULT_RELAY_OPEN)],
)
@pytest.mark.parametrize("does_jog", [True, False])
def test_nothing_moves_with_a_broken_relay_and_the_cause_is_reported(injection, fault, does_jog):
    bench = Bench(injection)
    if does_jog:
        assert bench.hold(TOP_STROKE, 150, 45) == [0] * 4
    else:
        bench.app.jog.check()
        bench.ticks(45)
    bench.ticks(JOG_REFRESH_TICKS)
    assert fault in (bench.app.guard.fault, bench.app.jog.selftest_fault())
    assert bench.state == "" and not any(bench.simulation.plant.commands.driven)


def test_a_press_finds_nothing_in_an_empty_well_and_stops_feeling():
    bench = Bench()
    bench.hold(SOLE_PRESS, JOG_HIGH[SOLE_PRESS], TESTED_TICKS + 400)
    press = bench.app.drives.presses[1]
    assert press.state[TRAVEL] > press.state[CONTACT] and press.force_mn < 1_000
    before_um = press.state[TRAVEL]
    bench.hold(SOLE_PRESS, JOG_HIGH[SOLE_PRESS], 50)
    assert press.state[TRAVEL] == before_um
    bench.ticks(JOG_REFRESH_TICKS + 1)
    assert bench.is_off()


@pytest.mark.parametrize("foot", [0, 1])
@pytest.mark.parametrize("axis", [TOP_STROKE, SOLE_PRESS, TOE_GRIP])
def test_no_axis_is_jogged_on_a_foot_that_nobody_was_asked_about(axis, foot):
    bench = Bench()
    bench.hold(axis, 100, TESTED_TICKS + 20)
    assert bench.state == "jogging"
    bench.simulation.hal.foot_switches[foot].is_on = True
    bench.ticks(1)
    assert bench.state == "" and bench.is_off()
    assert bench.hold(axis, 100, TESTED_TICKS + 20) == [0] * 4
    assert bench.app.guard.fault == faults.NO_FAULT


def test_nothing_is_jogged_for_longer_than_half_a_minute():
    bench = Bench()
    bench.hold(TOE_GRIP, 1_000, TESTED_TICKS + JOG_MAX_TICKS - 50)
    assert bench.state == "jogging"
    bench.hold(TOE_GRIP, 1_000, 60)
    assert bench.state == "testing"


def test_the_check_goes_through_the_self_test_and_moves_nothing():
    bench = Bench()
    bench.app.jog.check()
    closed = 0
    for _ in range(60):
        bench.ticks(1)
        given = bench.simulation.plant.commands
        assert not any(given.driven) and not given.servos_on[0]
        closed += given.relay[0]
    assert closed > RELAY_TICKS and bench.is_off() and bench.state == ""
    assert bench.app.jog.selftest_fault() == faults.NO_FAULT


def test_a_session_begins_as_ever_after_an_axis_was_jogged():
    bench = Bench()
    bench.hold(TOP_STROKE, 150, TESTED_TICKS + 50)
    simulation = bench.simulation
    bench.put_feet(True)
    simulation.person = bench.person
    for _ in range(300):
        simulation.advance(100)
        if state_of(simulation) == "run":
            break
    assert state_of(simulation) == "run"
