"""Derive spans, strokes and positions on the foot from a recording, for the pictures."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from host_tools.trace.recording import Recording
from instep.axes import AXES_PER_FOOT, FOOT_NAMES, SOLE_STROKE, TICKS_PER_S, TOP_STROKE
from instep.stroke.foot_scaling import TOP_PERMILLE
from instep.units import PERMILLE, UM_PER_MM

Floats = NDArray[np.float64]

# A foot that was not measured (nothing stroked it either) is drawn at a middling adult's length.
USUAL_LENGTH_MM = 262.0
# A finger nearer to its home than this is at home.
AWAY_UM = 1_000


@dataclass(frozen=True)
class Span:
    """A stretch of time with one name (a state or a technique)."""

    name: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Stroke:
    """One stroke of a technique on one foot (0 left, 1 right)."""

    technique: str
    foot: int
    number: str
    start_s: float
    end_s: float


def times_s(recording: Recording) -> Floats:
    """Return the time of each sample, s from the session's start."""
    return recording.tick / float(TICKS_PER_S)


def during(recording: Recording, stroke: Stroke) -> NDArray[np.bool_]:
    """Return which samples belong to a stroke."""
    time_s = times_s(recording)
    inside: NDArray[np.bool_] = (time_s >= stroke.start_s) & (time_s <= stroke.end_s)
    return inside


def length_mm(recording: Recording, foot: int) -> float:
    """Return the foot's measured length, or that of a medium foot if it was not measured."""
    return recording.length_mm[foot] or USUAL_LENGTH_MM


def axis_column(table: NDArray[Any], foot: int, axis: int) -> Floats:
    """Return one axis of `setpoint` or `measured` in the axis's unit."""
    column: Floats = table[:, foot * AXES_PER_FOOT + axis].astype(np.float64)
    return column


def peaks(time_s: Floats, values: Floats, bins: int) -> tuple[Floats, Floats]:
    """Return about `bins` points that keep every peak: the maximum of each block of samples, at the block's start."""
    starts = np.arange(0, len(values), max(len(values) // bins, 1))
    return time_s[starts], np.maximum.reduceat(values, starts) if len(starts) else values


def stroke_permille(recording: Recording, table: NDArray[Any], foot: int, axis: int) -> Floats:
    """Return a roller's place: 0 at the toe tips, 1000 at the ankle (top) or the heel (sole)."""
    share = TOP_PERMILLE / PERMILLE if axis == TOP_STROKE else 1.0
    assert axis in (TOP_STROKE, SOLE_STROKE)
    return axis_column(table, foot, axis) * PERMILLE / (length_mm(recording, foot) * UM_PER_MM * share)


def state_spans(recording: Recording) -> list[Span]:
    """Return the session's states in time order."""
    return _spans(recording, recording.state, recording.state_names)


def technique_spans(recording: Recording, foot: int) -> list[Span]:
    """Return the techniques that one foot was given, in time order."""
    return _spans(recording, recording.technique[:, foot], recording.technique_names)


def techniques_given(recording: Recording) -> list[str]:
    """Return the names of the techniques that any foot was given, in the techniques' own order."""
    given = {span.name for foot in range(len(FOOT_NAMES)) for span in technique_spans(recording, foot)}
    return [name for name in recording.technique_names if name in given]


def _spans(recording: Recording, column: NDArray[np.int8], names: tuple[str, ...]) -> list[Span]:
    if len(column) == 0:
        return []
    time_s = times_s(recording)
    starts = np.concatenate([[0], np.flatnonzero(np.diff(column)) + 1])
    ends = np.append(starts[1:], len(column) - 1)
    return [
        Span(names[column[start]], float(time_s[start]), float(time_s[end]))
        for start, end in zip(starts, ends, strict=True)
        if column[start] >= 0
    ]


def strokes(recording: Recording) -> list[Stroke]:
    """Return every stroke in the order of their ends: the foot's next stroke or technique, or the session's end."""
    found: list[Stroke] = []
    technique = [""] * len(FOOT_NAMES)
    begun: list[tuple[str, int] | None] = [None] * len(FOOT_NAMES)
    for event in sorted(recording.events, key=lambda event: event.tick):
        if event.foot not in FOOT_NAMES or event.kind not in ("stroke", "technique", "technique_end"):
            continue
        foot = FOOT_NAMES.index(event.foot)
        open_stroke = begun[foot]
        if open_stroke is not None:
            number, tick = open_stroke
            found.append(Stroke(technique[foot], foot, number, tick / TICKS_PER_S, event.tick / TICKS_PER_S))
        begun[foot] = (event.text, event.tick) if event.kind == "stroke" else None
        if event.kind == "technique":
            technique[foot] = event.text
    for foot, cut_short in enumerate(begun):
        if cut_short is not None:
            number, tick = cut_short
            found.append(Stroke(technique[foot], foot, number, tick / TICKS_PER_S, end_s(recording)))
    return found


def end_s(recording: Recording) -> float:
    """Return the time of the last sample, s."""
    return float(recording.tick[-1]) / TICKS_PER_S if len(recording.tick) else 0.0
