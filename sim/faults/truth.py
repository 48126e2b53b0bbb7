"""The true force and warmth on a person, against the limits of what the machine may give."""

from typing import TYPE_CHECKING

from instep.axes import AXES_PER_FOOT, FEET, ROLLERS_PER_FOOT, TOP_PRESS
from instep.units import MN_PER_N
from sim.faults.fault import SKIN_MAX_C
from sim.plant import heat
from sim.plant.layout import CONTACT_N, WELL

if TYPE_CHECKING:
    from sim.simulation import Simulation

# The greatest force that a person may feel for longer than 0.3 s: 1.4 times the set point and 5 N.
FORCE_TIMES = 1.4
FORCE_OVER_N = 5.0


def presses_too_hard(simulation: "Simulation", roller: int) -> bool:
    """Return True if a roller's true force is beyond what its set point allows."""
    axis = roller // ROLLERS_PER_FOOT * AXES_PER_FOOT + TOP_PRESS + roller % ROLLERS_PER_FOOT
    # While a foot is measured, its press has no set point, but a force at which it stops.
    app = simulation.app
    set_n = max(app.scheduler.setpoints[axis], app.drives.presses[roller].asked_mn) / MN_PER_N
    return bool(simulation.plant.state[CONTACT_N + roller] > FORCE_TIMES * set_n + FORCE_OVER_N)


def is_skin_hot(simulation: "Simulation") -> bool:
    """Return True if the true temperature of some skin side is over its limit."""
    pads = [float(simulation.plant.state[WELL + foot * heat.STATE_SIZE + heat.PAD_C]) for foot in range(FEET)]
    return max(pads) >= SKIN_MAX_C
