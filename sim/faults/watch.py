"""Judge how the firmware reacts to one injected fault."""

from dataclasses import replace
from typing import TYPE_CHECKING

from instep.axes import TICK_MS, TICKS_PER_S
from instep.guard import faults
from instep.guard.faults import NO_FAULT
from sim.faults.detection import Detection
from sim.faults.expected_reactions import (
    REACTIONS,
    is_at_rest,
    is_displayed,
    reported_fault,
    says_that_roller_presses,
)
from sim.faults.fault import IGNORE, OUTPUTS_SAFE, PAUSE, POWER_OFF, SAFE_OR_SAYS_WHY
from sim.faults.parse import Injection

if TYPE_CHECKING:
    from sim.simulation import Simulation

# From the reaction until nothing touches a foot: a press lifts from anywhere in half a second; twice that.
_REST_TICKS = 100
# The display rotates its pages, 5 s each: a notice is shown within twice that; and 1 s to spare.
_DISPLAY_TICKS = 11 * TICKS_PER_S


class Watch:
    """Measure the time from the first tick in which a fault shows to its reaction; check that the reaction lasts."""

    def __init__(self, simulation: "Simulation", injection: Injection) -> None:
        self._simulation = simulation
        self._name = injection.fault.reaction
        self._reaction = REACTIONS[self._name]
        self._expects = injection.fault.expects
        self._felt_max_ms = injection.fault.felt_max_ms
        self._budget_ticks = (injection.fault.budget_ms or 0) // TICK_MS
        # A fault to ignore, without an accepted name, must not be noticed at all.
        self._is_noise = self._name == IGNORE and not self._expects
        self._was_displayed = False
        self._showing_ticks = 0
        self.detection = Detection(str(injection))

    def show(self) -> None:
        """Count this tick; take it as the fault's first, unless it has shown before."""
        self._showing_ticks += 1
        self.detection.longest_ticks = max(self.detection.longest_ticks, self._showing_ticks)
        if self.detection.onset_tick is None:
            self.detection.onset_tick = self._simulation.ticks

    def hide(self) -> None:
        """End the time in which it shows; forget its first tick, unless the firmware has reported it or reacted."""
        self._showing_ticks = 0
        if self.detection.noticed_tick is None and not self.detection.fault_name:
            self.detection.onset_tick = None

    def tick(self, is_active: bool) -> None:
        """Judge the firmware's outputs of this tick; `is_active`: the fault is at work."""
        detection, simulation = self.detection, self._simulation
        if detection.onset_tick is None:
            return
        fault = reported_fault(simulation)
        # Without power the guard sees the open contact later.
        is_unnamed = self._name == POWER_OFF and not detection.fault_name
        if fault != NO_FAULT and (detection.noticed_tick is None or is_unnamed):
            detection.fault_name = faults.name(fault)
        if self._is_noise:
            return
        if detection.noticed_tick is None:
            if self._reaction.is_complete(simulation):
                detection.noticed_tick = simulation.ticks
        elif is_active or self._name != PAUSE:
            self._check_afterwards(simulation.ticks - detection.noticed_tick)

    def _check_afterwards(self, passed_ticks: int) -> None:
        simulation, reaction = self._simulation, self._reaction
        # The watchdog restarts a stopped loop after a second; from then on a person may use the machine again.
        must_last = self._name != OUTPUTS_SAFE or passed_ticks <= _REST_TICKS
        if must_last and reaction.is_lasting is not None and not reaction.is_lasting(simulation):
            self._object("the reaction did not last")
        if reaction.ends_at_rest and passed_ticks == _REST_TICKS and not is_at_rest(simulation):
            self._judge_unrest()
        if reaction.is_displayed and not self._was_displayed:
            self._was_displayed = is_displayed(simulation)
            if passed_ticks == _DISPLAY_TICKS and not self._was_displayed:
                self._object("the display does not say it")

    def _judge_unrest(self) -> None:
        """Judge a machine in which something still touches a foot."""
        if self._name != SAFE_OR_SAYS_WHY:
            self._object("a roller, press or heater did not let go")
        elif not says_that_roller_presses(self._simulation):
            self._object("the display does not say that a roller still presses")

    @property
    def is_open(self) -> bool:
        """Return True while the judgement needs more ticks: to notice the fault, to come to rest, to display it."""
        detection, tick = self.detection, self._simulation.ticks
        if self._is_noise or detection.onset_tick is None:
            return False
        if detection.noticed_tick is None:
            return tick - detection.onset_tick < self._budget_ticks
        if self._reaction.is_displayed:
            return not self._was_displayed and tick <= detection.noticed_tick + _DISPLAY_TICKS
        return self._reaction.ends_at_rest and tick <= detection.noticed_tick + _REST_TICKS

    def conclude(self) -> Detection:
        """Return the outcome so far, as a copy."""
        detection = replace(self.detection)
        if not detection.wrong:
            detection.wrong = self._objection(detection)
            detection.reaction_ok = not detection.wrong
        return detection

    def _objection(self, detection: Detection) -> str:
        """Return the sentence for a fault that was felt, missed or misnamed so far, "" = none of these."""
        felt_ms = TICK_MS * detection.longest_ticks
        if self._felt_max_ms is not None and felt_ms > self._felt_max_ms:
            return f"a roller pressed too hard for {felt_ms} ms"
        if detection.onset_tick is None:
            return ""
        if self._is_noise:
            return f"it was taken for {detection.fault_name}" if detection.fault_name else ""
        if detection.noticed_tick is None:
            return "it was not noticed"
        if self._expects and detection.fault_name not in self._expects:
            return f"it was taken for {detection.fault_name or 'nothing'}"
        return ""

    def _object(self, sentence: str) -> None:
        self.detection.wrong = sentence
        self.detection.reaction_ok = False
