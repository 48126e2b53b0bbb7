"""Stay and again: the rollers linger where they are, a toe comes once more, a technique is repeated."""

import itertools

import pytest

from instep.axes import SOLE_PRESS, SOLE_STROKE, TOE_SELECT, TOP_STROKE
from instep.stroke.scheduler import IDLE, PAUSED, RUNNING
from instep.stroke.stay import STAY_MAX_TICKS, STAY_TICKS
from tests.firmware.playing import HOME_BOTH, PULL_LEFT, SOLE_ALTERNATE, TOP_BOTH, TOP_EACH, Play, compiled
from tests.setpoint_record import Record

WITHIN_UM = 10_000
BRAKE_UM = 1_500
SOLE_LEFT = '[[phase]]\ntechnique = "sole"\nfeet = "left"\nrepeats = 2\n'
CLOSING = '[[closing]]\ntechnique = "smooth"\n'


def _until_at(play, um, axis=SOLE_STROKE):
    play.run_until(lambda: play.setpoints[axis] >= um)


def _spots(play, ticks, axis=SOLE_STROKE):
    """Return where the roller was in the ticks of a stay."""
    places = []
    for _ in range(ticks):
        play.step()
        places.append(play.setpoints[axis])
    return places


def test_the_roller_lingers_within_twenty_millimetres_at_its_force_and_goes_on():
    play = Play(compiled(SOLE_LEFT + CLOSING))
    _until_at(play, 100_000)
    play.scheduler.stay()
    place, force = play.setpoints[SOLE_STROKE], play.setpoints[SOLE_PRESS]
    places = _spots(play, STAY_TICKS)
    assert place - WITHIN_UM <= min(places) < max(places) <= place + WITHIN_UM + BRAKE_UM
    assert max(places) - min(places) >= 2 * WITHIN_UM - 1
    assert play.setpoints[SOLE_PRESS] == force
    assert max(abs(later - before) for before, later in itertools.pairwise(places[20:])) <= 150
    play.run_until(lambda: not play.scheduler.is_staying())
    assert play.ticks
    given = play.scheduler.players[0].given
    play.run_until(lambda: play.scheduler.players[0].given > given)
    play.run_out()
    assert play.scheduler.is_finished and play.setpoints == HOME_BOTH


def test_the_stroke_after_a_stay_reaches_the_same_places():
    plain, play = Play(compiled(SOLE_LEFT + CLOSING)), Play(compiled(SOLE_LEFT + CLOSING))
    for each in (plain, play):
        _until_at(each, 100_000)
    play.scheduler.stay()
    furthest = [max(_spots(each, 4_000)) for each in (plain, play)]
    assert furthest[0] == furthest[1]


def test_asked_again_it_lingers_longer_but_never_more_than_a_minute_on_a_spot():
    play = Play(compiled(SOLE_LEFT + CLOSING))
    _until_at(play, 100_000)
    play.scheduler.stay()
    play.scheduler.stay()
    play.run(2 * STAY_TICKS - 1)
    assert play.scheduler.is_staying()
    play.run_until(lambda: not play.scheduler.is_staying())
    stayed = 0
    for _ in range(20):
        play.scheduler.stay()
    while play.scheduler.is_staying():
        play.step()
        stayed += 1
    assert 3 * STAY_TICKS < stayed + 2 * STAY_TICKS <= STAY_MAX_TICKS + 400
    play.scheduler.stay()
    assert not play.scheduler.is_staying()
    play.run(300)
    play.scheduler.stay()
    assert play.scheduler.is_staying()


def test_asked_again_on_the_way_back_it_lingers_again():
    play = Play(compiled(SOLE_LEFT + CLOSING))
    _until_at(play, 100_000)
    play.scheduler.stay()
    place = play.setpoints[SOLE_STROKE]
    stay = play.scheduler.players[0].stay
    play.run_until(lambda: stay.seconds_left() == 0 and stay._ticks >= stay._until + 20)
    assert play.scheduler.is_staying()
    play.scheduler.stay()
    places = _spots(play, STAY_TICKS - 200)
    assert play.scheduler.is_staying()
    assert place - WITHIN_UM <= min(places) < max(places) <= place + WITHIN_UM + BRAKE_UM


@pytest.mark.parametrize("um", [1_000, 248_000])
def test_near_the_ends_it_lingers_within_the_foot(um):
    play = Play(compiled(SOLE_LEFT + CLOSING))
    _until_at(play, um)
    play.scheduler.stay()
    places = _spots(play, STAY_TICKS)
    assert min(places) >= 0 and max(places) <= 250_000


def test_both_feet_linger_and_stay_half_a_stroke_apart():
    play = Play(compiled(SOLE_ALTERNATE + CLOSING))
    _until_at(play, 100_000, 10 + SOLE_STROKE)
    play.scheduler.stay()
    assert all(player.stay.is_on for player in play.scheduler.players)
    play.run_out()
    assert play.scheduler.is_finished and play.setpoints == HOME_BOTH


def test_a_pause_or_stop_while_lingering_lets_the_foot_go():
    for command in ("pause", "stop"):
        play = Play(compiled(SOLE_LEFT + CLOSING))
        _until_at(play, 100_000)
        play.scheduler.stay()
        play.run(300)
        getattr(play.scheduler, command)()
        play.run_until(lambda: play.scheduler.state in (PAUSED, IDLE))  # noqa: B023
        assert play.setpoints[SOLE_PRESS] == 0
        assert not play.scheduler.is_staying()
        play.scheduler.resume()
        play.run_out()
        assert play.setpoints == HOME_BOTH


def test_the_end_of_the_time_and_a_skip_end_a_stay():
    for command in ("finish", "next_technique"):
        play = Play(compiled(SOLE_LEFT + CLOSING))
        _until_at(play, 100_000)
        play.scheduler.stay()
        play.run(200)
        getattr(play.scheduler, command)()
        play.run(350)
        assert not play.scheduler.is_staying()
        play.run_out()
        assert play.scheduler.is_finished


def test_a_toe_comes_once_more_and_the_next_ones_as_usual():
    stations = []
    play = Play(compiled(PULL_LEFT + CLOSING))
    asked = False
    while play.scheduler.state == RUNNING and play.scheduler.phase == 0:
        player = play.scheduler.players[0]
        before = player.given
        play.step()
        if player.given > before:
            stations.append(play.setpoints[TOE_SELECT])
        if not asked and player.begun == 2 and player.since_start > 100:
            play.scheduler.stay()
            asked = True
    assert [station // 2_000 + 1 for station in stations] == [1, 2, 2, 3, 4, 5]


def _order(play, is_asked_at=None):
    """Return the phase and foot of each turn; `again` is asked for in the given turn."""
    turns: list[tuple[int, tuple[int, int]]] = []
    while play.scheduler.state == RUNNING and not play.scheduler.is_closing:
        turn = (play.scheduler.phase, play.scheduler._turn)
        if not turns or turns[-1][0] != play.scheduler.turns:
            turns.append((play.scheduler.turns, turn))
            if len(turns) - 1 == is_asked_at:
                play.scheduler.again(True)
        play.step()
    return [turn for _, turn in turns]


def test_again_gives_the_technique_once_more_on_both_feet_before_going_on():
    phases = TOP_EACH + SOLE_LEFT + CLOSING
    assert _order(Play(compiled(phases))) == [(0, 0), (0, 1), (1, 0)]
    once_more = [(0, 0), (0, 1), (0, 0), (0, 1), (1, 0)]
    assert _order(Play(compiled(phases)), 0) == once_more
    assert _order(Play(compiled(phases)), 1) == once_more


def test_a_skip_takes_the_wish_for_again_back():
    play = Play(compiled(TOP_BOTH + SOLE_LEFT + CLOSING))
    _until_at(play, 50_000, TOP_STROKE)
    play.scheduler.again(True)
    play.scheduler.next_technique()
    assert not play.scheduler.is_again
    play.run_until(lambda: play.scheduler.phase == 1)


@pytest.mark.parametrize("seed", range(3))
def test_stay_is_the_same_every_time(seed):
    records = []
    for _ in range(2):
        play = Play(compiled(SOLE_ALTERNATE + PULL_LEFT + CLOSING))
        record = Record()
        for _ in range(4):
            for _ in range(700 + 111 * seed):
                play.step_on(record)
            play.scheduler.stay()
        play.run_out()
        records.append((play.ticks, play.setpoints))
        record.judge()
    assert records[0] == records[1]
