"""What a run of a campaign has shown beside its fault's detection."""

from instep.guard import faults
from sim.campaign.plan import Case
from sim.faults import Fault
from sim.faults.expected_reactions import reported_fault
from sim.plant.machine import PEAK_SKIN_C
from sim.simulation import Simulation

# The recorder's events that begin a phase.
_PHASE_KINDS = ("state", "technique")


def trips(simulation: Simulation) -> list[str]:
    """Return the names of all faults that have tripped, and of the present notice."""
    names = [event.text for event in simulation.recorder.events if event.kind == "fault"]
    now = reported_fault(simulation)
    return names if now == faults.NO_FAULT or faults.name(now) in names else [*names, faults.name(now)]


def phase_tick(simulation: Simulation, case: Case) -> int | None:
    """Return the first tick of a run's phase, None if the phase did not come."""
    events = simulation.recorder.events
    return next((event.tick for event in events if event.kind in _PHASE_KINDS and event.text == case.phase), None)


def has_tripped_before(simulation: Simulation, case: Case) -> bool:
    """Return True if the machine tripped before the fault came."""
    begun_tick = phase_tick(simulation, case)
    ticks = [event.tick for event in simulation.recorder.events if event.kind == "fault"]
    return bool(ticks) and (begun_tick is None or ticks[0] < begun_tick + case.offset_ticks)


def misnamed(simulation: Simulation, fault: Fault, onset_tick: int | None) -> str:
    """Return the sentence for a fault that was misnamed before it showed, "" = correct."""
    names = trips(simulation)
    if onset_tick is not None or not names or names[0] in fault.expects:
        return ""
    return f"it was taken for {names[0]} before it showed"


def burn(simulation: Simulation, fault: Fault) -> str:
    """Return the sentence for a skin side that was too warm, "" = none was."""
    peak_c = float(simulation.plant.state[PEAK_SKIN_C])
    if fault.skin_max_c is None or peak_c <= fault.skin_max_c:
        return ""
    return f"the skin side was at {peak_c:.1f} °C"
