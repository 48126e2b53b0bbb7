"""Programs played by the scheduler, and the ticks that the laptop promises for them."""

from hypothesis import strategies as st

from host_tools.program.compile import compile_program
from host_tools.program.model import Phase
from host_tools.program.model import Program as ModelProgram
from host_tools.program.timing import Case, program_ticks
from instep.axes import HIGH, SOLE_PRESS
from instep.stroke.foot_scaling import FootLengths
from instep.stroke.program import Program
from instep.stroke.scheduler import IDLE, Scheduler

FEET_MM = st.integers(203, 323)
MIN_MM, MAX_MM = 203, 323
BOTH = 3
SHORT_CLOSING = Phase("rest", "both", 1, {"seconds": 100}, is_closing=True)


def scheduled(data: bytes, left_mm: int, right_mm: int, force: int, pace: int) -> Scheduler:
    """Return a scheduler that has begun one cycle of a compiled program on both feet."""
    scheduler = Scheduler()
    scheduler.set_levels(force, HIGH[SOLE_PRESS], pace)
    assert scheduler.load(Program(data), FootLengths(left_mm * 1000, right_mm * 1000), BOTH)
    scheduler.start(single_cycle=True)
    return scheduler


def played_ticks(scheduler: Scheduler) -> tuple[int, int]:
    """Play to the end; return the ticks of the cycle and those of the closing."""
    cycle = closing = 0
    while scheduler.state != IDLE:
        if scheduler.is_closing:
            closing += 1
        else:
            cycle += 1
        scheduler.tick()
    return cycle, closing


def promised_ticks(data: bytes, left_mm: int, right_mm: int, force: int, pace: int) -> tuple[int, int]:
    """Return the promised ticks of the cycle and of the closing."""
    longer_um = max(left_mm, right_mm) * 1000
    left = Case(left_mm * 1000, longer_um, force, pace_permille=pace)
    right = Case(right_mm * 1000, longer_um, force, pace_permille=pace)
    program = Program(data)
    return program_ticks(program, left, right, False), program_ticks(program, left, right, True)


def compiled(phase: Phase) -> bytes:
    """Return the compiled program of one phase and a short closing."""
    return compile_program(ModelProgram("one", "", "", 10, "off", (phase, SHORT_CLOSING)))
