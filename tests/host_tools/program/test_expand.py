"""Each technique becomes its steps: rollers, holds and toe tools in order, and home at the end."""

import pytest

from host_tools.program.expand import expand
from host_tools.program.model import Expansion, Lane, Phase, Settings, Waypoint
from instep.axes import (
    HOLD_ARCH,
    HOLD_HEEL,
    SOLE_PRESS,
    SOLE_STROKE,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.stroke.program import (
    AXIS_WAIT,
    REACH_CLEAR,
)

OUT_BACK: dict[str, int | tuple[int, ...]] = {
    "force_out_n": 2500,
    "force_back_n": 800,
    "speed_out_mm_s": 300,
    "speed_back_mm_s": 350,
}


PULL: Settings = {"toes": (2,), "hold_n": 1000, "grip_n": 350, "turn_deg": 80, "draw_mm_s": 100, "slide_mm_s": 200}


def steps_of(technique: str, settings: Settings, waypoints: tuple[Waypoint, ...] = ()) -> Expansion:
    return expand(Phase(technique, "each", 1, settings, waypoints))


def test_top_holds_the_foot_then_strokes_firm_out_and_light_back():
    done = steps_of("top", OUT_BACK | {"hold_n": 1000})
    assert done.enter == ((Lane(HOLD_ARCH, 1000), Lane(HOLD_HEEL, 1000)),)
    assert done.strokes == (
        (
            (Lane(TOP_PRESS, 2500),),
            (Lane(TOP_STROKE, 1000, 300),),
            (Lane(TOP_PRESS, 800),),
            (Lane(TOP_STROKE, 0, 350),),
        ),
    )
    assert done.leave == ((Lane(TOP_PRESS, 0),), (Lane(HOLD_ARCH, 0), Lane(HOLD_HEEL, 0)))


def test_sole_strokes_without_holds():
    done = steps_of("sole", OUT_BACK)
    assert done.enter == ()
    assert done.strokes[0][1] == (Lane(SOLE_STROKE, 1000, 300),)
    assert done.leave == ((Lane(SOLE_PRESS, 0),),)


def test_smooth_moves_both_rollers_together():
    done = steps_of("smooth", OUT_BACK)
    assert done.strokes[0][0] == (Lane(TOP_PRESS, 2500), Lane(SOLE_PRESS, 2500))
    assert done.strokes[0][3] == (Lane(TOP_STROKE, 0, 350), Lane(SOLE_STROKE, 0, 350))
    assert done.leave == ((Lane(TOP_PRESS, 0), Lane(SOLE_PRESS, 0)),)


def test_pull_grips_turns_draws_releases_and_slides_back():
    done = steps_of("pull", PULL)
    assert done.enter == ((Lane(HOLD_ARCH, 1000),),)
    assert [step[0] for step in done.strokes[0]] == [
        Lane(TOE_SELECT, 2),
        Lane(TOE_REACH, 0, 200),
        Lane(TOE_GRIP, 350),
        Lane(TOE_TURN, 80),
        Lane(TOE_TURN, -80),
        Lane(TOE_TURN, 0),
        Lane(TOE_REACH, 1000, 100),
        Lane(TOE_GRIP, 0),
        Lane(TOE_REACH, 0, 200),
        Lane(TOE_REACH, REACH_CLEAR, 200),
    ]
    assert done.leave == ((Lane(TOE_SELECT, 0),), (Lane(HOLD_ARCH, 0),))


@pytest.mark.parametrize("slides", [2, 3])
def test_slide_goes_from_the_tip_to_the_base_and_back_in_every_gap(slides):
    done = steps_of("slide", {"gaps": (1, 4), "slides": slides, "hold_n": 500, "slide_mm_s": 200})
    assert done.enter == ((Lane(HOLD_HEEL, 500),),)
    assert len(done.strokes) == 2
    assert [step[0].target for step in done.strokes[1]] == [7, 1000, *[0, 1000] * slides, REACH_CLEAR]
    assert done.leave == ((Lane(TOE_SELECT, 0),), (Lane(HOLD_HEEL, 0),))


def test_rest_waits():
    assert steps_of("rest", {"seconds": 150}) == Expansion((), (((Lane(AXIS_WAIT, 150),),),), ())


def test_a_path_is_a_step_per_waypoint_and_is_brought_home_rollers_first():
    done = steps_of(
        "path",
        {},
        (
            {"sole_n": 500, "heel_n": 300},
            {"top": 300, "sole": 400, "top_n": 100, "speed_mm_s": 250},
            {"gap": 2},
            {"wait_s": 50},
        ),
    )
    assert done.strokes == (
        (
            (Lane(SOLE_PRESS, 500), Lane(HOLD_HEEL, 300)),
            (Lane(TOP_STROKE, 300, 250), Lane(SOLE_STROKE, 400, 250), Lane(TOP_PRESS, 100)),
            (Lane(TOE_SELECT, 3),),
            (Lane(AXIS_WAIT, 50),),
        ),
    )
    assert done.leave == (
        (Lane(TOP_PRESS, 0), Lane(SOLE_PRESS, 0)),
        (Lane(TOP_STROKE, 0), Lane(SOLE_STROKE, 0)),
        (Lane(TOE_SELECT, 0),),
        (Lane(HOLD_HEEL, 0),),
    )
