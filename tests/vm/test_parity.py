"""One program, fit and set of levels give the same setpoints, bit for bit, on CPython and on MicroPython."""

import struct
from binascii import crc32
from pathlib import Path

import pytest

from host_tools.data_folders import FIRMWARE
from host_tools.program.load import load_program
from instep import axes
from instep.stroke.program import (
    AXIS_WAIT,
    CRC_BYTES,
    END_STEP,
    END_STROKE,
    FEET_ALTERNATE,
    FEET_BOTH,
    FEET_EACH,
    HEADER_BYTES,
    HEADER_FORMAT,
    LANE_BYTES,
    LANE_FORMAT,
    MAGIC,
    PHASE_BYTES,
    PHASE_CLOSING,
    PHASE_FORMAT,
    REACH_CLEAR,
    SLIDE,
    SMOOTH,
    SOLE,
    VERSION,
)
from tests.vm.harness import VmError, run_on_vm
from tests.vm.scheduler_trace import trace

_DRIVER = Path(__file__).with_name("scheduler_trace.py")

BOTH_FEET = 3
LEVEL_3 = (0, 1000, 35_000, 1000)
TICKS = 6000

SHIPPED = sorted((FIRMWARE / "programs").glob("*.toml"))
# Long enough for several techniques of the longest program.
SHIPPED_TICKS = 20_000

# Every axis moves: enter steps, strokes and leave steps, each a list of steps of (axis, target, rate) lanes.
ROLL = (
    [[(axes.HOLD_ARCH, 800, 0), (axes.HOLD_HEEL, 800, 0)]],
    [
        [
            [(axes.SOLE_PRESS, 2500, 0), (axes.TOP_PRESS, 900, 0)],
            [(axes.SOLE_STROKE, 1000, 400), (axes.TOP_STROKE, 1000, 300)],
            [(axes.SOLE_PRESS, 800, 0)],
            [(axes.SOLE_STROKE, 0, 400), (axes.TOP_STROKE, 0, 300)],
        ],
    ],
    [[(axes.SOLE_PRESS, 0, 0), (axes.TOP_PRESS, 0, 0)], [(axes.HOLD_ARCH, 0, 0), (axes.HOLD_HEEL, 0, 0)]],
)
TOES = (
    [[(axes.HOLD_HEEL, 700, 0)]],
    [
        [
            [(axes.TOE_SELECT, station, 0)],
            [(axes.TOE_REACH, 0, 250)],
            [(axes.TOE_GRIP, 300, 0)],
            [(axes.TOE_TURN, 80, 0)],
            [(axes.TOE_REACH, 1000, 200), (axes.TOE_TURN, -80, 0)],
            [(axes.TOE_GRIP, 0, 0), (AXIS_WAIT, 40, 0)],
            [(axes.TOE_REACH, REACH_CLEAR, 0), (axes.TOE_TURN, 0, 0)],
        ]
        for station in (2, 5)
    ],
    [[(axes.TOE_SELECT, 0, 0)], [(axes.HOLD_HEEL, 0, 0)]],
)


def _steps(steps, last_flags=END_STEP):
    records = b""
    for step in steps:
        for lane in step:
            flags = 0 if lane is not step[-1] else last_flags if step is steps[-1] else END_STEP
            records += struct.pack(LANE_FORMAT, lane[0], flags, lane[1], lane[2])
    return records


def assemble(*phases):
    """Return a compiled program of (technique, feet mode, repeats, flags, content) phases."""
    lanes = b""
    records = b""
    for technique, feet, repeats, flags, (enter, strokes, leave) in phases:
        marks = [len(lanes)]
        for part in (
            _steps(enter),
            b"".join(_steps(stroke, END_STEP | END_STROKE) for stroke in strokes),
            _steps(leave),
        ):
            lanes += part
            marks.append(len(lanes))
        at = [mark // LANE_BYTES for mark in marks]
        records += struct.pack(PHASE_FORMAT, technique, feet, repeats, flags, *at, len(strokes), 0)
    size = HEADER_BYTES + len(phases) * PHASE_BYTES + len(lanes) + CRC_BYTES
    counts = (len(phases), 15, 0, 0, len(lanes) // LANE_BYTES, 0, 0, 0)
    body = struct.pack(HEADER_FORMAT, MAGIC, VERSION, size, b"parity", *counts) + records + lanes
    return body + crc32(body).to_bytes(CRC_BYTES, "little")


PROGRAM = assemble(
    (SOLE, FEET_EACH, 2, 0, ROLL),
    (SLIDE, FEET_BOTH, 1, 0, TOES),
    (SOLE, FEET_ALTERNATE, 3, 0, ROLL),
    (SMOOTH, FEET_BOTH, 1, PHASE_CLOSING, ROLL),
)


def trace_on_vm(*arguments):
    """Return what `trace` returns on MicroPython, with the heap locked in every tick."""
    program, *rest = arguments
    files = {"/lib/scheduler_trace.py": _DRIVER.read_bytes(), "/program.bin": program}
    call = f"trace(open('/program.bin', 'rb').read(), {', '.join(map(repr, rest))})"
    printed = run_on_vm(f"from scheduler_trace import trace\nprint({call})", files)
    return [int(figure) for figure in printed.strip("[]\n").split(",")]


@pytest.mark.parametrize("lengths_um", [(203_000, 323_000), (262_347, 261_011)])
@pytest.mark.parametrize(
    ("levels", "commands"),
    [
        pytest.param([LEVEL_3], [], id="undisturbed"),
        pytest.param([(0, 600, 10_000, 700), (900, 1300, 35_000, 1300)], [(4000, "next_technique")], id="levels"),
        pytest.param([LEVEL_3], [(377, "pause"), (700, "resume"), (2501, "pause"), (3000, "resume")], id="paused"),
        pytest.param([LEVEL_3], [(400, "stay"), (900, "stay"), (2600, "again"), (4000, "stay")], id="stay"),
        pytest.param([LEVEL_3], [(377, "finish")], id="finished in the first foot's turn"),
        pytest.param([LEVEL_3], [(2222, "finish")], id="finished"),
        pytest.param([LEVEL_3], [(1717, "stop")], id="stopped"),
    ],
)
def test_micropython_gives_the_same_setpoints_as_cpython(lengths_um, levels, commands):
    case = (PROGRAM, lengths_um, BOTH_FEET, levels, commands, TICKS)
    assert trace_on_vm(*case) == trace(*case)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_micropython_gives_the_same_setpoints_as_cpython_for_every_shipped_program(path):
    case = (load_program(str(path)).data, (250_000, 262_000), BOTH_FEET, [LEVEL_3], (), SHIPPED_TICKS)
    assert trace_on_vm(*case) == trace(*case)


@pytest.mark.parametrize(
    ("lengths_um", "levels", "commands"),
    [
        ((262_000, 263_000), [LEVEL_3], []),
        ((262_000, 262_000), [(0, 1000, 35_000, 700)], []),
        ((262_000, 262_000), [(0, 800, 35_000, 1000)], []),
        ((262_000, 262_000), [LEVEL_3], [(377, "pause")]),
    ],
)
def test_a_trace_differs_with_lengths_levels_and_commands(lengths_um, levels, commands):
    plain = trace(PROGRAM, (262_000, 262_000), BOTH_FEET, [LEVEL_3], [], TICKS)
    assert trace(PROGRAM, lengths_um, BOTH_FEET, levels, commands, TICKS)[-1] != plain[-1]


def test_a_tick_that_allocates_is_caught():
    allocating = "import micropython\ndef tick(n):\n    micropython.heap_lock()\n    return (n, n)\ntick(1)"
    with pytest.raises(VmError, match="MemoryError"):
        run_on_vm(allocating)
