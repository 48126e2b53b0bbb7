"""One case, one row: simulate it until the fault has been dealt with, or until it can be said that it has not."""

from typing import Any

from instep.axes import FEET, TICK_MS, TICKS_PER_S
from instep.guard import faults
from instep.session import states
from instep.stroke.program import TECHNIQUES
from sim.campaign.plan import NO_FAULT, PROGRAMS, WHOLE, Case
from sim.campaign.store import Row
from sim.faults import FAULTS, Fault, Injection, detected
from sim.faults.catalogue import IGNORE
from sim.faults.reactions import told
from sim.options import SimOptions
from sim.people import FOLDER
from sim.plant.machine import PEAK_FORCE_N, PEAK_SKIN_C
from sim.prepare import prepare
from sim.simulation import Simulation

_STEP_TICKS = 10
# The recorder's events that begin a phase.
_PHASE_KINDS = ("state", "technique")
# A hand that pauses or stops the massage: when, and for how long.
_PRESS_TICKS = 6 * TICKS_PER_S
_HOLD_TICKS = 20
_PRESSES = {states.NAMES[states.PAUSED]: "start", states.NAMES[states.RETRACT]: "stop"}
# How long a run goes on: after the reaction, to see that it lasts; after the budget; for a fault that shows only when
# something moves or heats; for what has no budget.
_AFTERWARDS_TICKS = 3 * TICKS_PER_S // 2
_GRACE_TICKS = 2 * TICKS_PER_S
_SHOW_TICKS = 30 * TICKS_PER_S
_UNBOUNDED_TICKS = 15 * TICKS_PER_S
_LAWFUL_TICKS = 15 * TICKS_PER_S


def run_cases(cases: list[Case]) -> list[Row]:
    """Run some cases one after the other."""
    return [run_case(case) for case in cases]


def run_case(case: Case) -> Row:
    """Run one case and return its row; what the simulation raises says which case it was."""
    try:
        return _run_lawful(case) if case.fault == NO_FAULT else _run_faulty(case)
    except BaseException as error:
        error.add_note(f"in the run {case.key}")
        raise


def _options(case: Case) -> SimOptions:
    levels = case.levels
    return SimOptions(
        program=PROGRAMS / f"{case.program}.toml",
        person=FOLDER / f"{case.person}.toml",
        intensity=levels.intensity,
        pace=levels.pace,
        heat=levels.heat,
        ambient_c=levels.ambient_c,
        seed=case.seed,
    )


def _injection(case: Case) -> Injection:
    fault = FAULTS[case.fault]
    return Injection(
        fault,
        case.offset_ticks / TICKS_PER_S,
        case.phase,
        foot=case.foot,
        roller=case.roller,
        severity=case.severity if fault.severity else 1.0,
    )


def _run_faulty(case: Case) -> Row:
    fault = FAULTS[case.fault]
    simulation = prepare(_options(case), None, injections=(_injection(case),))
    visit = Visit(simulation, case)
    while not _is_settled(simulation, visit, fault):
        visit.step()
    found = detected(simulation)
    is_due = fault.budget_ms is not None and fault.reaction != IGNORE
    delay_ms = found.delay_ms
    wrong = found.wrong or _misnamed(simulation, fault, found.onset_tick)
    return _row(
        case,
        simulation,
        budget_ms=fault.budget_ms,
        reaction=fault.reaction,
        onset_tick=found.onset_tick,
        noticed_tick=found.noticed_tick,
        delay_ms=delay_ms,
        noticed_as=found.fault_name,
        missed=is_due and found.onset_tick is not None and found.noticed_tick is None,
        over_budget=delay_ms is not None and fault.budget_ms is not None and delay_ms > fault.budget_ms,
        reaction_ok=not wrong,
        false_trip=_has_tripped_before(simulation, case),
        wrong=wrong,
    )


def _run_lawful(case: Case) -> Row:
    simulation = prepare(_options(case), None)
    visit = Visit(simulation, case)
    if case.phase == WHOLE:
        simulation.run_out()
    else:
        while not visit.is_past(_LAWFUL_TICKS):
            visit.step()
    return _row(case, simulation, reaction="none", false_trip=bool(_trips(simulation)))


def _is_settled(simulation: Simulation, visit: "Visit", fault: Fault) -> bool:
    """Tell whether nothing more is to be learned from a run."""
    found = detected(simulation)
    if found.noticed_tick is not None:
        return simulation.ticks >= found.noticed_tick + _AFTERWARDS_TICKS
    if found.onset_tick is not None:
        budget_ticks = _UNBOUNDED_TICKS if fault.budget_ms is None else fault.budget_ms // TICK_MS
        return simulation.ticks >= found.onset_tick + budget_ticks + _GRACE_TICKS
    return visit.is_past(_SHOW_TICKS)


class Visit:
    """Lead a session to the phase of its case, with a hand at the buttons where the phase needs one."""

    def __init__(self, simulation: Simulation, case: Case) -> None:
        self._simulation = simulation
        self._phase = case.phase
        self._button = _PRESSES.get(case.phase, "")
        self._run_tick: int | None = None
        self._offset_ticks = case.offset_ticks
        self.reached_tick: int | None = None

    def step(self) -> None:
        """Let a little time pass."""
        simulation = self._simulation
        # A session that is over stands still tick by tick.
        simulation.advance(_STEP_TICKS)
        if self.reached_tick is None and self._is_there():
            self.reached_tick = simulation.ticks
        if self._button:
            self._use_button()

    def is_past(self, ticks: int) -> bool:
        """Tell whether `ticks` have passed since the fault's time, or the phase is not going to come any more."""
        if self.reached_tick is None:
            return self._simulation.is_over
        return self._simulation.ticks >= self.reached_tick + self._offset_ticks + ticks

    def _is_there(self) -> bool:
        app = self._simulation.app
        if self._phase not in TECHNIQUES:
            return states.NAMES[app.session.state] == self._phase
        technique = TECHNIQUES.index(self._phase)
        return app.session.state == states.RUN and technique in map(app.scheduler.technique, range(FEET))

    def _use_button(self) -> None:
        simulation = self._simulation
        if self._run_tick is None:
            if simulation.app.session.state == states.RUN:
                self._run_tick = simulation.ticks
            return
        since = simulation.ticks - self._run_tick
        if _PRESS_TICKS <= since < _PRESS_TICKS + _HOLD_TICKS:
            simulation.press(self._button)
        elif since >= _PRESS_TICKS + _HOLD_TICKS:
            simulation.release(self._button)
            self._button = ""


def _trips(simulation: Simulation) -> list[str]:
    """Return the names of all faults that have tripped, and of a notice that stands now."""
    trips = [event.text for event in simulation.recorder.events if event.kind == "fault"]
    now = told(simulation)
    return trips if now == faults.NO_FAULT or faults.name(now) in trips else [*trips, faults.name(now)]


def _phase_tick(simulation: Simulation, case: Case) -> int | None:
    """Return when the phase of a run began, None when it did not come."""
    events = simulation.recorder.events
    return next((event.tick for event in events if event.kind in _PHASE_KINDS and event.text == case.phase), None)


def _has_tripped_before(simulation: Simulation, case: Case) -> bool:
    """Tell whether the machine tripped before the fault came."""
    begun_tick = _phase_tick(simulation, case)
    trips = [event.tick for event in simulation.recorder.events if event.kind == "fault"]
    return bool(trips) and (begun_tick is None or trips[0] < begun_tick + case.offset_ticks)


def _misnamed(simulation: Simulation, fault: Fault, onset_tick: int | None) -> str:
    """Return what is wrong with the name of a fault that was noticed before it showed, "" = nothing."""
    trips = _trips(simulation)
    if onset_tick is not None or not trips or trips[0] in fault.expects:
        return ""
    return f"it was taken for {trips[0]} before it showed"


def _row(case: Case, simulation: Simulation, **found: Any) -> Row:
    """Return a row with every column of `store.SCHEMA`; what was not found is None or False."""
    state = simulation.plant.state
    levels = case.levels
    return {
        "key": case.key,
        "fault": case.fault,
        "phase": case.phase,
        "person": case.person,
        "seed": case.seed,
        "foot": case.foot,
        "program": case.program,
        "ambient_c": levels.ambient_c,
        "intensity": levels.intensity,
        "pace": levels.pace,
        "heat": levels.heat,
        "injection": str(_injection(case)) if case.fault else "",
        "reached": case.phase == WHOLE or _phase_tick(simulation, case) is not None,
        "budget_ms": None,
        "reaction": "",
        "onset_tick": None,
        "noticed_tick": None,
        "delay_ms": None,
        "noticed_as": "",
        "missed": False,
        "over_budget": False,
        "reaction_ok": True,
        "false_trip": False,
        "wrong": "",
        "trips": ", ".join(_trips(simulation)),
        "result": simulation.result,
        "ticks": simulation.ticks,
        "setpoint_crc32": simulation.recorder.setpoint_crc32,
        "peak_force_n": float(state[PEAK_FORCE_N]),
        "peak_skin_c": float(state[PEAK_SKIN_C]),
    } | found
