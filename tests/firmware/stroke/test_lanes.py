"""The lanes of a step become the axes of a move, with the ticks that the slowest of them needs."""

from array import array

from instep.axes import AXES, AXES_PER_FOOT, RATE_PER_TICK, SOLE_STROKE, TOE_TURN, TOP_PRESS, TOP_STROKE
from instep.stroke.lanes import (
    STEP_AT,
    STEP_END,
    STEP_FLAGS,
    STEP_ROLLED,
    STEP_ROLLERS,
    STEP_TAPERS,
    STEP_WAIT,
    STEP_WAYS,
    add_lanes,
    arrive,
)
from instep.stroke.program import AXIS_WAIT, END_STEP, END_STROKE, LANE_BYTES
from instep.stroke.taper import tapered
from instep.stroke.trajectory import MOVE_END, MOVE_FIRST, MOVE_GOAL, MOVE_INDEX, MOVE_SIZE, new_move
from tests.firmware.step_lanes import lane, scale_of

LENGTH_UM = 250_000
TAPERS = 40 | 60 << 8


def goals(move):
    """Return index → goal of a move."""
    starts = range(MOVE_FIRST, move[MOVE_END], MOVE_SIZE)
    return {move[at + MOVE_INDEX]: move[at + MOVE_GOAL] for at in starts}


def walk(data, step=None, places=None, base=0, forces=None):
    """Add the lanes at the start of `data`; return ticks, step and move."""
    step = step or scale_of(LENGTH_UM)
    move = new_move(base)
    places = places or array("i", [0] * AXES)
    ticks = add_lanes(step, data, move, places, forces or array("i", [0, 0]))
    return ticks, step, move


def test_a_step_ends_with_its_last_lane_and_takes_as_long_as_its_slowest():
    first = lane(TOP_STROKE, 500, rate=400) + lane(TOE_TURN, -100, flags=END_STEP | END_STROKE)
    ticks, step, move = walk(first + lane(SOLE_STROKE, 1000, flags=END_STEP))
    assert (step[STEP_END], step[STEP_FLAGS]) == (2 * LANE_BYTES, END_STEP | END_STROKE)
    assert goals(move) == {TOP_STROKE: 100_000, TOE_TURN: -100}
    assert ticks == 100_000 // 400
    ticks, step, move = walk(lane(SOLE_STROKE, 1000, flags=END_STEP))
    assert ticks == 250_000 // RATE_PER_TICK[SOLE_STROKE]


def test_a_step_begins_where_the_last_one_has_ended():
    data = lane(TOP_STROKE, 500, flags=END_STEP) + lane(SOLE_STROKE, 500, flags=END_STEP)
    _, step, _ = walk(data)
    step[STEP_AT] = step[STEP_END]
    assert goals(walk(data, step)[2]) == {SOLE_STROKE: 125_000}
    assert step[STEP_END] == len(data)


def test_an_axis_that_is_there_has_no_place_in_the_move():
    places = array("i", [100_000] * AXES)
    ticks, _, move = walk(lane(TOP_STROKE, 500, flags=END_STEP), places=places)
    assert (ticks, goals(move)) == (0, {})


def test_a_wait_moves_nothing():
    ticks, step, move = walk(lane(AXIS_WAIT, 6_000, flags=END_STEP))
    assert (ticks, step[STEP_WAIT], goals(move)) == (0, 6_000, {})


def test_the_second_foot_moves_its_own_axes_and_arrives_there():
    places = array("i", [0] * AXES)
    _, _, move = walk(lane(SOLE_STROKE, 1000, flags=END_STEP), places=places, base=AXES_PER_FOOT)
    arrive(move, places)
    assert places == array("i", [LENGTH_UM if index == AXES_PER_FOOT + SOLE_STROKE else 0 for index in range(AXES)])
    assert goals(move) == {}


def test_a_tapered_press_gives_what_the_place_of_its_roller_allows():
    step = scale_of(LENGTH_UM)
    step[STEP_TAPERS] = TAPERS
    step[STEP_WAYS] = 200_000
    forces = array("i", [0, 0])
    _, _, move = walk(lane(TOP_PRESS, 2_000, flags=END_STEP), step, forces=forces)
    assert goals(move) == {TOP_PRESS: tapered(20_000, 0, 200_000, TAPERS)} == {TOP_PRESS: 12_000}
    assert list(forces) == [20_000, 0]
    step[STEP_ROLLERS] = 100_000
    assert goals(walk(lane(TOP_PRESS, 2_000, flags=END_STEP), step)[2]) == {TOP_PRESS: 20_000}


def test_the_way_of_a_roller_is_noted_whichever_its_direction():
    places = array("i", [200_000] * AXES)
    _, step, _ = walk(lane(TOP_STROKE, 500, flags=END_STEP), places=places)
    assert step[STEP_ROLLED + TOP_STROKE] == 100_000
