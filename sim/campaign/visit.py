"""Lead a session to a phase, with a hand at the buttons where the phase needs one."""

from instep.axes import FEET, TICKS_PER_S
from instep.session import states
from instep.stroke.program import TECHNIQUES
from sim.campaign.plan import WHOLE
from sim.fork import branch
from sim.simulation import Simulation

STEP_TICKS = 10
# A hand that pauses or stops the massage: when after the program's beginning, and for how long.
_PRESS_TICKS = 6 * TICKS_PER_S
_HOLD_TICKS = 20
_PRESSES = {states.NAMES[states.PAUSED]: "start", states.NAMES[states.RETRACT]: "stop"}
PHASES_BY_HAND = tuple(_PRESSES)


class Visit:
    """Watch for `phase` in a session that somebody lets go on; `reached_tick` is None before it has begun."""

    def __init__(self, simulation: Simulation, phase: str) -> None:
        self.simulation = simulation
        self._phase = phase
        self._button = _PRESSES.get(phase, "")
        self._press_tick: int | None = None
        self.reached_tick: int | None = None
        self.look()

    def arrive(self) -> None:
        """Let the session go on until the phase begins, or to its end."""
        while self.reached_tick is None and not self.simulation.is_over:
            self.simulation.advance(1)
            self.look()

    def step(self) -> None:
        """Let a little time pass."""
        # A session that is over stands still tick by tick.
        self.simulation.advance(STEP_TICKS)
        self.look()

    def look(self) -> None:
        """See whether the phase has come, and use the hand."""
        if self.reached_tick is None and self._is_there():
            self.reached_tick = self.simulation.ticks
        if self._button:
            self._use_button()

    def branch(self) -> "Visit":
        """Return the same visit of a copy of the session."""
        other = Visit.__new__(Visit)
        vars(other).update(vars(self), simulation=branch(self.simulation))
        return other

    def is_past(self, ticks: int) -> bool:
        """Tell whether `ticks` have passed since the phase has begun, or it is not going to come any more."""
        if self.reached_tick is None:
            return self.simulation.is_over
        return self.simulation.ticks >= self.reached_tick + ticks

    def _is_there(self) -> bool:
        app = self.simulation.app
        if self._phase not in TECHNIQUES:
            return self._phase == WHOLE or states.NAMES[app.session.state] == self._phase
        technique = TECHNIQUES.index(self._phase)
        return app.session.state == states.RUN and technique in map(app.scheduler.technique, range(FEET))

    def _use_button(self) -> None:
        simulation = self.simulation
        if self._press_tick is None:
            if simulation.app.session.state == states.RUN:
                self._press_tick = simulation.ticks + _PRESS_TICKS
            return
        if self._press_tick <= simulation.ticks < self._press_tick + _HOLD_TICKS:
            simulation.press(self._button)
        elif simulation.ticks >= self._press_tick + _HOLD_TICKS:
            simulation.release(self._button)
            self._button = ""
