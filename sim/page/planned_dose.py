"""The dose that a program plans: the firmware's scheduler plays one cycle, and its setpoints are summed up."""

from host_tools.program.timing import FOOT_USUAL_UM
from instep.axes import (
    AXES_PER_FOOT,
    FEET,
    HIGH,
    SOLE_PRESS,
    SOLE_STROKE,
    TICKS_PER_S,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.levels import FORCE_PERMILLE, INTENSITY_DEFAULT, PACE_DEFAULT, PACE_PERMILLE
from instep.stroke.foot_scaling import FootLengths
from instep.stroke.program import Program
from instep.stroke.scheduler import IDLE, Scheduler
from instep.units import MN_PER_N, S_PER_MINUTE

# As many parts of a foot's length as static/simulated/dose.js has.
BINS = 48
_BOTH_FEET = 3
# Presses and strokes of a foot: top first, as in the page's picture.
_ROLLERS = ((TOP_PRESS, TOP_STROKE), (SOLE_PRESS, SOLE_STROKE))
# No valid program plays longer on one cycle.
_TICKS_MAX = 400_000


class PlannedDose:
    """Play one cycle of a compiled program and its closing strokes at the usual levels; `advance` until it is done."""

    def __init__(self, image: bytes) -> None:
        self._scheduler = Scheduler()
        self.is_done = not self._scheduler.load(Program(image), FootLengths(FOOT_USUAL_UM, FOOT_USUAL_UM), _BOTH_FEET)
        force, pace = FORCE_PERMILLE[INTENSITY_DEFAULT - 1], PACE_PERMILLE[PACE_DEFAULT - 1]
        self._scheduler.set_levels(force, HIGH[SOLE_PRESS], pace)
        self._scheduler.start(True)
        self.ticks = 0
        self._closing_ticks = 0
        # mN x ticks of the cycle and of the closing strokes: left top, left sole, right top, right sole, BINS each.
        self._cycle = [0] * (FEET * len(_ROLLERS) * BINS)
        self._closing = list(self._cycle)

    def advance(self, ticks: int) -> bool:
        """Play up to `ticks` more ticks; return True when the cycle is over."""
        for _ in range(ticks):
            if self.is_done:
                break
            self._scheduler.tick()
            self.ticks += 1
            self._closing_ticks += self._scheduler.is_closing
            self._add(self._closing if self._scheduler.is_closing else self._cycle)
            self.is_done = self._scheduler.state == IDLE or self.ticks >= _TICKS_MAX
        return self.is_done

    def _add(self, sums: list[int]) -> None:
        setpoints = self._scheduler.setpoints
        start = 0
        for first in range(0, FEET * AXES_PER_FOOT, AXES_PER_FOOT):
            for press, stroke in _ROLLERS:
                force = setpoints[first + press]
                if force > 0:
                    place = setpoints[first + stroke] * BINS // FOOT_USUAL_UM
                    sums[start + max(0, min(BINS - 1, place))] += force
                start += BINS

    def newton_seconds(self, minutes: float) -> list[float]:
        """Return the dose of a session: cycles for so many minutes, then the closing strokes; 0 minutes: one cycle."""
        cycle_ticks = self.ticks - self._closing_ticks
        session_ticks = minutes * S_PER_MINUTE * TICKS_PER_S - self._closing_ticks
        cycles = max(0, session_ticks) / cycle_ticks if minutes and cycle_ticks else 1.0
        return [
            round((cycle * cycles + closing) / (TICKS_PER_S * MN_PER_N), 1)
            for cycle, closing in zip(self._cycle, self._closing, strict=True)
        ]
