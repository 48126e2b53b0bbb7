"""A tapered roller presses less at the ends of its way, smoothly, and never more than its lanes ask."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.axes import RATE_PER_TICK, SOLE_PRESS, SOLE_STROKE, TOP_PRESS, TOP_STROKE
from instep.stroke.scheduler import PAUSED
from instep.stroke.taper import TAPER_MAX_PERCENT, taper_ticks, tapered
from tests.firmware.playing import Play, compiled, right

WAY_UM = 250_000
TAPERED_SOLE = (
    '[[phase]]\ntechnique = "sole"\nfeet = "left"\nrepeats = 2\nforce_tips_percent = 30\nforce_end_percent = 20\n'
)


def tapers(tips_percent: int, end_percent: int) -> int:
    return tips_percent | end_percent << 8


FORCES = st.integers(0, 35_000)
PERCENTS = st.integers(0, TAPER_MAX_PERCENT)
WAYS = st.integers(162_000, 323_000)


@given(FORCES, WAYS, PERCENTS, PERCENTS)
def test_the_ends_keep_their_share_and_the_middle_keeps_all(force, way_um, tips, end):
    assert tapered(force, 0, way_um, tapers(tips, end)) == force - force * tips // 100
    assert tapered(force, way_um, way_um, tapers(tips, end)) == force - force * end // 100
    for middle_um in (way_um // 5, way_um // 2, way_um - way_um // 5):
        assert tapered(force, middle_um, way_um, tapers(tips, end)) == force


@given(FORCES, WAYS, PERCENTS, PERCENTS, st.integers(0, 1000))
def test_the_force_never_grows_toward_an_end_and_never_exceeds_the_lane(force, way_um, tips, end, permille):
    place_um = way_um * permille // 1000
    here = tapered(force, place_um, way_um, tapers(tips, end))
    assert 0 <= here <= force
    toward_um = max(0, place_um - 500) if permille < 500 else min(way_um, place_um + 500)
    assert tapered(force, toward_um, way_um, tapers(tips, end)) <= here


def test_every_product_fits_into_the_small_integers_of_a_board():
    way_um = 340_000
    zone_um = way_um // 5
    assert zone_um * (1 << 13) < 1 << 30
    assert 35_000 * TAPER_MAX_PERCENT // 100 * (1 << 13) < 1 << 30


@pytest.mark.parametrize("force", [8_000, 25_000, 35_000])
def test_a_press_has_the_time_to_follow(force):
    ticks = taper_ticks(force, WAY_UM, WAY_UM, tapers(TAPER_MAX_PERCENT, 0))
    step_um = WAY_UM / ticks
    forces = [tapered(force, round(tick * step_um), WAY_UM, tapers(TAPER_MAX_PERCENT, 0)) for tick in range(ticks)]
    assert max(abs(after - before) for before, after in pairwise(forces)) <= RATE_PER_TICK[TOP_PRESS]
    assert taper_ticks(force, WAY_UM, WAY_UM, 0) == 0


def test_a_roller_that_is_too_fast_for_its_press_goes_more_slowly():
    fast = TAPERED_SOLE + "force_out_n = 35\nspeed_out_mm_s = 100\n"
    even = fast.replace("= 30\n", "= 100\n").replace("= 20\n", "= 100\n")
    assert Play(compiled(fast)).run_out() > Play(compiled(even)).run_out() + 200


def strokes_of(play: Play) -> list[tuple[int, int]]:
    """Return place and force of the left sole roller, tick by tick, until the closing strokes."""
    rows = []
    while not play.scheduler.is_closing:
        play.step()
        rows.append((play.setpoints[SOLE_STROKE], play.setpoints[SOLE_PRESS]))
    return rows


def test_a_stroke_presses_by_the_roller_s_place():
    rows = strokes_of(Play(compiled(TAPERED_SOLE)))
    assert max(force for _, force in rows) == 25_000
    assert max(force for place, force in rows if place == 250_000) == 5_000
    out = [force for place, force in rows[100:] if place == 0 and force]
    assert max(out) == 7_500
    assert all(force <= 25_000 for _, force in rows)


def test_an_even_program_presses_with_one_force_from_end_to_end():
    even = TAPERED_SOLE.replace("= 30\n", "= 100\n").replace("= 20\n", "= 100\n")
    rows = strokes_of(Play(compiled(even)))
    assert max(force for place, force in rows if place == 250_000) == 25_000


def test_the_force_of_a_foot_that_gets_less_is_tapered_too():
    play = Play(compiled(TAPERED_SOLE.replace('"left"', '"both"')))
    play.scheduler.set_foot_forces(1000, 400)
    play.run_until(lambda: play.scheduler.players[0].begun == 2)
    greatest = 0
    while not play.scheduler.is_closing:
        play.step()
        left, less = play.setpoints[SOLE_PRESS], play.setpoints[right(SOLE_PRESS)]
        assert play.setpoints[SOLE_STROKE] == play.setpoints[right(SOLE_STROKE)]
        greatest = max(greatest, less)
        if play.setpoints[SOLE_STROKE] == 250_000 and play.before[SOLE_STROKE] < 250_000:
            assert (left, less) == (5_000, 2_000)
    assert greatest == 10_000


def test_a_paused_stroke_begins_again_with_the_force_of_its_start():
    plain = strokes_of(Play(compiled(TAPERED_SOLE)))
    play = Play(compiled(TAPERED_SOLE))
    play.run_until(lambda: play.setpoints[SOLE_STROKE] > 230_000)
    play.scheduler.pause()
    play.run_until(lambda: play.scheduler.state == PAUSED)
    assert play.setpoints[SOLE_PRESS] == 0
    play.scheduler.resume()
    assert strokes_of(play)[-900:] == plain[-900:]


def test_lingering_rollers_press_by_their_place():
    play = Play(compiled(TAPERED_SOLE))
    play.run_until(lambda: play.setpoints[SOLE_STROKE] > 240_000)
    play.scheduler.stay()
    play.run(200)
    assert play.scheduler.is_staying()
    for _ in range(500):
        play.step()
        place, force = play.setpoints[SOLE_STROKE], play.setpoints[SOLE_PRESS]
        assert force == tapered(25_000, place, 250_000, tapers(70, 80))
    assert play.setpoints[TOP_STROKE] == 0
