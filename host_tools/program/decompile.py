"""Turn a compiled program back into the model: the reverse of `compile.py`."""

import struct
from collections.abc import Iterable, Iterator, Mapping

from host_tools.program.expand import BASE, PACED_KEYS, WAYPOINT_AXES, expand
from host_tools.program.model import Lane, Phase, Program, Step, Stroke, Waypoint
from host_tools.program.steps import phase_bytes
from host_tools.program.techniques import DEFAULTS, END_KEY, SETTINGS, TIPS_KEY, Selection
from instep.axes import TOE_REACH, TOE_SELECT
from instep.levels import HEAT_NAMES
from instep.stroke.program import END_STEP, END_STROKE, FEET_MODES, LANE_BYTES, LANE_FORMAT, TECHNIQUES
from instep.stroke.program import Program as CompiledProgram
from instep.units import CENTI

# Marks a setting while its place among the lanes is searched; greater than any target or rate of an expansion.
_FIRST_MARK = 20_001


class NotCompiledHereError(ValueError):
    """A valid compiled program that no program file compiles to."""


def decompile(compiled: CompiledProgram) -> Program:
    """Return the program that compiles to these bytes, which `verify` has accepted; it has no title and no about.

    Raise NotCompiledHereError for a phase whose lanes are not those of its technique.
    """
    phases = tuple(_read_phase(compiled, phase) for phase in range(compiled.phase_count))
    return Program(compiled.name, "", "", compiled.minutes, HEAT_NAMES[compiled.heat], phases)


def _read_phase(compiled: CompiledProgram, phase: int) -> Phase:
    technique = TECHNIQUES[compiled.technique(phase)]
    start, strokes_at, leave_at, _ = phase_bytes(compiled, phase)
    enter = list(_read_steps(compiled.data, start, strokes_at))
    strokes = list(_read_strokes(compiled.data, strokes_at, leave_at))
    read = _read_path if technique == "path" else _read_settings
    feet = FEET_MODES[compiled.feet(phase)]
    is_closing = compiled.is_closing(phase)
    tapers = compiled.tapers(phase)
    shares = {TIPS_KEY: CENTI - (tapers & 0xFF), END_KEY: CENTI - (tapers >> 8)}
    settings = {key: share for key, share in shares.items() if key in DEFAULTS[technique]}
    frame = Phase(technique, feet, compiled.repeats(phase), settings, is_closing=is_closing)
    try:
        return read(frame, enter, strokes)
    except NotCompiledHereError as error:
        raise NotCompiledHereError(f"phase {phase + 1} ({technique}): {error}") from error


def _read_settings(frame: Phase, enter: list[Step], strokes: list[Stroke]) -> Phase:
    """Expand the technique with marks in place of settings; the compiled lane at a mark's place has the value."""
    settings = {**frame.settings, **dict(_read_structure(frame.technique, strokes))}
    marks = {key: _FIRST_MARK + number for number, key in enumerate(DEFAULTS[frame.technique]) if key not in settings}
    expansion = expand(_with(frame, {**settings, **marks}))
    marked = _flat((*expansion.enter, *(step for stroke in expansion.strokes for step in stroke)))
    lanes = _flat((*enter, *(step for stroke in strokes for step in stroke)))
    if [lane.axis for lane in marked] != [lane.axis for lane in lanes]:
        raise NotCompiledHereError("its lanes are not those of its technique")
    for mark, lane in zip(marked, lanes, strict=True):
        for key, value in marks.items():
            if mark.target == value:
                settings[key] = lane.target
            if mark.rate == value:
                settings[key] = lane.rate
    return _with(frame, {key: settings[key] for key in DEFAULTS[frame.technique]})


def _read_structure(technique: str, strokes: list[Stroke]) -> Iterator[tuple[str, int | tuple[int, ...]]]:
    """Yield the settings that determine the number of lanes: toes, gaps, slides."""
    for key in DEFAULTS[technique]:
        if isinstance(SETTINGS[key], Selection):
            selects = [lane.target for stroke in strokes for lane in _flat(stroke) if lane.axis == TOE_SELECT]
            yield key, tuple(station // 2 + 1 for station in selects)
        elif key == "slides":
            yield key, sum(lane.axis == TOE_REACH and lane.target == BASE for lane in _flat(strokes[0]))


def _read_path(frame: Phase, enter: list[Step], strokes: list[Stroke]) -> Phase:
    if enter or len(strokes) != 1:
        raise NotCompiledHereError("a path has one stroke and enters with nothing")
    waypoints = tuple(_read_waypoint(step) for step in strokes[0])
    return Phase(frame.technique, frame.feet, frame.repeats, {}, waypoints, frame.is_closing)


def _read_waypoint(step: Step) -> Waypoint:
    targets = {lane.axis: lane.target for lane in step}
    if TOE_SELECT in targets:
        station = targets[TOE_SELECT]
        return {"gap" if station % 2 else "toe": station // 2 + 1}
    waypoint = {key: targets[axis] for key, axis in WAYPOINT_AXES.items() if axis in targets}
    rates = {lane.rate for lane in step if lane.axis in [WAYPOINT_AXES[key] for key in PACED_KEYS]}
    if len(rates) > 1:
        raise NotCompiledHereError("a step moves at two speeds")
    speed = max(rates, default=0)
    return {**waypoint, "speed_mm_s": speed} if speed else waypoint


def _with(frame: Phase, settings: Mapping[str, int | tuple[int, ...]]) -> Phase:
    return Phase(frame.technique, frame.feet, frame.repeats, settings, (), frame.is_closing)


def _flat(steps: Iterable[Step]) -> list[Lane]:
    return [lane for step in steps for lane in step]


def _read_steps(data: bytes, start: int, end: int) -> Iterator[Step]:
    for stroke in _read_strokes(data, start, end):
        yield from stroke


def _read_strokes(data: bytes, start: int, end: int) -> Iterator[Stroke]:
    """Yield the strokes between two bytes; steps without a stroke's end are one stroke."""
    steps: list[Step] = []
    lanes: list[Lane] = []
    for at in range(start, end, LANE_BYTES):
        axis, flags, target, rate = struct.unpack_from(LANE_FORMAT, data, at)
        lanes.append(Lane(axis, target, rate))
        if flags & END_STEP:
            steps.append(tuple(lanes))
            lanes = []
        if flags & END_STROKE:
            yield tuple(steps)
            steps = []
    if steps:
        yield tuple(steps)
