"""The session ends within its time: the chosen minutes, and the guard's thirty minutes."""

import pytest

from instep import user_events
from instep.axes import HOME, LEFT, RIGHT, SOLE_PRESS, SOLE_STROKE, TOP_STROKE
from instep.levels import INTENSITY_MAX
from instep.session import outcome
from tests.firmware.playing import compiled
from tests.firmware.sessions import Bench
from tests.firmware.stroke.test_verify import resealed

AT_HOME = list(HOME * 2)
MINUTE = 6_000


def _at(state, program="demo"):
    bench = Bench(program)
    bench.session.selection.choices.heat = 1
    return bench.go_to(state)


def _pause_in_stroke(bench):
    """Pause while a roller is under way."""
    while not bench.scheduler.setpoints[TOP_STROKE]:
        bench.ticks()
    bench.ticks(50)
    bench.press(user_events.START)
    assert bench.state == "paused"


def test_a_pause_does_not_use_up_the_chosen_time():
    bench = _at("run")
    _pause_in_stroke(bench)
    left_s, ticks = bench.session.status.clock.seconds_left(), bench.session.status.clock.ticks
    bench.ticks(1_000)
    assert (bench.session.status.clock.seconds_left(), bench.session.status.clock.ticks) == (left_s, ticks + 1_000)


def test_a_pause_that_lasts_until_the_time_is_up_ends_the_session():
    bench = _at("run")
    _pause_in_stroke(bench)
    bench.session.status.clock.ticks = 30 * MINUTE - 3_000
    bench.until("done", maximum=3_000)
    assert bench.session.status.stop_reason == outcome.STOPPED_PAUSED_LONG


def test_a_session_that_is_resumed_at_the_last_moment_still_ends_within_thirty_minutes():
    bench = Bench("classic").go_to("run")
    _pause_in_stroke(bench)
    bench.ticks(300)
    while not bench.session.status.clock.is_limit_near():
        bench.session.status.clock.ticks += 100
    bench.session.status.clock.ticks -= 101
    assert bench.press(user_events.START) == "run"
    bench.until("done")
    assert bench.session.status.clock.ticks <= 30 * MINUTE


@pytest.mark.parametrize("phase", [0, 1], ids=["stroke", "closing"])
def test_a_stroke_that_another_tool_made_longer_than_a_session_is_cut_off(monkeypatch, phase):
    """The checker refuses such a program file; the board's proof knows no time."""
    program = compiled('[[phase]]\ntechnique = "sole"\n[[closing]]\ntechnique = "sole"\n')
    data = bytearray(program.data)
    for lane in range(program.enter_lane(phase), program.end_lane(phase)):
        at = program.lane_offset(lane)
        if data[at] == SOLE_STROKE:
            data[at + 4 : at + 6] = b"\1\0"
    monkeypatch.setattr("tests.firmware.sessions.image", lambda name: resealed(bytes(data)))
    bench = Bench("endless").go_to("run")
    bench.ticks(100)
    if phase:
        bench.session.status.clock.active_ticks = 30 * MINUTE
        bench.until("closing")
        bench.ticks(500)
    bench.session.status.clock.ticks = 30 * MINUTE
    assert bench.scheduler.setpoints[SOLE_PRESS] > 0
    assert bench.ticks() == "retract"
    bench.until("done", maximum=1_000)
    assert bench.session.status.stop_reason == outcome.STOPPED_OVERTIME
    assert list(bench.scheduler.setpoints) == AT_HOME


def test_the_chosen_minutes_count_from_the_first_stroke_on():
    bench = Bench("quick").go_to("run")
    clock = bench.session.status.clock
    assert not bench.scheduler.has_begun() and clock.seconds_left() == 10 * 60
    while not bench.scheduler.has_begun():
        assert clock.active_ticks == 0
        bench.ticks()
    bench.ticks(300)
    assert 299 <= clock.active_ticks <= 301
    assert clock.ticks > clock.active_ticks + 10


def test_the_time_to_go_never_exceeds_the_thirty_minutes_of_a_session():
    bench = Bench("classic")
    bench.session.selection.choices.minutes = 30
    bench.go_to("run")
    bench.session.status.clock.ticks = 10 * MINUTE
    assert bench.session.status.clock.seconds_left() == 20 * 60


@pytest.mark.parametrize("minutes", [10, 15])
def test_the_closing_strokes_end_within_the_chosen_time(minutes):
    bench = Bench("quick")
    bench.session.selection.choices.minutes = minutes
    bench.go_to("run")
    bench.session.status.clock.active_ticks = bench.session.status.clock.ticks = (minutes - 3) * MINUTE
    bench.until("done")
    assert bench.session.status.result == outcome.RESULT_DONE
    assert (minutes - 1) * MINUTE <= bench.session.status.clock.active_ticks <= minutes * MINUTE


def _ended_in_a_first_cycle(name, left_ticks, clock_name, minutes=15):
    """Return the bench of a session that ends so many ticks after its start, and the strokes given to each foot."""
    bench = Bench(name)
    bench.session.selection.choices.minutes = minutes
    bench.session.selection.choices.intensity = INTENSITY_MAX
    bench.go_to("run")
    bench.until_stroke()
    clock = bench.session.status.clock
    setattr(clock, clock_name, minutes * MINUTE - left_ticks)
    bench.until("closing")
    given = [bench.scheduler.players[foot].given for foot in (LEFT, RIGHT)]
    bench.until("done")
    assert bench.session.status.result == outcome.RESULT_DONE
    return bench, given


# Ends in the turns of both feet, in the first cycle.
ENDS_AFTER = (16_500, 21_000, 25_500, 32_000)


@pytest.mark.parametrize("left_ticks", ENDS_AFTER)
def test_when_the_minutes_end_a_session_the_second_foot_has_got_what_the_first_one_got(left_ticks):
    bench, given = _ended_in_a_first_cycle("classic", left_ticks, "active_ticks")
    assert given[LEFT] == given[RIGHT] > 0
    # An even end is found in steps of a stroke for each foot: at most 31 s.
    assert 15 * MINUTE - 3_200 < bench.session.status.clock.active_ticks <= 15 * MINUTE


@pytest.mark.parametrize("left_ticks", ENDS_AFTER[1::2])
def test_when_the_thirty_minutes_end_a_session_the_second_foot_has_got_what_the_first_one_got(left_ticks):
    bench, given = _ended_in_a_first_cycle("classic", left_ticks, "ticks", 30)
    assert given[LEFT] == given[RIGHT] > 0
    assert bench.session.status.clock.ticks <= 30 * MINUTE


def test_a_second_foot_that_the_person_slows_down_still_gets_everything_and_the_limit_holds():
    bench = Bench("toes")
    choices = bench.session.selection.choices
    choices.minutes, choices.pace = 10, 3
    bench.go_to("run")
    bench.until_stroke()
    clock = bench.session.status.clock
    clock.active_ticks = 8 * MINUTE
    while not bench.scheduler.players[RIGHT].begun:
        bench.ticks()
    choices.pace = 1
    bench.until("closing")
    assert bench.scheduler.players[LEFT].given == bench.scheduler.players[RIGHT].given
    bench.until("done")
    assert clock.active_ticks < 11 * MINUTE
