"""Judge how a session without any fault has ended: in time, for the right reason, with everything at rest."""

from typing import TYPE_CHECKING

import numpy as np

from instep import user_events
from instep.axes import ROLLERS, TICKS_PER_S
from instep.guard.limits import SESSION_MAX_TICKS
from instep.session import states
from sim.faults.expected_reactions import is_at_rest
from sim.hooks import Hook
from sim.plant import motor
from sim.plant.layout import MOTOR
from sim.reasons import reason_of

if TYPE_CHECKING:
    from sim.simulation import Simulation

# After STOP: letting go, the way home and lifting take 10 s.
STOP_MAX_TICKS = 20 * TICKS_PER_S
# Questions, self-test, the limit of a session, and the way home.
SESSION_TICKS = SESSION_MAX_TICKS + 10 * 60 * TICKS_PER_S
# How far from home a roller may end: its control rests within 0.15 mm.
HOME_WITHIN_M = 0.001
# From the session's end until nothing touches a foot.
_REST_TICKS = TICKS_PER_S

_UNDER_WAY = range(states.SELFTEST, states.CLOSING + 1)


class EndingCheck(Hook):
    """Watch STOP, and judge the end of a session by `run_out`."""

    def __init__(self, simulation: "Simulation") -> None:
        self._simulation = simulation
        self._stopped_tick: int | None = None
        self._is_way_cut = False
        self._was_held = False
        self._has_homed = False

    def before_tick(self) -> None:
        """Note the first STOP in the session, and one on the way home, which leaves the rollers where they are."""
        simulation = self._simulation
        self._has_homed |= states.FIT <= simulation.app.session.state <= states.CLOSING
        is_held = bool(simulation.hal.buttons.held & user_events.STOP)
        if is_held and not self._was_held:
            state = simulation.app.session.state
            if state in _UNDER_WAY and self._stopped_tick is None:
                self._stopped_tick = simulation.ticks
            elif state == states.RETRACT:
                self._is_way_cut = True
        self._was_held = is_held

    def run_out(self) -> str:
        """Simulate to the end and beyond; return a sentence for the error, "" = none."""
        simulation = self._simulation
        while not simulation.is_over:
            if simulation.ticks > SESSION_TICKS:
                return f"after {SESSION_TICKS // TICKS_PER_S} s it has not ended"
            if self._stopped_tick is not None and simulation.ticks > self._stopped_tick + STOP_MAX_TICKS:
                return f"{STOP_MAX_TICKS // TICKS_PER_S} s after STOP it has not ended"
            simulation.advance(1)
        return self._wrong_result() or self._wrong_rest()

    def _wrong_result(self) -> str:
        simulation = self._simulation
        result, reason = simulation.result, reason_of(simulation.app)
        if self._stopped_tick is not None and (result, reason) != ("stopped", "stop_pressed"):
            return f"after STOP it ended as {result} ({reason or 'no reason'})"
        if result == "fault":
            return f"it ended by the fault {reason}"
        return ""

    def _wrong_rest(self) -> str:
        simulation = self._simulation
        roller_m = [
            float(simulation.plant.state[MOTOR + index * motor.STATES + motor.POSITION_M]) for index in range(ROLLERS)
        ]
        # A session that ends before homing is complete has no reference for the way home.
        has_way = self._has_homed and simulation.app.drives.is_homed() and not self._is_way_cut
        if simulation.app.session.state == states.DONE and has_way:
            away_m = float(np.abs(np.array(roller_m)).max())
            if away_m > HOME_WITHIN_M:
                return f"a roller ended {away_m * 1000:.1f} mm from home"
        for _ in range(_REST_TICKS):
            simulation.advance(1)
        if simulation.plant.commands.relay[0] or not is_at_rest(simulation):
            return "a roller, press or heater did not come to rest"
        return ""
