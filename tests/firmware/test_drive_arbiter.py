"""Who owns the drives in a tick, and which outputs are released after the guard's last look."""

from typing import Any

import pytest

from instep.drive_arbiter import DriveArbiter
from instep.guard.faults import FAULT_FORCE_HIGH, NO_FAULT
from instep.session.demands import DRIVE_FOLLOW, DRIVE_HOME, DRIVE_LIFT, DRIVE_PROBE, Demands
from instep.session.jog import JOG_OFF, JOGGING
from tests.fakes import stand_in

SESSION_SETPOINTS, JOG_SETPOINTS = [1], [2]
WARM_CENTI_C = 3_900


class Bench:
    """An arbiter over owners that note what they are called for."""

    def __init__(self):
        self.calls: list[tuple[Any, ...]] = []
        self.relay: list[bool] = []
        self.servos: list[bool] = []
        self.demands = Demands()
        self.back_off = stand_in(is_active=False, is_driving=False, tick=self.noting("back off"))
        self.jog: Any = stand_in(
            state=JOG_OFF,
            setpoints=JOG_SETPOINTS,
            drive=self.noting("jog"),
            wants_relay=lambda: self.jog.wants,
            wants_servos=lambda: self.jog.wants,
            is_homing=lambda: self.jog.wants,
            wants=False,
        )
        self.guard: Any = stand_in(
            fault=NO_FAULT,
            back_off=self.back_off,
            relay=stand_in(set=self.relay.append),
            may_heat=lambda: self.guard.heats,
            servos_respond=lambda: self.guard.has_servos,
            heats=True,
            has_servos=True,
        )
        drives = stand_in(
            **{name: self.noting(name) for name in ("lift", "follow", "probe", "home", "heat")},
            cut_heat=self.noting("cut heat"),
        )
        status = stand_in(
            scheduler=stand_in(setpoints=SESSION_SETPOINTS), fitting=stand_in(travel_um=lambda foot: 100 + foot)
        )
        session = stand_in(status=status, demands=self.demands)
        hal = stand_in(enable_servos=self.servos.append)
        self.arbiter = DriveArbiter(hal, drives, self.guard, session, self.jog)

    def noting(self, name):
        return lambda *given: self.calls.append((name, *given))

    def drive(self):
        self.calls.clear()
        self.arbiter.drive()
        return self.calls[0]

    def release(self):
        self.calls.clear()
        self.arbiter.release()
        return self.calls, self.relay[-1], self.servos[-1]


@pytest.fixture
def bench():
    return Bench()


@pytest.mark.parametrize(
    ("mode", "call"),
    [
        (DRIVE_LIFT, ("lift", SESSION_SETPOINTS)),
        (DRIVE_HOME, ("home", SESSION_SETPOINTS)),
        (DRIVE_FOLLOW, ("follow", SESSION_SETPOINTS)),
        (DRIVE_PROBE, ("probe", SESSION_SETPOINTS, 100, 101)),
    ],
)
def test_without_another_owner_the_session_drives_in_its_mode(bench, mode, call):
    bench.demands.drive_mode = mode
    assert bench.drive() == call


def test_the_first_owner_whose_condition_holds_drives_alone(bench):
    bench.demands.drive_mode = DRIVE_FOLLOW
    bench.jog.state = JOGGING
    assert bench.drive() == ("jog",)
    bench.guard.fault = FAULT_FORCE_HIGH
    assert bench.drive() == ("lift", SESSION_SETPOINTS)
    bench.back_off.is_active = True
    assert bench.drive() == ("back off", SESSION_SETPOINTS)
    assert [name for name, *_ in bench.calls] == ["back off", "heat"]


def test_the_guard_checks_the_setpoints_of_the_owner(bench):
    assert bench.arbiter.setpoints() is SESSION_SETPOINTS
    bench.jog.state = JOGGING
    assert bench.arbiter.setpoints() is JOG_SETPOINTS


def test_rollers_may_meet_their_stops_only_while_the_session_homes_without_a_fault(bench):
    assert not bench.arbiter.is_homing()
    bench.demands.drive_mode = DRIVE_HOME
    assert bench.arbiter.is_homing()
    bench.guard.fault = FAULT_FORCE_HIGH
    assert not bench.arbiter.is_homing()


def test_the_heaters_follow_the_session_as_far_as_the_guard_allows(bench):
    bench.demands.heat_centi_c = WARM_CENTI_C
    bench.drive()
    assert bench.calls[-1] == ("heat", WARM_CENTI_C)
    bench.guard.heats = False
    bench.drive()
    assert bench.calls[-1] == ("heat", 0)


def test_a_fault_found_after_the_drives_lifts_opens_the_relay_and_cuts_the_heat_in_the_same_tick(bench):
    bench.demands.wants_relay = bench.demands.wants_servos = True
    bench.drive()
    bench.guard.fault, bench.guard.heats = FAULT_FORCE_HIGH, False
    assert bench.release() == ([("cut heat",), ("lift", SESSION_SETPOINTS)], False, True)


def test_the_relay_stays_closed_while_a_held_roller_backs_off_and_nobody_else_moves_it(bench):
    bench.guard.fault = FAULT_FORCE_HIGH
    bench.back_off.is_active = bench.back_off.is_driving = True
    calls, is_closed, _ = bench.release()
    assert (calls, is_closed) == ([], True)
    bench.back_off.is_driving = False
    calls, is_closed, _ = bench.release()
    assert (calls, is_closed) == ([("lift", SESSION_SETPOINTS)], True)


@pytest.mark.parametrize("owner", ["session", "jog"])
def test_relay_and_servos_are_on_if_session_or_jog_want_them(bench, owner):
    assert bench.release() == ([], False, False)
    if owner == "session":
        bench.demands.wants_relay = bench.demands.wants_servos = True
    else:
        bench.jog.wants = True
    assert bench.release() == ([], True, True)


def test_servos_that_do_not_respond_go_limp(bench):
    bench.demands.wants_servos = True
    bench.release()
    bench.guard.has_servos = False
    assert bench.release()[2] is False


def test_the_servos_pin_is_written_only_when_it_changes(bench):
    bench.demands.wants_servos = True
    for _ in range(3):
        bench.arbiter.release()
    assert bench.servos == [False, True]
