"""Lead a session to a phase, and press a button if the phase needs one."""

from instep.axes import FEET, TICKS_PER_S
from instep.session import states
from instep.stroke.program import TECHNIQUES
from sim.campaign.plan import WHOLE
from sim.fork import branch
from sim.simulation import Simulation

STEP_TICKS = 10
# The button press that pauses or stops the massage: time after the program's beginning, and length.
_PRESS_TICKS = 6 * TICKS_PER_S
_HOLD_TICKS = 20
_PRESSES = {states.NAMES[states.PAUSED]: "start", states.NAMES[states.RETRACT]: "stop"}
PHASES_BY_HAND = tuple(_PRESSES)


class Visit:
    """Watch a running session for `phase`; `reached_tick` is None before the phase."""

    def __init__(self, simulation: Simulation, phase: str) -> None:
        self.simulation = simulation
        self._phase = phase
        self._button = _PRESSES.get(phase, "")
        self._press_tick: int | None = None
        self.reached_tick: int | None = None
        self.look()

    def arrive(self) -> None:
        """Simulate until the phase begins, or to the session's end."""
        while self.reached_tick is None and not self.simulation.is_over:
            self.simulation.advance(1)
            self.look()

    def step(self) -> None:
        """Simulate STEP_TICKS."""
        # A session that is over advances by one tick per call.
        self.simulation.advance(STEP_TICKS)
        self.look()

    def look(self) -> None:
        """Note whether the phase has begun, and press or release the button."""
        if self.reached_tick is None and self._is_there():
            self.reached_tick = self.simulation.ticks
        if self._button:
            self._use_button()

    def branch(self) -> "Visit":
        """Return a visit of a copy of the session."""
        other = Visit.__new__(Visit)
        vars(other).update(vars(self), simulation=branch(self.simulation))
        return other

    def begin_again(self) -> None:
        """Take this moment as the phase's beginning."""
        self.reached_tick = self.simulation.ticks

    def is_past(self, ticks: int) -> bool:
        """Return True if `ticks` have passed since the phase began, or the session ended without it."""
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
