"""Expand a phase into steps; the lanes of a step start and arrive together."""

from collections.abc import Callable, Iterable

from host_tools.program.model import Expansion, Lane, Phase, Step, Stroke, Waypoint
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
    gap_station,
    toe_station,
)
from instep.stroke.program import AXIS_WAIT, REACH_CLEAR
from instep.units import PERMILLE

BASE, TIP = 0, PERMILLE

# Axes that hold the foot during the strokes, each with the phase's `hold_n`.
_HOLDS = {"top": (HOLD_ARCH, HOLD_HEEL), "pull": (HOLD_ARCH,), "slide": (HOLD_HEEL,)}

# The rollers that a technique moves: stroke and press axis.
_TOP_ROLLER = (TOP_STROKE, TOP_PRESS)
_SOLE_ROLLER = (SOLE_STROKE, SOLE_PRESS)
_ROLLERS = {"smooth": (_TOP_ROLLER, _SOLE_ROLLER), "top": (_TOP_ROLLER,), "sole": (_SOLE_ROLLER,)}

# How a phase ends: rollers lift before they return; the holds open last.
_LEAVE_STAGES = ((TOP_PRESS, SOLE_PRESS), (TOP_STROKE, SOLE_STROKE), (TOE_SELECT,), (HOLD_ARCH, HOLD_HEEL))

WAYPOINT_AXES = {
    "top": TOP_STROKE,
    "sole": SOLE_STROKE,
    "top_n": TOP_PRESS,
    "sole_n": SOLE_PRESS,
    "reach": TOE_REACH,
    "turn_deg": TOE_TURN,
    "grip_n": TOE_GRIP,
    "arch_n": HOLD_ARCH,
    "heel_n": HOLD_HEEL,
    "wait_s": AXIS_WAIT,
}
PACED_KEYS = ("top", "sole", "reach")


def expand(phase: Phase) -> Expansion:
    """Return the steps of a checked phase, which begins and ends with every axis home."""
    enter = _enter(phase)
    strokes = _STROKES[phase.technique](phase)
    return Expansion(enter, strokes, leave_steps(enter, strokes))


def leave_steps(enter: Iterable[Step], strokes: Iterable[Stroke]) -> tuple[Step, ...]:
    """Return the steps that bring every axis home after any of `strokes`: a phase can be cut at the end of each.

    Grip, turn and reach are home already.
    """
    pose = {lane.axis: lane.target for step in enter for lane in step}
    away = {axis for axis, target in pose.items() if target}
    for stroke in strokes:
        pose.update({lane.axis: lane.target for step in stroke for lane in step})
        away.update(axis for axis, target in pose.items() if target)
    stages = (tuple(Lane(axis, 0) for axis in stage if axis in away) for stage in _LEAVE_STAGES)
    return tuple(stage for stage in stages if stage)


def waypoint_step(waypoint: Waypoint) -> Step:
    """Return the step of a path's waypoint."""
    if "toe" in waypoint:
        return (Lane(TOE_SELECT, toe_station(waypoint["toe"])),)
    if "gap" in waypoint:
        return (Lane(TOE_SELECT, gap_station(waypoint["gap"])),)
    rate = waypoint.get("speed_mm_s", 0)
    return tuple(
        Lane(axis, waypoint[key], rate if key in PACED_KEYS else 0)
        for key, axis in WAYPOINT_AXES.items()
        if key in waypoint
    )


def _enter(phase: Phase) -> tuple[Step, ...]:
    axes = _HOLDS.get(phase.technique, ())
    return (tuple(Lane(axis, phase.number("hold_n")) for axis in axes),) if axes else ()


def _roll(phase: Phase) -> tuple[Stroke, ...]:
    """Return the stroke of rollers: firm on the way out, lighter on the way back."""
    rollers = _ROLLERS[phase.technique]

    def press(key: str) -> Step:
        return tuple(Lane(axis, phase.number(key)) for _, axis in rollers)

    def stroke(place: int, key: str) -> Step:
        return tuple(Lane(axis, place, phase.number(key)) for axis, _ in rollers)

    out = (press("force_out_n"), stroke(PERMILLE, "speed_out_mm_s"))
    back = (press("force_back_n"), stroke(0, "speed_back_mm_s"))
    return ((*out, *back),)


def _pull(phase: Phase) -> tuple[Stroke, ...]:
    """Return the pull of each toe: grip at the base, turn slightly, draw to the end, open, slide back."""
    grip, turn = phase.number("grip_n"), phase.number("turn_deg")
    draw, slide = phase.number("draw_mm_s"), phase.number("slide_mm_s")

    def pull(toe: int) -> Stroke:
        return (
            (Lane(TOE_SELECT, toe_station(toe)),),
            (Lane(TOE_REACH, BASE, slide),),
            (Lane(TOE_GRIP, grip),),
            (Lane(TOE_TURN, turn),),
            (Lane(TOE_TURN, -turn),),
            (Lane(TOE_TURN, 0),),
            (Lane(TOE_REACH, TIP, draw),),
            (Lane(TOE_GRIP, 0),),
            (Lane(TOE_REACH, BASE, slide),),
            (Lane(TOE_REACH, REACH_CLEAR, slide),),
        )

    return tuple(pull(toe) for toe in phase.selection("toes"))


def _slide(phase: Phase) -> tuple[Stroke, ...]:
    """Return the slides in each gap: between two toes to their base and back to their ends."""
    rate = phase.number("slide_mm_s")
    to_tip: Step = (Lane(TOE_REACH, TIP, rate),)
    to_base: Step = (Lane(TOE_REACH, BASE, rate),)
    clear: Step = (Lane(TOE_REACH, REACH_CLEAR, rate),)

    def slide(gap: int) -> Stroke:
        select: Step = (Lane(TOE_SELECT, gap_station(gap)),)
        return (select, to_tip, *(to_base, to_tip) * phase.number("slides"), clear)

    return tuple(slide(gap) for gap in phase.selection("gaps"))


def _rest(phase: Phase) -> tuple[Stroke, ...]:
    return (((Lane(AXIS_WAIT, phase.number("seconds")),),),)


def _path(phase: Phase) -> tuple[Stroke, ...]:
    return (tuple(waypoint_step(waypoint) for waypoint in phase.waypoints),)


_STROKES: dict[str, Callable[[Phase], tuple[Stroke, ...]]] = {
    "smooth": _roll,
    "top": _roll,
    "sole": _roll,
    "pull": _pull,
    "slide": _slide,
    "rest": _rest,
    "path": _path,
}
