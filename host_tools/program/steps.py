"""Find the lanes, steps and strokes in the bytes of a compiled program."""

from collections.abc import Iterator

from instep.stroke.program import END_STEP, END_STROKE, LANE_BYTES, Program
from instep.stroke.step_timing import lane_rate, lane_target


def phase_bytes(program: Program, phase: int) -> tuple[int, int, int, int]:
    """Return the byte offsets at which enter, strokes and leave of a phase begin, and its end."""
    lanes = (program.enter_lane(phase), program.stroke_lane(phase), program.leave_lane(phase), program.end_lane(phase))
    start, strokes, leave, end = (program.lane_offset(lane) for lane in lanes)
    return start, strokes, leave, end


def steps(data: bytes, start: int, end: int) -> Iterator[int]:
    """Yield the byte offset of each step."""
    while start < end:
        yield start
        start = after_step(data, start)


def strokes(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the first byte and the byte after the last of each stroke."""
    for at in steps(data, start, end):
        after = after_step(data, at)
        if data[after - LANE_BYTES + 1] & END_STROKE:
            yield start, after
            start = after


def lanes(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield axis, target and rate of each lane of the step at byte `at`."""
    for lane in range(at, after_step(data, at), LANE_BYTES):
        yield data[lane], lane_target(data, lane), lane_rate(data, lane)


def after_step(data: bytes, at: int) -> int:
    """Return the byte offset of the step that follows the one at byte `at`."""
    while not data[at + 1] & END_STEP:
        at += LANE_BYTES
    return at + LANE_BYTES
