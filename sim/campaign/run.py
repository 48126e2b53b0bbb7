"""Simulate one case until the reaction to its fault is judged, and return its row.

Cases that begin alike are simulated together: up to the phase once, then a copy for each. A case's row does not
depend on the other cases.
"""

from typing import Any

from host_tools.program.load import SHIPPED, find
from instep.axes import TICK_MS, TICKS_PER_S
from instep.guard import faults
from instep.levels import FEET_NAMES, MINUTES
from instep.session import states
from sim.campaign.findings import burn, has_tripped_before, misnamed, phase_tick, trips
from sim.campaign.plan import NO_FAULT, PROGRAMS, RANDOM_PRESSES, SWITCH_SHORTS_PERCENT, WHOLE, Case, by_beginning
from sim.campaign.store import Row
from sim.campaign.visit import PHASES_BY_HAND, STEP_TICKS, Visit
from sim.ending_check import EndingCheck
from sim.factory import prepare
from sim.faults import FAULTS, Fault, Injection
from sim.faults.fault import IGNORE, OUTPUTS_OFF
from sim.faults.inject import detected, inject
from sim.fork import branch
from sim.options import FEET_DEFAULT, SimOptions
from sim.people import FOLDER
from sim.plant.machine import PEAK_FORCE_N, PEAK_SKIN_C, PEAK_TRACK_N
from sim.random_presses import RandomPresses
from sim.simulation import Simulation

# Length of a run: after the reaction, to check that it lasts; after the budget; until a fault shows that needs minutes
# of heat; until a first fault is noticed; for a fault without a budget; without a fault.
_AFTERWARDS_TICKS = 3 * TICKS_PER_S // 2
_GRACE_TICKS = 2 * TICKS_PER_S
_SHOW_SLOWLY_TICKS = 240 * TICKS_PER_S
_NOTICE_TICKS = 90 * TICKS_PER_S
_UNBOUNDED_TICKS = 15 * TICKS_PER_S
_LAWFUL_TICKS = 15 * TICKS_PER_S
# One session in so many has random presses from the start on.
_PRESSED_FROM_THE_START = 4
# The injection that is judged: the last.
_WHICH = -1


def run_case(case: Case) -> Row:
    """Run one case and return its row."""
    return run_cases([case])[0]


def run_cases(cases: list[Case]) -> list[Row]:
    """Run cases, those with the same beginning together; a simulation's exception names its case."""
    return [row for group in by_beginning(cases) for row in _run_group(group)]


def _run_group(cases: list[Case]) -> list[Row]:
    case = cases[0]
    try:
        simulation = prepare(_options(case), None)
        if case.phase == RANDOM_PRESSES:
            return [_run_pressed(simulation, case)]
        if case.fault == NO_FAULT:
            return _run_lawful(simulation, cases)
        visit = Visit(simulation, case.phase)
        visit.arrive()
        rows = []
        for case in cases:
            rows.append(_run_faulty(visit.branch(), case))
    except BaseException as error:
        error.add_note(f"in the run {case.key}")
        raise
    return rows


def _options(case: Case) -> SimOptions:
    levels = case.levels
    is_pressed = case.phase == RANDOM_PRESSES
    return SimOptions(
        program=find(case.own) if case.own else (SHIPPED if is_pressed else PROGRAMS) / f"{case.program}.toml",
        minutes=MINUTES[0] if is_pressed else None,
        feet=FEET_NAMES[-1 - case.draw("feet", len(FEET_NAMES))] if is_pressed else FEET_DEFAULT,
        person=FOLDER / f"{case.person}.toml",
        intensity=levels.intensity,
        pace=levels.pace,
        heat=levels.heat,
        ambient_c=levels.ambient_c,
        seed=case.seed,
        parts=case.parts,
    )


def _injection(case: Case) -> Injection:
    fault = FAULTS[case.after or case.fault]
    return Injection(
        fault,
        case.offset_ticks / TICKS_PER_S,
        case.phase,
        foot=case.foot,
        roller=case.roller,
        severity=case.severity if fault.severity else 1.0,
        duration_s=fault.lasts_s,
    )


def _run_faulty(visit: Visit, case: Case) -> Row:
    fault = FAULTS[case.fault]
    simulation = visit.simulation
    inject(simulation, _injection(case))
    if case.after:
        wrong = _add_second(visit, case)
        if wrong:
            return _row(case, simulation, reaction_ok=False, wrong=wrong)
    ending = _watch_ending(simulation, fault)
    while not _is_settled(visit, case):
        visit.step()
    wrong_end = ending.run_out() if ending else ""
    found = detected(simulation, _WHICH)
    is_due = fault.budget_ms is not None and fault.reaction != IGNORE
    delay_ms = found.delay_ms
    wrong = (
        found.wrong
        or (not case.after and misnamed(simulation, fault, found.onset_tick))
        or burn(simulation, fault)
        or wrong_end
    )
    return _row(
        case,
        simulation,
        onset_tick=found.onset_tick,
        noticed_tick=found.noticed_tick,
        delay_ms=delay_ms,
        noticed_as=found.fault_name,
        missed=is_due and found.onset_tick is not None and found.noticed_tick is None,
        over_budget=delay_ms is not None and fault.budget_ms is not None and delay_ms > fault.budget_ms,
        reaction_ok=not wrong,
        false_trip=not case.after and has_tripped_before(simulation, case),
        wrong=wrong,
    )


def _add_second(visit: Visit, case: Case) -> str:
    """Simulate until the first fault is noticed, then inject the second; return a sentence if that cannot be."""
    simulation = visit.simulation
    while not detected(simulation).fault_name:
        if simulation.is_over or visit.is_past(case.offset_ticks + _NOTICE_TICKS):
            return f"{case.after} was not noticed"
        visit.step()
    if simulation.app.guard.fault != faults.NO_FAULT:
        return f"{case.after} ended the session"
    begin_s = simulation.ticks / TICKS_PER_S
    second = FAULTS[case.fault]
    value = SWITCH_SHORTS_PERCENT if second.value else None
    inject(simulation, Injection(second, begin_s, foot=case.foot, roller=case.roller, value=value))
    visit.begin_again()
    return ""


def _watch_ending(simulation: Simulation, fault: Fault) -> EndingCheck | None:
    """Let the end of a session that a person stops be judged too."""
    if fault.reaction != OUTPUTS_OFF:
        return None
    check = EndingCheck(simulation)
    simulation.attach(check)
    return check


def _run_lawful(simulation: Simulation, cases: list[Case]) -> list[Row]:
    """Simulate one session to its end and check each phase; a phase that needs a button is reached in a copy."""
    rows = []
    by_hand = [case for case in cases if case.phase in PHASES_BY_HAND]
    waiting = [(Visit(simulation, case.phase), case) for case in cases if case not in by_hand]
    while waiting or by_hand:
        for visit, _ in waiting:
            visit.look()
        while by_hand and (simulation.app.session.state == states.RUN or simulation.is_over):
            rows.append(_run_by_hand(branch(simulation), by_hand.pop()))
        done = [(visit, case) for visit, case in waiting if _is_seen(visit, case)]
        rows += [_lawful_row(simulation, case) for _, case in done]
        waiting = [pair for pair in waiting if pair not in done]
        simulation.advance(STEP_TICKS)
    return rows


def _run_pressed(simulation: Simulation, case: Case) -> Row:
    """Simulate a session in which a person presses anything at any time, and judge its end."""
    # Presses at random answer the questions so that half of the people are refused: most begin after them.
    is_screened_first = case.draw("screening", _PRESSED_FROM_THE_START) > 0
    while is_screened_first and simulation.app.session.state <= states.SCREENING:
        simulation.advance(1)
    simulation.attach(RandomPresses(simulation, case.draw("presses", 1 << 32), simulation.ticks))
    check = EndingCheck(simulation)
    simulation.attach(check)
    wrong = check.run_out()
    return _row(case, simulation, false_trip=bool(trips(simulation)), reaction_ok=not wrong, wrong=wrong)


def _run_by_hand(simulation: Simulation, case: Case) -> Row:
    visit = Visit(simulation, case.phase)
    while not _is_seen(visit, case):
        visit.step()
    return _lawful_row(simulation, case)


def _is_seen(visit: Visit, case: Case) -> bool:
    """Return True if a phase without a fault was observed for long enough."""
    if case.phase == WHOLE:
        return visit.simulation.is_over
    return visit.is_past(case.offset_ticks + _LAWFUL_TICKS)


def _lawful_row(simulation: Simulation, case: Case) -> Row:
    return _row(case, simulation, false_trip=bool(trips(simulation)))


def _is_settled(visit: Visit, case: Case) -> bool:
    """Return True if the outcome of a run cannot change any more."""
    simulation = visit.simulation
    found = detected(simulation, _WHICH)
    if found.noticed_tick is not None:
        return simulation.ticks >= found.noticed_tick + _AFTERWARDS_TICKS
    if found.onset_tick is not None:
        budget_ms = FAULTS[case.fault].budget_ms
        budget_ticks = _UNBOUNDED_TICKS if budget_ms is None else budget_ms // TICK_MS
        return simulation.ticks >= found.onset_tick + budget_ticks + _GRACE_TICKS
    if not FAULTS[case.fault].is_slow:
        return visit.is_past(case.offset_ticks + round(FAULTS[case.fault].watch_s * TICKS_PER_S))
    return simulation.is_over or visit.is_past(case.offset_ticks + _SHOW_SLOWLY_TICKS)


def _row(case: Case, simulation: Simulation, **found: Any) -> Row:
    """Return a row with every column of `store.SCHEMA`; missing values are None or False."""
    state = simulation.plant.state
    levels = case.levels
    fault = FAULTS[case.fault] if case.fault else None
    return {
        "key": case.key,
        "fault": case.name,
        "phase": case.phase,
        "person": case.person,
        "seed": case.seed,
        "parts": case.parts,
        "foot": case.foot,
        "program": case.program,
        "ambient_c": levels.ambient_c,
        "intensity": levels.intensity,
        "pace": levels.pace,
        "heat": levels.heat,
        "injection": str(_injection(case)) if case.fault else "",
        "reached": case.phase in (WHOLE, RANDOM_PRESSES) or phase_tick(simulation, case) is not None,
        "budget_ms": fault.budget_ms if fault else None,
        "reaction": fault.reaction if fault else "none",
        "onset_tick": None,
        "noticed_tick": None,
        "delay_ms": None,
        "noticed_as": "",
        "missed": False,
        "over_budget": False,
        "reaction_ok": True,
        "false_trip": False,
        "wrong": "",
        "trips": ", ".join(trips(simulation)),
        "result": simulation.result,
        "ticks": simulation.ticks,
        "setpoint_crc32": simulation.recorder.setpoint_crc32,
        "peak_force_n": float(state[PEAK_FORCE_N]),
        "peak_track_n": float(state[PEAK_TRACK_N]),
        "peak_skin_c": float(state[PEAK_SKIN_C]),
    } | found
