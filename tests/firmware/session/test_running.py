"""Running and paused: pausing, going on, and the buttons during the strokes."""

import pytest

from instep import user_events
from instep.axes import TOP_STROKE
from instep.guard import faults
from instep.session.demands import DRIVE_FOLLOW, DRIVE_LIFT
from instep.stroke import scheduler as patterns
from tests.firmware.sessions import Bench


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


@pytest.mark.parametrize(("again", "level"), [(user_events.PLUS_AGAIN, 5), (user_events.MINUS_AGAIN, 1)])
def test_held_intensity_goes_to_its_end_and_answers_no_question(again, level):
    bench = _at("screening")
    question = bench.session.status.screening.question
    bench.press(again)
    assert bench.session.status.screening.question == question
    bench = _at("run")
    bench.press(*[again] * 6)
    assert bench.session.selection.choices.intensity == level


def test_start_pauses_and_start_goes_on():
    bench = _at("run")
    _pause_in_stroke(bench)
    assert bench.ticks(300) == "paused"
    assert bench.scheduler.state == patterns.PAUSED
    assert bench.press(user_events.START) == "run"


def test_a_pause_lifts_the_rollers_until_the_foot_is_released_and_keeps_their_place():
    bench = _at("run")
    _pause_in_stroke(bench)
    while bench.scheduler.is_letting_go():
        assert bench.session.demands.drive_mode == DRIVE_LIFT
        bench.ticks()
    bench.ticks(2)
    assert bench.session.demands.drive_mode == DRIVE_FOLLOW
    place = bench.scheduler.setpoints[TOP_STROKE]
    assert place > 0
    bench.ticks(1_000)
    assert bench.scheduler.setpoints[TOP_STROKE] == place


def test_a_foot_lifted_out_pauses_within_100_ms_and_must_be_back_to_go_on():
    bench = _at("run")
    bench.ticks(100)
    bench.hal.foot_switches[1].is_on = False
    bench.ticks(10)
    assert (bench.state, bench.session.demands.drive_mode) == ("paused", DRIVE_LIFT)
    bench.ticks(300)
    assert bench.press(user_events.START) == "paused"
    bench.hal.foot_switches[1].is_on = True
    assert bench.ticks(100) == "paused"
    assert bench.press(user_events.START) == "run"


def test_a_foot_that_seems_to_have_moved_pauses_until_start_and_is_measured_again_next_time():
    bench = _at("run")
    bench.ticks(100)
    bench.guard.has_foot_moved = True
    bench.ticks()
    assert (bench.state, bench.session.demands.drive_mode) == ("paused", DRIVE_LIFT)
    bench.ticks(300)
    assert bench.guard.notice() == faults.FAULT_FOOT_MOVED, "it is said as long as the pause lasts"
    assert bench.session.status.fitted_mask == 0
    bench.press(user_events.START)
    assert bench.ticks() == "run"
    assert bench.guard.notice() == faults.NO_FAULT


@pytest.mark.parametrize("state", ["idle", "fit", "warm", "retract"])
def test_a_foot_that_seems_to_have_moved_while_nothing_strokes_it_is_not_waited_for(state):
    bench = _at(state)
    bench.guard.has_foot_moved = True
    bench.ticks(2)
    assert bench.guard.notice() == faults.NO_FAULT
    assert bench.state != "paused"


def test_a_switch_that_bounces_does_not_pause():
    bench = _at("run")
    for _ in range(20):
        bench.hal.foot_switches[0].is_on = False
        bench.ticks(4)
        bench.hal.foot_switches[0].is_on = True
        assert bench.ticks(1) == "run"


def test_program_goes_on_to_the_next_technique():
    bench = Bench("classic").go_to("run")
    player = bench.scheduler.players[0]
    while not player.begun:
        bench.ticks()
    assert player.strokes > 1
    bench.press(user_events.PROGRAM)
    while bench.scheduler.phase == 0:
        bench.ticks()
    assert player.given == 1


@pytest.mark.parametrize("skip", [user_events.PROGRAM, user_events.NEXT])
def test_a_skip_in_a_pause_counts_when_the_massage_goes_on(skip):
    bench = Bench("classic").go_to("run")
    bench.until_stroke()
    bench.ticks(200)
    bench.press(user_events.START)
    bench.ticks(300)
    bench.press(skip)
    assert bench.ticks(300) == "paused"
    assert bench.scheduler.phase == 0
    bench.press(user_events.START)
    while bench.scheduler.phase == 0:
        bench.ticks()
    assert bench.state == "run"
    assert [player.given for player in bench.scheduler.players] == [0, 0]


def test_levels_change_by_button_before_and_during_the_strokes():
    bench = Bench("classic")
    bench.press(user_events.PLUS, user_events.HEAT)
    assert (bench.session.selection.choices.intensity, bench.session.selection.choices.heat) == (4, 2)
    bench.go_to("run")
    bench.press(user_events.MINUS, user_events.MINUS, user_events.HEAT)
    bench.ticks()
    assert (bench.session.selection.choices.intensity, bench.session.demands.heat_centi_c) == (2, 4_100)
    assert bench.scheduler.levels.force_permille == bench.session.selection.choices.force_permille()
