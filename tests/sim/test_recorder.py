"""The recorder of a simulated session: which events, techniques and samples it keeps, and when."""

import zlib
from array import array
from types import SimpleNamespace
from typing import Any

import pytest

from instep.axes import AXES, FEET
from instep.guard import faults
from instep.session import states
from instep.stroke.program import TECHNIQUES
from instep.stroke.scheduler import NO_TECHNIQUE
from sim.recorder import Recorder

SMOOTH, TOP = TECHNIQUES.index("smooth"), TECHNIQUES.index("top")


class FakeScheduler:
    """The attributes of the firmware's scheduler that the recorder reads."""

    def __init__(self):
        self.setpoints = array("i", [0] * AXES)
        self.players = [SimpleNamespace(begun=0, given=0) for _ in range(FEET)]
        self.turns = 0
        self.now = [NO_TECHNIQUE, NO_TECHNIQUE]

    def technique(self, foot):
        return self.now[foot]

    def take_turn(self, left, right):
        self.turns += 1
        self.now = [left, right]


class FakePlant:
    """A plant whose snapshot counts up."""

    def __init__(self):
        self.snapshots = 0

    def snapshot(self):
        self.snapshots += 1
        return bytes([self.snapshots])


def app_with(scheduler):
    return SimpleNamespace(
        session=SimpleNamespace(state=states.IDLE), guard=SimpleNamespace(fault=faults.NO_FAULT), scheduler=scheduler
    )


class Bench:
    """A recorder over fakes, with its events from the second tick on."""

    def __init__(self, ticks_per_sample=None):
        self.scheduler = FakeScheduler()
        self.app = app_with(self.scheduler)
        hal: Any = SimpleNamespace(buttons=SimpleNamespace(held=0))
        self.hal = hal
        plant: Any = FakePlant()
        self.recorder = Recorder(self.app, self.hal, plant, ticks_per_sample)
        self.recorder.tick(0)
        assert self.news() == [(0, "state", "", "idle")]

    def news(self):
        events = [(event.tick, event.kind, event.foot, event.text) for event in self.recorder.events]
        self.recorder.events.clear()
        return events


@pytest.fixture
def bench():
    return Bench()


def test_a_state_is_an_event_when_it_changes_and_only_then(bench):
    bench.recorder.tick(1)
    bench.app.session.state = states.SCREENING
    bench.recorder.tick(2)
    bench.recorder.tick(3)
    assert bench.news() == [(2, "state", "", "screening")]


def test_a_button_is_an_event_when_it_goes_down_not_when_it_is_released(bench):
    for tick, held in enumerate((0b01, 0b11, 0b10, 0b00, 0b10), start=1):
        bench.hal.buttons.held = held
        bench.recorder.tick(tick)
    assert bench.news() == [(1, "button", "", "start"), (2, "button", "", "stop"), (5, "button", "", "stop")]


def test_a_fault_is_an_event_by_its_name_and_its_end_is_none(bench):
    bench.app.guard.fault = faults.FAULT_EMERGENCY_STOP
    bench.recorder.tick(1)
    bench.app.guard.fault = faults.NO_FAULT
    bench.recorder.tick(2)
    assert bench.news() == [(1, "fault", "", faults.name(faults.FAULT_EMERGENCY_STOP))]


def test_a_technique_lasts_from_its_turn_to_the_next_turn_of_its_foot(bench):
    bench.scheduler.take_turn(TOP, NO_TECHNIQUE)
    bench.recorder.tick(10)
    bench.scheduler.players[0].begun = 1
    bench.recorder.tick(11)
    bench.scheduler.players[0].given = 1
    bench.scheduler.take_turn(NO_TECHNIQUE, TOP)
    bench.recorder.tick(50)
    assert bench.news() == [
        (10, "technique", "left", "top"),
        (11, "stroke", "left", "1"),
        (50, "technique_end", "left", "top"),
        (50, "technique", "right", "top"),
    ]
    left, right = bench.recorder.techniques
    assert left.as_json() == {"technique": "top", "foot": "left", "strokes": 1, "start_s": 0.1, "end_s": 0.5}
    assert (right.foot, right.start_tick) == ("right", 50)


def test_a_technique_ends_when_its_foot_gets_none_and_its_strokes_count_from_its_own_beginning(bench):
    bench.scheduler.players[1].given = 7
    bench.scheduler.take_turn(NO_TECHNIQUE, SMOOTH)
    bench.recorder.tick(1)
    bench.scheduler.players[1].given = 9
    bench.recorder.tick(2)
    bench.scheduler.now = [NO_TECHNIQUE, NO_TECHNIQUE]
    bench.recorder.tick(3)
    assert bench.news() == [(1, "technique", "right", "smooth"), (3, "technique_end", "right", "smooth")]
    (run,) = bench.recorder.techniques
    assert (run.strokes, run.end_tick) == (2, 3)


def test_a_restart_ends_the_running_technique_and_the_new_firmware_is_recorded(bench):
    bench.scheduler.take_turn(SMOOTH, SMOOTH)
    bench.recorder.tick(1)
    bench.news()
    restarted = app_with(FakeScheduler())
    bench.recorder.follow(restarted, 2)
    assert bench.news() == [(2, "technique_end", "left", "smooth"), (2, "technique_end", "right", "smooth")]
    bench.app.session.state = states.RUN
    restarted.session.state = states.SELFTEST
    bench.recorder.tick(3)
    assert bench.news() == [(3, "state", "", "self-test")]


def test_the_checksum_covers_the_setpoints_of_every_tick_in_their_order(bench):
    expected = zlib.crc32(bytes(bench.scheduler.setpoints))
    for tick in range(1, 4):
        bench.scheduler.setpoints[tick] = tick * 1_000
        bench.recorder.tick(tick)
        expected = zlib.crc32(bench.scheduler.setpoints.tobytes(), expected)
    assert bench.recorder.setpoint_crc32 == expected


def test_a_sample_is_taken_at_every_multiple_of_its_ticks():
    bench = Bench(ticks_per_sample=5)
    bench.app.session.state = states.RUN
    bench.scheduler.take_turn(TOP, NO_TECHNIQUE)
    for tick in range(1, 11):
        bench.scheduler.setpoints[0] = tick
        bench.recorder.tick(tick)
    setpoints, snapshots = bench.recorder.columns()
    assert bench.recorder.sample_ticks == [0, 5, 10]
    assert bench.recorder.sample_states[1:] == [(states.RUN, TOP, NO_TECHNIQUE)] * 2
    assert setpoints.shape == (3, AXES) and setpoints[:, 0].tolist() == [0, 5, 10]
    assert snapshots.tolist() == [[1], [2], [3]]


def test_without_samples_the_plant_is_not_read(bench):
    for tick in range(1, 20):
        bench.recorder.tick(tick)
    assert bench.recorder.samples == [] and bench.recorder.sample_ticks == []
