"""The reactions that a fault may demand, judged by the hardware's commands and by the plant's true state."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from instep.axes import ROLLERS, SERVOS_PER_FOOT
from instep.guard import faults
from instep.guard.faults import NO_FAULT
from instep.session import states
from sim.faults import fault
from sim.plant import heat
from sim.plant.machine import CONTACT_N, HEATERS, WELL

if TYPE_CHECKING:
    from sim.simulation import Simulation

Judge = Callable[["Simulation"], bool]


@dataclass(frozen=True)
class Reaction:
    """Describe one expected reaction.

    is_complete: what must hold on the outputs when the fault counts as noticed.
    is_lasting: what must hold from then on, to the session's end or, for a pause, to the fault's; None = nothing.
    ends_at_rest: soon after, no foot feels anything. is_displayed: the session outlives it, so the display says why.
    """

    is_complete: Judge
    is_lasting: Judge | None
    ends_at_rest: bool = False
    is_displayed: bool = False


def _are_motors_coasting(simulation: "Simulation") -> bool:
    return not any(simulation.plant.commands.driven)


def are_presses_lifting(simulation: "Simulation") -> bool:
    """Return True if every press is commanded to its lifted end, or is limp: its spring lifts it."""
    commands = simulation.plant.commands
    if not commands.servos_on[0]:
        return True
    lifted_us = simulation.figures.calibration.press_zero_us
    return all(
        commands.pulse_us[roller // 2 * SERVOS_PER_FOOT + roller % 2] in (0, lifted_us) for roller in range(ROLLERS)
    )


def _are_heaters_off(simulation: "Simulation") -> bool:
    return not any(simulation.plant.commands.heat)


def _is_latched(simulation: "Simulation") -> bool:
    return simulation.app.guard.fault != NO_FAULT


def _is_not_latched(simulation: "Simulation") -> bool:
    return not _is_latched(simulation)


def _are_outputs_off(simulation: "Simulation") -> bool:
    return _are_motors_coasting(simulation) and are_presses_lifting(simulation) and _are_heaters_off(simulation)


def _is_safe(simulation: "Simulation") -> bool:
    is_relay_open = not simulation.plant.commands.relay[0]
    return _is_latched(simulation) and is_relay_open and _are_outputs_off(simulation)


def _are_outputs_safe(simulation: "Simulation") -> bool:
    return not simulation.plant.commands.relay[0] and _are_outputs_off(simulation)


def _is_power_off(simulation: "Simulation") -> bool:
    return not simulation.plant.readings.relay[0]


def _is_paused(simulation: "Simulation") -> bool:
    is_stroking = simulation.app.session.state in (states.RUN, states.CLOSING)
    if is_stroking or _is_latched(simulation):
        return False
    return _are_motors_coasting(simulation) and are_presses_lifting(simulation)


def _is_still_paused(simulation: "Simulation") -> bool:
    """Return True if the presses stay up; lifted rollers may be held in place."""
    return not _is_latched(simulation) and are_presses_lifting(simulation)


def _has_let_go(simulation: "Simulation") -> bool:
    """Return True if everything is safe, or the session pauses for a foot that seems to have moved."""
    return _is_safe(simulation) or (_waits_for_foot(simulation) and _is_paused(simulation))


def _keeps_away(simulation: "Simulation") -> bool:
    return _is_safe(simulation) or (_waits_for_foot(simulation) and are_presses_lifting(simulation))


def _waits_for_foot(simulation: "Simulation") -> bool:
    return simulation.app.guard.notice() == faults.FAULT_FOOT_MOVED and not _is_latched(simulation)


def _is_lifted_and_latched(simulation: "Simulation") -> bool:
    """Return True if the presses lift and no heater is on; the rollers may back off under drive."""
    return _is_latched(simulation) and are_presses_lifting(simulation) and _are_heaters_off(simulation)


def _is_no_session(simulation: "Simulation") -> bool:
    return _is_safe(simulation) and simulation.app.session.state == states.FAULT


def _is_heat_off(simulation: "Simulation") -> bool:
    """Return True if heat is off for a reason that the display can show, and nothing else has stopped."""
    return simulation.app.guard.heat_fault != NO_FAULT and not _is_latched(simulation) and _are_heaters_off(simulation)


def _is_unheated(simulation: "Simulation") -> bool:
    """Return True if nothing heats and the guard has said why; the session may go on or not."""
    guard = simulation.app.guard
    return (guard.heat_fault != NO_FAULT or _is_latched(simulation)) and _are_heaters_off(simulation)


def _is_only_noticed(simulation: "Simulation") -> bool:
    return simulation.app.guard.notice() != NO_FAULT and not _is_latched(simulation)


REACTIONS: dict[str, Reaction] = {
    fault.SAFE: Reaction(_is_safe, _is_safe, ends_at_rest=True),
    fault.LET_GO: Reaction(_has_let_go, _keeps_away, ends_at_rest=True),
    fault.SAFE_OR_SAYS_WHY: Reaction(_has_let_go, _keeps_away, ends_at_rest=True),
    fault.OUTPUTS_OFF: Reaction(_are_outputs_off, _is_not_latched),
    fault.OUTPUTS_SAFE: Reaction(_are_outputs_safe, _are_outputs_safe, ends_at_rest=True),
    fault.POWER_OFF: Reaction(_is_power_off, _is_power_off, ends_at_rest=True),
    fault.PAUSE: Reaction(_is_paused, _is_still_paused),
    fault.STAY_PAUSED: Reaction(_is_paused, _is_still_paused),
    fault.LIFT_LATCHED: Reaction(_is_lifted_and_latched, _is_lifted_and_latched, ends_at_rest=True),
    fault.NO_SESSION: Reaction(_is_no_session, _is_no_session, ends_at_rest=True),
    fault.REFUSE_LOAD: Reaction(_is_no_session, _is_no_session, ends_at_rest=True),
    fault.HEAT_OFF: Reaction(_is_heat_off, _is_heat_off, is_displayed=True),
    fault.HEAT_OFF_LATCHED: Reaction(_is_heat_off, _is_heat_off, is_displayed=True),
    fault.NO_HEAT: Reaction(_is_unheated, _is_unheated, is_displayed=True),
    fault.IGNORE: Reaction(_is_only_noticed, None, is_displayed=True),
}


def reported_fault(simulation: "Simulation") -> int:
    """Return the number of the firmware's fault or, without one, of its notice."""
    guard = simulation.app.guard
    return guard.fault if guard.fault != NO_FAULT else guard.notice()


def is_displayed(simulation: "Simulation") -> bool:
    """Return True if the display shows the sentence of the reported fault or notice now."""
    return _is_shown(simulation, faults.sentence(reported_fault(simulation)))


def says_that_roller_presses(simulation: "Simulation") -> bool:
    """Return True if the display shows that a roller still presses, and how the foot gets out."""
    said = faults.sentence(faults.FAULT_ROLLER_PRESSES), faults.advice(faults.FAULT_ROLLER_PRESSES)
    return all(_is_shown(simulation, sentence) for sentence in said)


def _is_shown(simulation: "Simulation", sentence: str) -> bool:
    return sentence in " ".join(" ".join(simulation.hal.display.rows).split())


def is_at_rest(simulation: "Simulation") -> bool:
    """Return True if no foot feels anything: no roller in contact, none driven, no film heated but in a pause."""
    state = simulation.plant.state
    if state[CONTACT_N : CONTACT_N + ROLLERS].any():
        return False
    if _waits_for_foot(simulation):
        return True
    is_film_cold = all(state[WELL + well * heat.STATE_SIZE + heat.POWER_W] == 0.0 for well in range(HEATERS))
    return is_film_cold and _are_motors_coasting(simulation)
