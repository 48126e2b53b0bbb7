"""The scheduler plays a program on both feet: turns, strokes, levels, cuts and endings."""

import pytest

from instep.axes import (
    AXES_PER_FOOT,
    HOLD_ARCH,
    HOME,
    LEFT,
    RIGHT,
    SOLE_PRESS,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.stroke.modes import ENTER, STROKE, WAIT
from instep.stroke.program import PULL, SLIDE, SOLE, TOP
from instep.stroke.scheduler import IDLE, NO_TECHNIQUE, PAUSED, RUNNING
from tests.firmware.playing import (
    HOME_BOTH,
    PULL_LEFT,
    SLIDE_EACH,
    SOLE_ALTERNATE,
    TOP_BOTH,
    TOP_EACH,
    Play,
    compiled,
    right,
)


def strokes_of(play: Play, foot: int) -> list[int]:
    """Run to the end and return the ticks at which the foot's strokes began."""
    player = play.scheduler.players[foot]
    began: list[int] = []
    begun = 0
    while play.scheduler.state != IDLE:
        if player.begun > begun:
            began.append(play.ticks)
        begun = player.begun
        play.step()
    return began


def test_a_stroke_is_firm_on_the_way_out_and_light_on_the_way_back():
    play = Play(compiled(TOP_BOTH))
    out_mn, back_mn = set(), set()
    while play.scheduler.technique(LEFT) in (TOP, NO_TECHNIQUE) and not play.scheduler.is_closing:
        moved = play.step()
        if moved[TOP_STROKE] > 0:
            out_mn.add(play.setpoints[TOP_PRESS])
        elif moved[TOP_STROKE] < 0:
            back_mn.add(play.setpoints[TOP_PRESS])
    assert out_mn == {25_000}
    assert back_mn == {8_000}


def test_a_stroke_reaches_the_ankle_and_returns_to_the_toe_tips():
    play = Play(compiled(TOP_BOTH), left_um=250_000)
    reached = set()
    while not play.scheduler.is_closing:
        play.step()
        reached.add(play.setpoints[TOP_STROKE])
    assert max(reached) == 200_000  # 80 % of the foot's length
    assert min(reached) == 0


def test_both_feet_of_one_length_move_as_mirror_images():
    play = Play(compiled(TOP_BOTH + SLIDE_EACH.replace("each", "both")))
    while play.scheduler.state != IDLE:
        play.step()
        assert play.setpoints[:AXES_PER_FOOT] == play.setpoints[AXES_PER_FOOT:]


def test_both_feet_of_different_lengths_begin_and_end_every_stroke_together():
    play = Play(compiled(TOP_BOTH), left_um=210_000, right_um=320_000)
    left, right_ = play.scheduler.players
    while not play.scheduler.is_closing:
        play.step()
        assert (left.mode, left.begun, left.done) == (right_.mode, right_.begun, right_.done)
        assert play.setpoints[TOP_STROKE] * 320 == pytest.approx(play.setpoints[right(TOP_STROKE)] * 210, abs=320 * 2)


def test_each_gives_the_left_foot_its_whole_turn_before_the_right():
    play = Play(compiled(TOP_EACH))
    right_at_rest = HOME_BOTH[AXES_PER_FOOT:]
    play.run_until(lambda: play.scheduler.players[RIGHT].begun == 0 and play.setpoints[right(HOLD_ARCH)] > 0)
    assert play.scheduler.players[LEFT].done == 2
    assert play.setpoints[:AXES_PER_FOOT] == list(HOME)
    play = Play(compiled(TOP_EACH))
    while play.scheduler.players[LEFT].done < 2:
        play.step()
        assert play.setpoints[AXES_PER_FOOT:] == right_at_rest


def test_alternate_feet_are_half_a_stroke_apart():
    left = strokes_of(Play(compiled(SOLE_ALTERNATE)), LEFT)[:3]
    right_ = strokes_of(Play(compiled(SOLE_ALTERNATE)), RIGHT)[:3]
    for number in range(2):
        duration = left[number + 1] - left[number]
        assert right_[number] - left[number] == pytest.approx(duration / 2, abs=12)


def test_alternate_feet_stay_half_a_stroke_apart_after_a_pause():
    play = Play(compiled(SOLE_ALTERNATE))
    left, right_ = play.scheduler.players
    play.run_until(lambda: right_.begun == 1)
    play.run(50)
    play.scheduler.pause()
    play.run_until(lambda: play.scheduler.state == PAUSED)
    assert (left.begun, right_.begun) == (0, 0)
    play.scheduler.resume()
    left_at = play.run_until(lambda: left.begun == 1)
    right_at = play.run_until(lambda: right_.begun == 1)
    assert 500 < right_at - left_at < 1_200
    play.run_out()
    assert left.given == right_.given == 3 + 2  # with the closing strokes


def test_a_phase_for_one_foot_leaves_the_other_at_home():
    play = Play(compiled(PULL_LEFT))
    while not play.scheduler.is_closing:
        play.step()
        assert play.setpoints[AXES_PER_FOOT:] == list(HOME)


def test_a_program_is_skipped_for_feet_that_are_not_in_use():
    play = Play(compiled(TOP_EACH + PULL_LEFT), feet_mask=2)
    while play.scheduler.state != IDLE:
        play.step()
        assert play.setpoints[:AXES_PER_FOOT] == list(HOME)
    assert play.scheduler.players[RIGHT].given == 2 + 2


def test_a_program_without_strokes_for_the_feet_in_use_does_not_load():
    assert not Play(compiled(PULL_LEFT), feet_mask=2).has_strokes
    assert Play(compiled(PULL_LEFT), feet_mask=1).has_strokes


def test_every_toe_is_selected_gripped_turned_and_drawn_out():
    play = Play(compiled(PULL_LEFT))
    gripped: dict[int, set[int]] = {}
    while not play.scheduler.is_closing:
        play.step()
        if play.setpoints[TOE_GRIP] == 3_500:
            gripped.setdefault(play.setpoints[TOE_SELECT], set()).add(play.setpoints[TOE_REACH])
    assert sorted(gripped) == [0, 2_000, 4_000, 6_000, 8_000]
    for station, reaches in gripped.items():
        assert min(reaches) == 0, station
        assert max(reaches) > 20_000, station


def test_intensity_takes_effect_at_the_next_stroke_and_not_before():
    play = Play(compiled(TOP_BOTH), intensity=3)
    player = play.scheduler.players[LEFT]
    play.run_until(lambda: play.setpoints[TOP_PRESS] == 25_000)
    play.set_levels(5, 2)
    while player.begun == 1:
        play.step()
        assert play.setpoints[TOP_PRESS] <= 25_000
    play.run_until(lambda: play.setpoints[TOP_PRESS] == 32_500)


def test_pace_takes_effect_at_the_next_stroke():
    usual = strokes_of(Play(compiled(TOP_BOTH.replace("2", "3"))), LEFT)
    play = Play(compiled(TOP_BOTH.replace("2", "3")))
    play.run_until(lambda: play.scheduler.players[LEFT].begun == 1)
    play.set_levels(3, 1)
    slower = strokes_of(play, LEFT)
    assert slower[1] - slower[0] == usual[1] - usual[0]
    assert slower[2] - slower[1] > 1.3 * (usual[2] - usual[1])


def test_the_greatest_roller_force_overrules_program_and_intensity():
    play = Play(compiled(TOP_BOTH), intensity=5, press_max_mn=10_000)
    maximum = 0
    while play.scheduler.state != IDLE:
        play.step()
        maximum = max(maximum, play.setpoints[TOP_PRESS], play.setpoints[right(SOLE_PRESS)])
    assert maximum == 10_000


def test_finish_cuts_at_the_strokes_end_and_goes_on_with_the_closing_strokes():
    play = Play(compiled(TOP_BOTH.replace("2", "9"), minutes=10), single_cycle=False)
    player = play.scheduler.players[LEFT]
    play.run_until(lambda: player.begun == 3)
    play.run(100)
    play.scheduler.finish()
    play.run_until(lambda: player.done == 3)
    assert play.setpoints[TOP_STROKE] == 0
    play.run_until(lambda: play.scheduler.is_closing)
    assert player.given == 3
    play.run_out()
    assert play.scheduler.is_finished
    assert play.setpoints == HOME_BOTH


def _strokes_of_each_foot(finish_at, now=False, pause_at=None):
    """Return the strokes that the feet get of `SLIDE_EACH`, ended in stroke `finish_at` of left, then right."""
    play = Play(compiled(SLIDE_EACH + TOP_BOTH, minutes=10), single_cycle=False)
    left, other = play.scheduler.players
    play.run_until(lambda: left.begun + other.begun == finish_at)
    play.run(100)
    play.scheduler.finish(now)
    if pause_at:
        play.run_until(lambda: other.mode == pause_at)
        play.scheduler.pause()
        play.run_until(lambda: play.scheduler.state == PAUSED)
        play.scheduler.resume()
    play.run_until(lambda: play.scheduler.is_closing)
    assert play.scheduler.phase == 2
    return left.given, other.given


@pytest.mark.parametrize("strokes", [1, 2, 3, 4])
def test_finish_gives_the_second_foot_what_the_first_one_got(strokes):
    assert _strokes_of_each_foot(strokes) == (strokes, strokes)


@pytest.mark.parametrize("strokes", [1, 3])
def test_finish_in_the_second_foot_s_turn_cuts_none_of_its_strokes(strokes):
    assert _strokes_of_each_foot(4 + strokes) == (4, 4)


@pytest.mark.parametrize("mode", [ENTER, STROKE])
def test_a_pause_keeps_how_much_the_second_foot_gets(mode):
    assert _strokes_of_each_foot(2, pause_at=mode) == (2, 2)


@pytest.mark.parametrize(("begun", "strokes"), [(2, (2, 0)), (6, (4, 2))])
def test_finish_now_cuts_either_foot(begun, strokes):
    assert _strokes_of_each_foot(begun, now=True) == strokes


def test_a_skip_while_the_first_foot_finishes_ends_the_technique_on_both():
    play = Play(compiled(SLIDE_EACH + TOP_BOTH, minutes=10), single_cycle=False)
    left, other = play.scheduler.players
    play.run_until(lambda: left.begun == 2)
    play.scheduler.finish()
    play.scheduler.next_technique()
    play.run_until(lambda: play.scheduler.is_closing)
    assert (left.given, other.given) == (2, 0)


def test_finish_while_closing_changes_nothing():
    plain = Play(compiled(TOP_BOTH))
    plain.run_out()
    play = Play(compiled(TOP_BOTH))
    play.run_until(lambda: play.scheduler.is_closing)
    play.scheduler.finish()
    assert play.run_out() == plain.ticks


def test_next_technique_skips_the_rest_of_the_phase_on_both_feet():
    play = Play(compiled(TOP_EACH.replace("2", "5") + SLIDE_EACH))
    player = play.scheduler.players[LEFT]
    play.run_until(lambda: player.begun == 2)
    play.scheduler.next_technique()
    play.run_until(lambda: play.scheduler.phase == 1)
    assert player.given == 2
    assert play.scheduler.players[RIGHT].given == 0


def test_without_an_end_the_program_begins_again():
    play = Play(compiled(TOP_BOTH, minutes=10), single_cycle=False)
    play.run_until(lambda: play.scheduler.cycle == 2)
    assert play.scheduler.state == RUNNING
    assert play.scheduler.players[LEFT].given == 4


def test_a_foot_waits_for_the_other_in_wait_mode_and_a_cut_frees_it():
    play = Play(compiled(SOLE_ALTERNATE))
    right_player = play.scheduler.players[RIGHT]
    play.run_until(lambda: right_player.mode == WAIT)
    play.scheduler.finish()
    play.run_until(lambda: play.scheduler.is_closing)
    assert right_player.given == 0


@pytest.mark.parametrize("left_out", [(TOP,), (SLIDE,), (TOP, PULL), (SOLE, SLIDE)])
def test_a_program_without_a_technique_is_the_program_that_never_had_it(left_out):
    phases = {TOP: TOP_EACH, PULL: PULL_LEFT, SOLE: SOLE_ALTERNATE, SLIDE: SLIDE_EACH}
    closing = TOP_BOTH.replace("phase", "closing")
    others = "".join(text for technique, text in phases.items() if technique not in left_out)
    never = Play(compiled(others + closing))
    without = Play(
        compiled("".join(phases.values()) + closing), left_out=sum(1 << technique for technique in left_out)
    )
    while never.scheduler.state != IDLE:
        never.step()
        without.step()
        assert without.setpoints == never.setpoints
    assert without.scheduler.state == IDLE and without.scheduler.is_closing


def test_a_program_of_which_everything_is_left_out_has_no_strokes():
    assert not Play(compiled(TOP_EACH + SLIDE_EACH), left_out=1 << TOP | 1 << SLIDE).has_strokes
