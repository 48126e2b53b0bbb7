"""The drawing behind the live view: pure functions from numbers to pictures, cells and words."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host_tools.view import words
from host_tools.view.button_timer import DOWN_TICKS, UP_TICKS, WAITING_MAX, Finger
from host_tools.view.canvas import GAP_COLUMNS, fit
from host_tools.view.feet import Toes, Touch, columns_for, paint_foot
from host_tools.view.gauges import bar, force_line, skin_line
from host_tools.view.outline import GAPS, TOES, shape, toe_spot
from host_tools.view.pacer import LAG_MAX_S, SPEEDS, Pacer
from host_tools.view.palette import force_colour
from host_tools.view.pressure_trail import Glow
from host_tools.view.raster import GLYPHS, Cells, Image, row_segments, to_cells
from instep.axes import TICKS_PER_S
from instep.session import states
from instep.stroke.program import TECHNIQUES
from tests.host_tools.fake_source import FakeSource

PAPER = (16, 21, 27)
SIZES = (8, 14, 24)
COLD = np.zeros(60)
FIRM_N = 25.0


def _foot(
    rows: int, permille: float, *, left: bool, sole: bool, toes: Toes | None = None, force_n: float = FIRM_N
) -> Image:
    touch = Touch(permille, force_n, COLD)
    return paint_foot(rows, columns_for(rows), left=left, sole=sole, touch=touch, toes=toes, paper=PAPER)


def _roller_row(image: Image) -> float:
    """Return the middle of what stands out from the paper at the picture's side, where only the roller reaches."""
    side = np.abs(image[:, 1] - PAPER).sum(axis=1)
    return float((side * np.arange(side.size)).sum() / side.sum())


@pytest.mark.parametrize("rows", SIZES)
@pytest.mark.parametrize("sole", [False, True])
@pytest.mark.parametrize("left", [False, True])
def test_the_drawn_roller_moves_toward_the_heel_with_every_permille_step(rows: int, sole: bool, left: bool) -> None:
    places = [_roller_row(_foot(rows, permille, left=left, sole=sole)) for permille in range(0, 1001, 50)]
    assert all(later > earlier for earlier, later in pairwise(places))


def test_the_sole_roller_ends_nearer_to_the_heel_than_the_top_roller() -> None:
    assert _roller_row(_foot(24, 1000, left=True, sole=True)) > _roller_row(_foot(24, 1000, left=True, sole=False)) + 6


@settings(max_examples=40, deadline=None)
@given(
    rows=st.sampled_from(SIZES),
    sole=st.booleans(),
    permille=st.floats(0, 1000),
    force_n=st.floats(0, 60),
    station=st.floats(0, 8),
    reach=st.floats(0, 1600),
)
def test_left_and_right_are_mirror_images(rows, sole, permille, force_n, station, reach) -> None:
    toes = Toes(station, reach, 0.0, 3.0)
    left, right = (_foot(rows, permille, left=left, sole=sole, toes=toes, force_n=force_n) for left in (True, False))
    assert np.allclose(left, right[:, ::-1])
    assert not np.allclose(left, right)


def test_the_big_toe_of_both_tops_is_on_the_inner_side() -> None:
    left = shape(48, 2 * columns_for(24), True)
    right = shape(48, 2 * columns_for(24), False)
    middle = left.foot.shape[1] // 2
    assert left.toes[0][:, :middle].sum() == 0 < left.toes[0][:, middle:].sum()
    assert right.toes[0][:, middle:].sum() == 0 < right.toes[0][:, :middle].sum()


@pytest.mark.parametrize("rows", [14, 24])
def test_five_toes_with_a_gap_between_each_can_be_told_apart(rows: int) -> None:
    form = shape(2 * rows, 2 * columns_for(rows), False)
    runs = 0
    for row in form.foot[form.y[:, 0] < 0.2]:
        inside = np.concatenate([[False], row > 0.5])
        runs = max(runs, int((np.diff(inside.astype(int)) == 1).sum()))
    assert runs == TOES


@pytest.mark.parametrize("rows", SIZES)
@pytest.mark.parametrize("toe", range(TOES))
def test_the_gripped_toe_is_highlighted_and_no_other(rows: int, toe: int) -> None:
    free = _foot(rows, 600, left=False, sole=False)
    held = _foot(rows, 600, left=False, sole=False, toes=Toes(2.0 * toe, 500.0, 0.0, 5.0))
    form = shape(2 * rows, 2 * columns_for(rows), False)
    change = np.abs(held - free).sum(axis=2)
    changes = [float((change * mask).sum() / mask.sum()) for mask in form.toes]
    assert max(range(TOES), key=lambda number: changes[number]) == toe


@pytest.mark.parametrize("gap", range(GAPS))
def test_the_tool_in_a_gap_stands_between_its_two_toes_and_goes_to_the_base(gap: int) -> None:
    inner_x, tip_y = toe_spot(2.0 * gap, 1000)
    outer_x, _ = toe_spot(2.0 * gap + 2, 1000)
    gap_x, gap_y = toe_spot(2.0 * gap + 1, 1000)
    assert inner_x < gap_x < outer_x
    assert gap_y >= tip_y
    assert toe_spot(2.0 * gap + 1, 0)[1] > gap_y + 0.05


def test_a_lifted_roller_is_drawn_fainter_than_a_firm_one() -> None:
    lifted, firm = (_foot(24, 500, left=True, sole=True, force_n=force_n) for force_n in (0.0, FIRM_N))
    assert np.abs(lifted[:, 1] - PAPER).sum() < 0.6 * np.abs(firm[:, 1] - PAPER).sum()


def test_the_force_colour_goes_from_teal_over_amber_to_red() -> None:
    light, firm, stop = force_colour(0.0), force_colour(25.0), force_colour(60.0)
    assert light[2] > light[0]
    assert firm[0] > firm[1] > firm[2]
    assert stop[0] > 2 * stop[1]
    assert force_colour(-3.0) == light and force_colour(90.0) == stop


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, len(GLYPHS) - 1), min_size=6, max_size=6))
def test_a_picture_of_two_colours_is_drawn_to_the_sub_pixel(glyphs) -> None:
    ink, paper = (240, 120, 40), (20, 40, 80)
    image = np.empty((4, 6, 3))
    for cell, glyph in enumerate(glyphs):
        row, column = 2 * (cell // 3), 2 * (cell % 3)
        for spot, is_ink in enumerate([0, glyph >> 2 & 1, glyph >> 1 & 1, glyph & 1]):
            image[row + spot // 2, column + spot % 2] = ink if is_ink else paper
    cells = to_cells(image)
    assert cells.glyph.ravel().tolist() == glyphs
    assert set(cells.paper.ravel().tolist()) == {0x142850}
    assert {int(code) for code, glyph in zip(cells.ink.ravel(), glyphs, strict=True) if glyph} <= {0xF07828}


def test_a_row_of_cells_becomes_joined_segments_of_its_width() -> None:
    cells = to_cells(_foot(14, 300, left=True, sole=False))
    for row in range(cells.rows):
        segments = row_segments(cells, row)
        assert sum(len(segment.text) for segment in segments) == columns_for(14)
        assert all(one.style != two.style for one, two in pairwise(segments))


def test_only_the_columns_that_changed_are_named() -> None:
    old = Cells(np.zeros((2, 9), int), np.zeros((2, 9), int), np.zeros((2, 9), int))
    paper = old.paper.copy()
    paper[1, 3], paper[1, 6] = 5, 6
    new = Cells(old.glyph, old.ink, paper)
    assert new.changed_span(old, 0) is None
    assert new.changed_span(old, 1) == (3, 7)


@given(width=st.integers(0, 200), height=st.integers(0, 80))
def test_pictures_always_fit_their_place(width: int, height: int) -> None:
    rows, pictures = fit(width, height)
    assert 0 <= rows <= height
    assert rows == 0 or pictures * columns_for(rows) + (pictures - 1) * GAP_COLUMNS <= width


def test_a_glow_warms_what_was_rolled_and_fades() -> None:
    glow = Glow()
    glow.follow(0.0, 250.0, 0.0)
    glow.follow(1.0, 500.0, FIRM_N)
    bins = glow.trace.size
    assert glow.trace[bins // 4 : bins // 2].min() > 0.8
    assert glow.trace[: bins // 4 - 1].max() == 0 == glow.trace[bins // 2 + 1 :].max()
    warm = glow.trace[bins // 3]
    glow.follow(41.0, 500.0, 0.0)
    assert 0 < glow.trace[bins // 3] < 0.2 * warm


def test_a_gauge_fills_to_its_share_and_marks_its_target() -> None:
    plain = bar(20, 0.5, 0.75, "red").plain
    assert plain == "━" * 10 + "─" * 5 + "┃" + "─" * 4
    assert bar(20, 7.0, None, "red").plain == "━" * 20
    assert bar(20, -1.0, 2.0, "red").plain == "─" * 19 + "┃"


def test_gauge_lines_keep_to_their_width_and_say_measured_and_wanted() -> None:
    assert force_line(30, "top", 24.6, 25.0).plain.endswith("24.6/25.0 N")
    assert skin_line(30, 38.2, 39.0).plain.endswith("38.2/39 °C")
    assert skin_line(30, 31.0, 0.0).plain.endswith("31.0/off")
    assert {force_line(30, "top", n, 35.0).cell_length for n in (0.0, 9.9, 60.0)} == {30}


@pytest.mark.parametrize(
    ("result", "reason"), [("done", ""), ("refused", "swollen"), ("stopped", ""), ("fault", ""), (None, "")]
)
def test_every_end_has_a_title_and_the_machine_s_reason_goes_first(result: str | None, reason: str) -> None:
    title, text = words.ending(result, reason)
    assert title[0].isupper()
    assert reason in text
    assert words.ending("fault", "Why.")[1] == "Why."


def test_every_state_and_technique_of_the_firmware_has_its_words() -> None:
    assert set(words.STATES) < set(states.NAMES)
    assert set(words.TECHNIQUES) == set(TECHNIQUES)
    assert words.state("fit") == "measuring feet" and words.state("self-test") == "self test"


def test_times_and_stations_read_like_words() -> None:
    assert [words.clock(seconds) for seconds in (-2, 0, 59.6, 754)] == ["0:00", "0:00", "1:00", "12:34"]
    assert [words.station(number) for number in (0, 1, 7, 8, 8.4)] == ["toe 1", "gap 1", "gap 4", "toe 5", "toe 5"]
    assert words.technique("own_thing") == "own thing" and words.technique(None) == "resting"


def _run(pacer: Pacer, wall_s: float, tick_s: float) -> int:
    """Let `wall_s` pass, run all slices that are due at `tick_s` a tick; return the ticks."""
    pacer.pass_time(wall_s)
    done = 0
    while ticks := pacer.slice_ticks():
        pacer.spend(ticks, ticks * tick_s)
        done += ticks
    return done


@pytest.mark.parametrize("speed", [speed for speed in SPEEDS if speed is not None])
def test_the_pacer_passes_machine_time_at_its_speed_without_drift(speed: float) -> None:
    pacer = Pacer(speed)
    done = sum(_run(pacer, 1 / 15, 1e-6) for _ in range(150))
    assert abs(done - 10 * speed * TICKS_PER_S) <= 1


def test_a_slice_of_slow_ticks_stays_short() -> None:
    pacer = Pacer(None)
    for _ in range(20):
        pacer.spend(pacer.slice_ticks(), pacer.slice_ticks() * 0.004)
    assert pacer.slice_ticks() * 0.004 <= 0.030


def test_time_that_could_not_be_simulated_is_dropped() -> None:
    assert _run(Pacer(10.0), 60.0, 1e-6) <= 10.0 * TICKS_PER_S * LAG_MAX_S


def test_speeds_go_up_and_down_their_list_and_stop_at_its_ends() -> None:
    pacer = Pacer(SPEEDS[0])
    pacer.slower()
    seen = [pacer.speed]
    for _ in SPEEDS:
        pacer.faster()
        seen.append(pacer.speed)
    assert seen == [*SPEEDS, None]
    pacer.slower()
    assert pacer.speed == SPEEDS[-2]


def test_a_speed_between_the_steps_goes_to_its_neighbours() -> None:
    faster, slower = Pacer(50.0), Pacer(50.0)
    faster.faster()
    slower.slower()
    assert (faster.speed, slower.speed) == (100.0, 30.0)


def test_a_computer_that_cannot_keep_up_is_told_the_truth() -> None:
    pacer = Pacer(100.0)
    assert str(pacer).startswith("100")
    for _ in range(100):
        pacer.note_frame(2 * TICKS_PER_S, 0.1)
    assert str(pacer).startswith("20") and "100" in str(pacer)


def _let_pass(finger: Finger, source: FakeSource, ticks: int) -> None:
    while ticks:
        step = finger.ticks_until_change(ticks)
        source.advance(step)
        finger.pass_ticks(step)
        ticks -= step


def test_presses_follow_one_another_each_short_with_a_rest_between() -> None:
    source = FakeSource()
    finger = Finger(source)
    finger.push("plus")
    finger.push("heat")
    _let_pass(finger, source, 1000)
    second = DOWN_TICKS + UP_TICKS
    assert source.pressed == [
        ("press", "plus", 0),
        ("release", "plus", DOWN_TICKS),
        ("press", "heat", second),
        ("release", "heat", second + DOWN_TICKS),
    ]


def test_stop_lifts_the_finger_and_goes_before_waiting_presses() -> None:
    source = FakeSource()
    finger = Finger(source)
    for button in ("plus", "heat", "program"):
        finger.push(button)
    _let_pass(finger, source, 3)
    finger.push("stop")
    _let_pass(finger, source, 1000)
    stopped = [("release", "plus", 3), ("press", "stop", 3), ("release", "stop", 3 + DOWN_TICKS)]
    assert source.pressed == [("press", "plus", 0), *stopped]


def test_a_held_key_does_not_pile_up_presses() -> None:
    source = FakeSource()
    finger = Finger(source)
    for _ in range(50):
        finger.push("plus")
    _let_pass(finger, source, 5000)
    assert len(source.pressed) == 2 * (1 + WAITING_MAX)
    assert finger.down is None
