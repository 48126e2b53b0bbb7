"""Check a program whose fields are in range on the machine: the board's own proof, and its durations."""

from host_tools.program.compile import compile_program
from host_tools.program.extremes import max_stroke_ticks, max_ticks
from host_tools.program.lines import Place
from host_tools.program.model import Program
from host_tools.program.phases import CLOSING, PHASE
from host_tools.program.violations import Findings
from instep.axes import TICKS_PER_S
from instep.levels import MINUTES
from instep.stroke.program import Program as CompiledProgram
from instep.stroke.program import ProgramError
from instep.stroke.verify import verify

# A session ends at a stroke's end, then plays the closing; both fit the shortest session. Start values.
STROKE_MAX_S = 120
CLOSING_MAX_S = 180
# The longest session: a later phase would never be played.
CYCLE_MAX_S = max(MINUTES) * 60


def check_on_machine(findings: Findings, program: Program) -> None:
    """Report what the firmware refuses, and every stroke, cycle and closing that can last too long."""
    compiled = CompiledProgram(compile_program(program))
    try:
        verify(compiled)
    except ProgramError as error:
        findings.add((), None, f"is refused by the firmware ({error})", "what instep/stroke/verify.py accepts")
        return
    indices = {PHASE: 0, CLOSING: 0}
    for number, phase in enumerate(program.phases):
        key = CLOSING if phase.is_closing else PHASE
        _limit(findings, (key, indices[key]), "a stroke", max_stroke_ticks(compiled, number), STROKE_MAX_S)
        indices[key] += 1
    _limit(findings, (PHASE,), "one cycle", max_ticks(compiled, closing=False), CYCLE_MAX_S)
    _limit(findings, (CLOSING,), "the closing", max_ticks(compiled, closing=True), CLOSING_MAX_S)


def _limit(findings: Findings, place: Place, what: str, ticks: int, max_s: int) -> None:
    if ticks > max_s * TICKS_PER_S:
        problem = f"{what} lasts {ticks / TICKS_PER_S:g} s at the slowest"
        findings.add(place, None, problem, f"at most {max_s} s")
