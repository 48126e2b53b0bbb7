"""Measure the feet in use at session start, both at the same time: their length, and that no top roller is too low."""

from instep.axes import AXES_PER_FOOT, FEET, ROLLERS_PER_FOOT, SOLE_STROKE, TOP_STROKE
from instep.guard.faults import (
    FAULT_FOOT_NOT_FOUND,
    FAULT_FOOT_TOO_HIGH,
    FAULT_FOOT_TOO_LONG,
    FAULT_FOOT_TOO_SHORT,
    FAULT_PROBE_LATE,
    NO_FAULT,
)
from instep.guard.limits import LIFTED_MAX_MN
from instep.levels import FEET_BOTH, FEET_MASKS
from instep.stroke import probe as probes
from instep.stroke.foot_scaling import FootLengths
from instep.stroke.top_sweep import TopSweep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array

    from instep.drive.drives import Drives

# Any valid length: it is replaced before it is used.
_UNMEASURED_UM = 250_000
_BOTH = FEET_MASKS[FEET_BOTH]


class Fitting:
    """Measure each foot in use; `fit` holds the lengths when `is_over` is True, `fault` why it ends before."""

    def __init__(self, drives: "Drives", setpoints: "array[int]") -> None:
        self._drives = drives
        self._setpoints = setpoints
        self.probes = (probes.Probe(drives.figures), probes.Probe(drives.figures))
        self._sweeps = (TopSweep(LIFTED_MAX_MN), TopSweep(LIFTED_MAX_MN))
        self.fit = FootLengths(_UNMEASURED_UM, _UNMEASURED_UM)
        self.fault = NO_FAULT
        self.is_over = False
        self._mask = 0

    def begin(self, feet_mask: int) -> None:
        """Start measuring the feet of the mask."""
        self._mask = feet_mask
        self.fault = NO_FAULT
        self.is_over = False
        for foot in range(FEET):
            if feet_mask >> foot & 1:
                self.probes[foot].begin()
                self._sweeps[foot].begin()

    def tick(self) -> None:
        """Advance by one tick and move the rollers' setpoints."""
        self.is_over = True
        for foot in range(FEET):
            if self._mask >> foot & 1:
                self._sweep_foot(foot)
                self._tick_foot(foot)

    def travel_um(self, foot: int) -> int:
        """Return the travel at which to hold the foot's sole roller."""
        return self.probes[foot].press_travel_um if self._mask >> foot & 1 else 0

    def _tick_foot(self, foot: int) -> None:
        probe = self.probes[foot]
        if probe.state == probes.PROBE_DONE:
            return
        roller = foot * ROLLERS_PER_FOOT + SOLE_STROKE
        position_um = self._drives.rollers[roller].position_um
        probe.tick(position_um, self._drives.presses[roller].force_mn)
        if self._mask == _BOTH:
            probe.miss(position_um, self.probes[1 - foot].length_um)
        self._setpoints[foot * AXES_PER_FOOT + SOLE_STROKE] = probe.move.place_um
        if probe.state != probes.PROBE_DONE:
            self.is_over = False
        elif probe.result == probes.PROBE_OK:
            self._take(foot, probe.length_um)
        else:
            self._give_up(_fault_of(probe.result))

    def _sweep_foot(self, foot: int) -> None:
        """Move the lifted top roller; a foot that it feels is too high."""
        sweep = self._sweeps[foot]
        if sweep.is_over:
            return
        probe = self.probes[foot]
        roller = foot * ROLLERS_PER_FOOT + TOP_STROKE
        position_um = self._drives.rollers[roller].position_um
        is_measured = probe.result != probes.PROBE_PENDING
        sweep.tick(position_um, self._drives.presses[roller].force_mn, probe.length_um, is_measured)
        self._setpoints[foot * AXES_PER_FOOT + TOP_STROKE] = sweep.move.place_um
        self.is_over = False
        if sweep.is_too_high:
            self._give_up(FAULT_FOOT_TOO_HIGH)
        elif sweep.is_late:
            self._give_up(FAULT_PROBE_LATE)

    def _give_up(self, fault: int) -> None:
        if self.fault == NO_FAULT:
            self.fault = fault

    def _take(self, foot: int, length_um: int) -> None:
        self.fit.set(foot, length_um)
        if self._mask != _BOTH:
            self.fit.set(1 - foot, length_um)


def _fault_of(result: int) -> int:
    if result == probes.PROBE_TOO_LONG:
        return FAULT_FOOT_TOO_LONG
    if result == probes.PROBE_TOO_SHORT:
        return FAULT_FOOT_TOO_SHORT
    if result == probes.PROBE_NO_CONTACT:
        return FAULT_FOOT_NOT_FOUND
    return FAULT_PROBE_LATE
