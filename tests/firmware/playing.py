"""Play compiled programs on the scheduler, tick by tick, for tests."""

from dataclasses import dataclass, field

from host_tools.program.check import check_text
from host_tools.program.compile import compile_program
from instep.axes import AXES, AXES_PER_FOOT, HOME
from instep.levels import FORCE_PERMILLE, PACE_PERMILLE
from instep.stroke.foot_scaling import FootLengths
from instep.stroke.program import Program
from instep.stroke.scheduler import IDLE, Scheduler
from tests.setpoint_record import Record

BOTH = 3
PRESS_MAX_MN = 35_000
# No valid program plays longer on one cycle: the checker refuses it.
TICKS_MAX = 400_000


HOME_BOTH = list(HOME) * 2

TOP_BOTH = '[[phase]]\ntechnique = "top"\nfeet = "both"\nrepeats = 2\n'
TOP_EACH = TOP_BOTH.replace("both", "each")
SOLE_ALTERNATE = '[[phase]]\ntechnique = "sole"\nfeet = "alternate"\nrepeats = 3\n'
PULL_LEFT = '[[phase]]\ntechnique = "pull"\nfeet = "left"\n'
SLIDE_EACH = '[[phase]]\ntechnique = "slide"\nfeet = "each"\n'


def right(axis: int) -> int:
    """Return the index of the right foot's axis among all setpoints."""
    return AXES_PER_FOOT + axis


def compiled(phases: str, minutes: int = 0) -> Program:
    """Return the program of some phases in the stroke language."""
    head = f'format = 1\nname = "test"\nminutes = {minutes}\n'
    return Program(compile_program(check_text(head + phases, "test.toml")))


@dataclass
class Play:
    """A scheduler at work: `step` makes one tick and keeps the setpoints before it."""

    program: Program
    left_um: int = 250_000
    right_um: int = 250_000
    feet_mask: int = BOTH
    intensity: int = 3
    pace: int = 2
    press_max_mn: int = PRESS_MAX_MN
    single_cycle: bool = True
    left_out: int = 0
    ticks: int = 0
    before: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scheduler = Scheduler()
        fit = FootLengths(self.left_um, self.right_um)
        self.has_strokes = self.scheduler.load(self.program, fit, self.feet_mask, self.left_out)
        self.set_levels(self.intensity, self.pace)
        self.before = list(self.scheduler.setpoints)
        if self.has_strokes:
            self.scheduler.start(self.single_cycle)

    @property
    def setpoints(self) -> list[int]:
        return list(self.scheduler.setpoints)

    def set_levels(self, intensity: int, pace: int) -> None:
        self.scheduler.set_levels(FORCE_PERMILLE[intensity - 1], self.press_max_mn, PACE_PERMILLE[pace - 1])

    def step(self) -> list[int]:
        """Make one tick and return how far each axis moved in it."""
        self.before = self.setpoints
        self.scheduler.tick()
        self.ticks += 1
        assert self.ticks < TICKS_MAX, "the program does not end"
        return [self.scheduler.setpoints[index] - self.before[index] for index in range(AXES)]

    def step_on(self, record: Record) -> None:
        """Make one tick and let `record` keep the setpoints."""
        self.scheduler.tick()
        self.ticks += 1
        assert self.ticks < TICKS_MAX, "the program does not end"
        record.watch(id(self), self.scheduler.setpoints)

    def run(self, ticks: int) -> None:
        """Make so many ticks."""
        for _ in range(ticks):
            self.step()

    def run_until(self, condition) -> int:
        """Make ticks until `condition()` holds; return the tick number."""
        while not condition():
            self.step()
        return self.ticks

    def run_out(self) -> int:
        """Make ticks until nothing moves any more; return how many ticks there were in all."""
        return self.run_until(lambda: self.scheduler.state == IDLE)
