"""A person who presses anything at any time, lifts the feet out and puts them back.

Presses follow each other quickly, at a usual pace or slowly, as drawn for the whole session. One person in eight never
presses STOP, so that the session runs to its end.
"""

from random import Random
from typing import TYPE_CHECKING

from instep import user_events
from instep.axes import FEET, TICKS_PER_S
from sim.hooks import Hook

if TYPE_CHECKING:
    from sim.simulation import Simulation

# Longest pause between two events for the three paces.
PAUSES_MAX_TICKS = (40, 3 * TICKS_PER_S, 15 * TICKS_PER_S)
# A button is down for one reading up to this: shorter than what counts as stuck.
_HOLD_MAX_TICKS = 60
_HOLD_LONG_TICKS = 4 * TICKS_PER_S  # STOP held for 3 s switches off
# How long a foot is out: a bounce of its switch, a moment, longer than the self-test waits.
_OUT_TICKS = (4, 2 * TICKS_PER_S, 20 * TICKS_PER_S, 70 * TICKS_PER_S)

_STOP_BIT = user_events.NAMES.index("stop")
_BUTTONS_WITHOUT_STOP = [1 << bit for bit in range(len(user_events.NAMES)) if bit != _STOP_BIT]

_PEOPLE_PER_ENDURING = 8
# Shares of events, in hundredths.
_FOOT_PERCENT = 6
_TWO_BUTTONS_PERCENT = 5
_LONG_PERCENT = 3
_STOP_PERCENT = 8


class RandomPresses(Hook):
    """Press and lift at random from `from_tick` on; the same seed gives the same events."""

    def __init__(self, simulation: "Simulation", seed: int, from_tick: int = 0) -> None:
        self._simulation = simulation
        self._random = Random(seed)
        self._pause_max_ticks = self._random.choice(PAUSES_MAX_TICKS)
        self._has_stop = self._random.randrange(_PEOPLE_PER_ENDURING) > 0
        self._held = 0
        self._release_tick = 0
        self._next_tick = from_tick
        self._back_ticks = [0] * FEET

    def before_tick(self) -> None:
        """Release the buttons that have been held long enough; press or lift when it is time."""
        simulation = self._simulation
        tick = simulation.ticks
        if self._held and tick >= self._release_tick:
            simulation.hal.buttons.held &= ~self._held
            self._held = 0
        for foot in range(FEET):
            if self._back_ticks[foot] and tick >= self._back_ticks[foot]:
                self._back_ticks[foot] = 0
                simulation.hal.foot_switches[foot].is_on = True
        if not self._held and tick >= self._next_tick:
            self._act(tick)

    def _act(self, tick: int) -> None:
        """Begin one event, and draw when the next comes."""
        chance = self._random.randrange(100)
        hold_ticks = self._random.randint(1, _HOLD_MAX_TICKS)
        if chance < _FOOT_PERCENT:
            self._lift(tick)
        else:
            self._held = self._draw_buttons()
            if self._random.randrange(100) < _LONG_PERCENT:
                hold_ticks = _HOLD_LONG_TICKS
            self._simulation.hal.buttons.held |= self._held
            self._release_tick = tick + hold_ticks
        self._next_tick = tick + hold_ticks + self._random.randint(1, self._pause_max_ticks)

    def _lift(self, tick: int) -> None:
        """Lift a foot out for a while."""
        foot = self._random.randrange(FEET)
        self._simulation.hal.foot_switches[foot].is_on = False
        self._back_ticks[foot] = tick + self._random.randint(1, self._random.choice(_OUT_TICKS))

    def _draw_buttons(self) -> int:
        """Return one button, sometimes two."""
        if self._has_stop and self._random.randrange(100) < _STOP_PERCENT:
            return user_events.STOP
        held = self._random.choice(_BUTTONS_WITHOUT_STOP)
        if self._random.randrange(100) < _TWO_BUTTONS_PERCENT:
            held |= self._random.choice(_BUTTONS_WITHOUT_STOP)
        return held
