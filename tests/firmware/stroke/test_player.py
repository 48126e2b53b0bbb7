"""A pause or a stop lets the feet go, stage by stage; a session resumes at the interrupted stroke."""

import pytest

from instep.axes import (
    HOLD_ARCH,
    HOLD_HEEL,
    LEFT,
    SOLE_PRESS,
    SOLE_STROKE,
    TOE_GRIP,
    TOE_REACH,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.stroke.modes import HELD, LEAVE, STROKE
from instep.stroke.scheduler import PAUSED
from tests.firmware.playing import (
    HOME_BOTH,
    PULL_LEFT,
    TOP_BOTH,
    Play,
    compiled,
)


def test_pause_lifts_everything_off_and_holds_the_place():
    play = Play(compiled(TOP_BOTH))
    play.run_until(lambda: play.setpoints[TOP_STROKE] > 100_000)
    play.scheduler.pause()
    play.run_until(lambda: play.scheduler.state == PAUSED)
    at = play.setpoints
    assert at[TOP_STROKE] > 100_000
    assert [at[axis] for axis in (TOP_PRESS, SOLE_PRESS, HOLD_ARCH, HOLD_HEEL)] == [0, 0, 0, 0]
    play.run(500)
    assert play.setpoints == at


def test_resume_goes_on_at_the_start_of_the_interrupted_stroke():
    undisturbed = Play(compiled(TOP_BOTH))
    undisturbed.run_until(lambda: undisturbed.scheduler.players[LEFT].begun == 2)
    start = undisturbed.setpoints
    play = Play(compiled(TOP_BOTH))
    player = play.scheduler.players[LEFT]
    play.run_until(lambda: player.begun == 2 and play.setpoints[TOP_STROKE] > 50_000)
    play.scheduler.pause()
    play.run_until(lambda: play.scheduler.state == PAUSED)
    assert player.mode == HELD
    play.scheduler.resume()
    play.run_until(lambda: player.begun == 2)
    assert play.setpoints == start
    play.run_out()
    assert player.given == 2 + 2


def test_feet_of_different_lengths_are_still_in_time_after_a_pause():
    play = Play(compiled(TOP_BOTH.replace("2", "3")), left_um=210_000, right_um=320_000)
    left, right_ = play.scheduler.players
    play.run_until(lambda: play.setpoints[TOP_STROKE] > 50_000)
    play.scheduler.pause()
    play.run_until(lambda: play.scheduler.state == PAUSED)
    play.scheduler.resume()
    play.run_until(lambda: left.begun == 1 and right_.begun == 1)
    while not play.scheduler.is_closing:
        play.step()
        assert (left.begun, left.done) == (right_.begun, right_.done)


def test_a_pause_while_the_holds_close_begins_the_phase_again():
    play = Play(compiled(TOP_BOTH))
    play.run(10)
    play.scheduler.pause()
    play.run_until(lambda: play.scheduler.state == PAUSED)
    play.scheduler.resume()
    play.run_until(lambda: play.scheduler.players[LEFT].mode == STROKE)
    assert play.setpoints[HOLD_ARCH] == 10_000


def test_a_pause_during_the_release_finishes_the_release():
    play = Play(compiled(TOP_BOTH))
    play.run_until(lambda: play.scheduler.players[LEFT].mode == LEAVE)
    play.scheduler.pause()
    play.run_until(lambda: play.scheduler.state == PAUSED)
    play.scheduler.resume()
    play.run_out()
    assert play.scheduler.is_finished
    assert play.setpoints == HOME_BOTH


def test_a_pause_during_resuming_still_finds_back_to_the_stroke():
    play = Play(compiled(TOP_BOTH))
    play.run_until(lambda: play.setpoints[TOP_STROKE] > 50_000)
    for _ in range(2):
        play.scheduler.pause()
        play.run_until(lambda: play.scheduler.state == PAUSED)
        play.scheduler.resume()
        play.run(20)
    play.run_out()
    assert play.scheduler.players[LEFT].given == 2 + 2


@pytest.mark.parametrize("moment", [5, 300, 900, 1_500, 2_600, 3_050])
def test_stop_releases_the_foot_and_goes_home_from_anywhere(moment):
    play = Play(compiled(PULL_LEFT))
    play.run(moment)
    play.scheduler.stop()
    play.run_out()
    assert play.setpoints == HOME_BOTH
    assert not play.scheduler.is_finished


def test_stop_opens_the_grip_before_the_reach_draws_back():
    play = Play(compiled(PULL_LEFT))
    play.run_until(lambda: play.setpoints[TOE_GRIP] == 3_500 and play.setpoints[TOE_REACH] > 10_000)
    play.scheduler.stop()
    play.run(8)  # braking
    held_at = play.setpoints[TOE_REACH]
    while play.setpoints[TOE_GRIP] > 0:
        assert play.setpoints[TOE_REACH] == held_at
        play.step()


def test_stop_while_paused_goes_home():
    play = Play(compiled(TOP_BOTH))
    play.run_until(lambda: play.setpoints[SOLE_STROKE] + play.setpoints[TOP_STROKE] > 50_000)
    play.scheduler.pause()
    play.run_until(lambda: play.scheduler.state == PAUSED)
    play.scheduler.stop()
    play.run_out()
    assert play.setpoints == HOME_BOTH
