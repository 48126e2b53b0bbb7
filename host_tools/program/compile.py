"""Write a program in the compiled form whose layout `instep/stroke/program.py` defines."""

import struct
from binascii import crc32
from collections.abc import Iterable

from host_tools.program.expand import expand
from host_tools.program.model import Expansion, Lane, Phase, Program, Step
from host_tools.program.techniques import END_KEY, TIPS_KEY
from instep.levels import HEAT_NAMES
from instep.stroke.program import (
    CRC_BYTES,
    END_STEP,
    END_STROKE,
    FEET_MODES,
    HEADER_BYTES,
    HEADER_FORMAT,
    LANE_BYTES,
    LANE_FORMAT,
    MAGIC,
    PHASE_BYTES,
    PHASE_CLOSING,
    PHASE_FORMAT,
    TECHNIQUES,
    VERSION,
)
from instep.units import CENTI

_RESERVED = 0


def compile_program(program: Program) -> bytes:
    """Return the compiled form of a checked program; its size is what `compiled_bytes` says."""
    expansions = [expand(phase) for phase in program.phases]
    phases: list[bytes] = []
    lanes: list[bytes] = []
    for phase, expansion in zip(program.phases, expansions, strict=True):
        phases.append(_phase_record(phase, expansion, len(lanes)))
        lanes += _lane_records(expansion)
    header = struct.pack(
        HEADER_FORMAT,
        MAGIC,
        VERSION,
        compiled_bytes(len(phases), len(lanes)),
        program.name.encode(),
        len(phases),
        program.minutes,
        HEAT_NAMES.index(program.heat),
        _RESERVED,
        len(lanes),
        _RESERVED,
        _RESERVED,
        _RESERVED,
    )
    body = header + b"".join(phases) + b"".join(lanes)
    return body + crc32(body).to_bytes(CRC_BYTES, "little")


def compiled_bytes(phases: int, lanes: int) -> int:
    """Return the size of a program in bytes, from its numbers of phases and lanes."""
    return HEADER_BYTES + phases * PHASE_BYTES + lanes * LANE_BYTES + CRC_BYTES


def count_lanes(steps: Iterable[Step]) -> int:
    """Return the number of lanes in `steps`."""
    return sum(len(step) for step in steps)


def program_bytes(phases: Iterable[Phase]) -> int:
    """Return the compiled size of a program of these phases, in bytes, even if it is too large."""
    expansions = [expand(phase) for phase in phases]
    return compiled_bytes(len(expansions), sum(len(_lane_records(expansion)) for expansion in expansions))


def _phase_record(phase: Phase, expansion: Expansion, first_lane: int) -> bytes:
    strokes = first_lane + count_lanes(expansion.enter)
    leave = strokes + sum(count_lanes(stroke) for stroke in expansion.strokes)
    return struct.pack(
        PHASE_FORMAT,
        TECHNIQUES.index(phase.technique),
        FEET_MODES.index(phase.feet),
        phase.repeats,
        PHASE_CLOSING if phase.is_closing else 0,
        first_lane,
        strokes,
        leave,
        leave + count_lanes(expansion.leave),
        len(expansion.strokes),
        tapers_of(phase),
    )


def tapers_of(phase: Phase) -> int:
    """Return the per cent less that a phase's rollers press at the tips, and x 256 at ankle or heel."""
    if not {TIPS_KEY, END_KEY} <= set(phase.settings):
        return 0
    return CENTI - phase.number(TIPS_KEY) | (CENTI - phase.number(END_KEY)) << 8


def _lane_records(expansion: Expansion) -> list[bytes]:
    records = [record for step in expansion.enter for record in _step_records(step, END_STEP)]
    for stroke in expansion.strokes:
        *steps, last = stroke
        records += [record for step in steps for record in _step_records(step, END_STEP)]
        records += _step_records(last, END_STEP | END_STROKE)
    return records + [record for step in expansion.leave for record in _step_records(step, END_STEP)]


def _step_records(step: Step, end_flags: int) -> list[bytes]:
    last = len(step) - 1
    return [_lane_record(lane, end_flags if place == last else 0) for place, lane in enumerate(step)]


def _lane_record(lane: Lane, flags: int) -> bytes:
    return struct.pack(LANE_FORMAT, lane.axis, flags, lane.target, lane.rate)
