"""What counts as each reaction, judged by what the hardware was told and by the plant's true state."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from instep.axes import ROLLERS, SERVOS_PER_FOOT
from instep.guard import faults
from instep.guard.faults import FAULT_FOOT_NOT_FOUND, NO_FAULT
from instep.session import states
from sim.faults import catalogue
from sim.plant import heat
from sim.plant.machine import CONTACT_N, HEATERS, WELL

if TYPE_CHECKING:
    from sim.simulation import Simulation

Judge = Callable[["Simulation", int], bool]


def _are_motors_coasting(simulation: "Simulation") -> bool:
    return not any(simulation.plant.commands.driven)


def _are_presses_lifting(simulation: "Simulation") -> bool:
    """Tell whether every press is told to go to its lifted end, or is limp: its spring lifts it."""
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


def _are_outputs_off(simulation: "Simulation", foot: int) -> bool:
    return _are_motors_coasting(simulation) and _are_presses_lifting(simulation) and _are_heaters_off(simulation)


def _is_safe(simulation: "Simulation", foot: int) -> bool:
    is_relay_open = not simulation.plant.commands.relay[0]
    return _is_latched(simulation) and is_relay_open and _are_outputs_off(simulation, foot)


def _are_outputs_safe(simulation: "Simulation", foot: int) -> bool:
    return not simulation.plant.commands.relay[0] and _are_outputs_off(simulation, foot)


def _is_paused(simulation: "Simulation", foot: int) -> bool:
    is_stroking = simulation.app.session.state in (states.RUN, states.CLOSING)
    if is_stroking or not _can_go_on(simulation):
        return False
    return _are_motors_coasting(simulation) and _are_presses_lifting(simulation)


def _is_kept_paused(simulation: "Simulation", foot: int) -> bool:
    """Tell whether the presses stay up; lifted rollers may be held in their place."""
    return _can_go_on(simulation) and _are_presses_lifting(simulation)


def _can_go_on(simulation: "Simulation") -> bool:
    """Tell whether nothing is latched; only while it is being measured may a foot not be lifted out."""
    return simulation.app.guard.fault in (NO_FAULT, FAULT_FOOT_NOT_FOUND)


def _is_lifted_and_latched(simulation: "Simulation", foot: int) -> bool:
    """Tell whether the presses lift and no heater is on; the rollers may back off under drive."""
    return _is_latched(simulation) and _are_presses_lifting(simulation) and _are_heaters_off(simulation)


def _is_no_session(simulation: "Simulation", foot: int) -> bool:
    return _is_safe(simulation, foot) and simulation.app.session.state == states.FAULT


def _is_heat_off(simulation: "Simulation", foot: int) -> bool:
    """Tell whether heat is off for a reason that the person can be told, and nothing else has stopped."""
    return simulation.app.guard.heat_fault != NO_FAULT and not _is_latched(simulation) and _are_heaters_off(simulation)


def _is_only_said(simulation: "Simulation", foot: int) -> bool:
    return simulation.app.guard.notice() != NO_FAULT and not _is_latched(simulation)


def told(simulation: "Simulation") -> int:
    """Return the number of the firmware's fault or, without one, of its notice."""
    guard = simulation.app.guard
    return guard.fault if guard.fault != NO_FAULT else guard.notice()


def is_said(simulation: "Simulation") -> bool:
    """Tell whether the display shows the sentence of the fault or notice now."""
    shown = " ".join(" ".join(simulation.hal.display.rows).split())
    return faults.sentence(told(simulation)) in shown


def is_at_rest(simulation: "Simulation") -> bool:
    """Tell whether no foot feels anything: no roller in contact, none driven, no film heated."""
    state = simulation.plant.state
    is_film_cold = all(state[WELL + well * heat.STATE_SIZE + heat.POWER_W] == 0.0 for well in range(HEATERS))
    has_contact = bool(state[CONTACT_N : CONTACT_N + ROLLERS].any())
    return is_film_cold and not has_contact and _are_motors_coasting(simulation)


# By reaction: what must hold on the outputs when the fault is noticed.
COMPLETE: dict[str, Judge] = {
    catalogue.SAFE: _is_safe,
    catalogue.OUTPUTS_OFF: _are_outputs_off,
    catalogue.OUTPUTS_SAFE: _are_outputs_safe,
    catalogue.PAUSE: _is_paused,
    catalogue.LIFT_LATCHED: _is_lifted_and_latched,
    catalogue.NO_SESSION: _is_no_session,
    catalogue.REFUSE_LOAD: _is_no_session,
    catalogue.HEAT_OFF: _is_heat_off,
    catalogue.HEAT_OFF_LATCHED: _is_heat_off,
    catalogue.IGNORE: _is_only_said,
}

# What must hold from then on: to the session's end, for a pause while the fault lasts.
LASTING: dict[str, Judge] = {**COMPLETE, catalogue.PAUSE: _is_kept_paused}
del LASTING[catalogue.OUTPUTS_OFF], LASTING[catalogue.IGNORE]

# Those that end with everything at rest, soon.
RESTING = frozenset(
    (catalogue.SAFE, catalogue.OUTPUTS_SAFE, catalogue.LIFT_LATCHED, catalogue.NO_SESSION, catalogue.REFUSE_LOAD)
)

# Those that the session outlives: the display has to say why.
SAID = frozenset((catalogue.HEAT_OFF, catalogue.HEAT_OFF_LATCHED, catalogue.IGNORE))
