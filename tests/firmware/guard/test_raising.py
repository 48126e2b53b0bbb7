"""Whatever raises in a tick or in its slack, at whatever call: every output is safe before that ends."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from instep import user_events
from instep.guard import faults
from instep.session import states
from tests.firmware.raising_rig import BrokenError, running, without_slack
from tests.firmware.test_app import Bench

# The firmware's calls, and those of the devices: any of them may raise.
TRACED = ("/firmware/instep/", "/tests/fakes.py")


# What the tests' own machinery calls in the tick is not the firmware's.
LEFT_ALONE = frozenset({"tick:App", "slack:App", "fail:Failsafe", "make_safe:SafeState", "attempt:SafeState"})


OWNERS: dict[str, type] = {}


def _name(frame: FrameType) -> str:
    owner = frame.f_locals.get("self")
    OWNERS[type(owner).__name__] = type(owner)
    return f"{frame.f_code.co_name}:{type(owner).__name__}"


def _until(bench: Bench, comes: Callable[[], bool]) -> None:
    for _ in range(MAX_TICKS):
        if comes():
            return
        bench.ticks()
    raise AssertionError(f"it never comes: {bench.state}")


def _homing() -> Bench:
    bench = Bench()
    bench.start()
    bench.screen()
    bench.ticks(HOMING_TICKS)
    assert bench.app.selftest.is_homing()
    return bench


def _fitting() -> Bench:
    bench = _homing()
    bench.app.session.status.state = states.FIT
    bench.app.session.status.fitting.begin(3)
    bench.ticks(HOMING_TICKS)
    return without_slack(bench)


def _warming() -> Bench:
    bench = running()
    bench.app.session.status.state = states.WARM
    bench.ticks(HOMING_TICKS)
    return without_slack(bench)


def _going_home() -> Bench:
    """Return a machine whose rollers drive home after STOP."""
    bench = running()
    bench.ticks(STROKE_TICKS)
    bench.press(user_events.STOP)
    _until(bench, lambda: not bench.hal.is_powered_off())
    assert bench.state == "retract"
    return without_slack(bench)


def _backing_off() -> Bench:
    bench = running()
    roller = next(index for index, motor in enumerate(bench.hal.motors) if motor.duty_permille)
    bench.hal.motors[roller].current_ma = 2_000
    _until(bench, lambda: bench.app.guard.fault == faults.FAULT_ROLLER_BLOCKED)
    bench.hal.motors[roller].current_ma = 0
    _until(bench, lambda: not bench.hal.is_powered_off())
    return bench


def _jogging() -> Bench:
    bench = Bench()
    for switch in bench.hal.foot_switches:
        switch.is_on = False
    for _ in range(HOMING_TICKS):
        bench.app.jog.jog(0, 100)
        bench.ticks()
    return without_slack(bench)


SCENES = (running, _homing, _fitting, _warming, _going_home, _backing_off, _jogging)


def _stop(bench: Bench) -> None:
    bench.hal.buttons.held = user_events.STOP


def _emergency_stop(bench: Bench) -> None:
    bench.hal.emergency_stop.is_on = True


DEMANDS = (_stop, _emergency_stop)


# Until the self-test has come to homing; well into a stroke; longer than anything takes to come.
HOMING_TICKS = 60


STROKE_TICKS = 150


MAX_TICKS = 500


def _tick_traced(bench: Bench, look: Callable[[FrameType], None]) -> None:
    """Run one tick with its slack; `look` is called with every call of the firmware, and may raise in its place."""

    def trace(frame: FrameType, event: str, argument: object) -> None:
        is_traced = any(part in frame.f_code.co_filename for part in TRACED)
        if event == "call" and is_traced and _name(frame) not in LEFT_ALONE:
            look(frame)

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        bench.app.tick()
        bench.app.slack()
    finally:
        sys.settrace(before)


def _calls(scene: Callable[[], Bench], demand: Callable[[Bench], None]) -> list[str]:
    names: list[str] = []
    bench = scene()
    demand(bench)
    _tick_traced(bench, lambda frame: names.append(_name(frame)))
    return names


CALLS = {demand: _calls(running, demand) for demand in DEMANDS}


def _assert_safe(bench: Bench) -> None:
    assert bench.hal.is_powered_off()
    assert not bench.hal.relay.is_closed
    assert bench.app.guard.fault != faults.NO_FAULT


def _broken(original: Any) -> Any:
    def fail(*values: object) -> None:
        raise BrokenError

    return property(fail) if isinstance(original, property) else fail


@pytest.mark.parametrize("demand", DEMANDS)
def test_a_tick_calls_every_part_of_the_firmware(demand):
    owners = {name.partition(":")[2] for name in CALLS[demand]}
    assert owners >= {"Supervisor", "Debounce", "Session", "Scheduler", "Drives", "Roller", "Press", "Screen"}


@pytest.mark.parametrize("demand", DEMANDS)
@pytest.mark.parametrize("scene", SCENES)
def test_stop_and_emergency_stop_switch_off_in_their_tick_whatever_is_on(scene, demand):
    bench = scene()
    assert not bench.hal.is_powered_off() and bench.hal.relay.is_closed
    demand(bench)
    bench.app.tick()
    assert bench.hal.is_powered_off()


@pytest.mark.parametrize("demand", DEMANDS)
@pytest.mark.parametrize("scene", SCENES)
def test_stop_and_emergency_stop_switch_everything_off_though_any_one_call_raises(scene, demand):
    for broken in range(len(_calls(scene, demand))):
        bench = scene()
        demand(bench)
        seen = 0

        def raise_there(frame: FrameType, broken: int = broken) -> None:
            nonlocal seen
            seen += 1
            if seen == broken + 1:
                raise BrokenError

        _tick_traced(bench, raise_there)
        assert seen > broken, "the call was reached"
        _assert_safe(bench)


@pytest.mark.parametrize("demand", DEMANDS)
@pytest.mark.parametrize(
    "name", sorted({name for names in CALLS.values() for name in names if "None" not in name and "Fake" not in name})
)
def test_a_method_that_always_raises_leaves_everything_off_tick_after_tick(name, demand, monkeypatch):
    method, _, owner = name.partition(":")
    bench = running()
    demand(bench)
    monkeypatch.setattr(OWNERS[owner], method, _broken(getattr(OWNERS[owner], method)))
    for _ in range(3):
        bench.app.tick()
        bench.app.slack()
        assert bench.hal.is_powered_off()


@pytest.mark.parametrize(
    ("error", "fault"), [(ValueError, faults.FAULT_INTERNAL), (OSError, faults.FAULT_DEVICE_SILENT)]
)
def test_an_error_is_latched_for_what_it_is(error, fault, monkeypatch):
    bench = running()

    def fail() -> int:
        raise error

    monkeypatch.setattr(bench.hal.supply, "read_mv", fail)
    bench.app.tick()
    assert bench.app.guard.fault == fault
    _assert_safe(bench)
    monkeypatch.undo()
    bench.ticks(10)
    assert bench.state == "fault" and bench.app.guard.fault == fault


@pytest.mark.parametrize(
    ("error", "fault"), [(ValueError, faults.FAULT_INTERNAL), (OSError, faults.FAULT_DEVICE_SILENT)]
)
def test_an_error_in_the_slack_is_safe_at_once_and_latched_for_what_it_is(error, fault, monkeypatch):
    bench = running()

    def fail(row: int, text: bytearray) -> None:
        raise error

    monkeypatch.setattr(bench.hal.display, "write_row", fail)
    while bench.app.guard.fault == faults.NO_FAULT:
        assert not bench.hal.is_powered_off()
        bench.ticks(1)
    _assert_safe(bench)
    bench.ticks(200)
    _assert_safe(bench)
    assert bench.state == "fault" and bench.app.guard.fault == fault


def test_without_a_fault_nothing_is_due_twice_in_a_tick():
    bench = running()
    while bench.app.slack():
        pass
    for _ in range(4):
        bench.app.tick()
    # A row is composed, then shown.
    assert bench.app.slack() and bench.app.slack() and not bench.app.slack()
