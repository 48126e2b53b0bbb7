"""A session and the display that shows it."""

from instep.axes import COUNTER_MASK
from instep.panel.display import Screen
from instep.session.jog import Jog
from tests.firmware.sessions import Bench

SCREEN_TICKS = 32


class Shown:
    """A session and the display that shows it."""

    def __init__(self, state, program="demo"):
        self.bench = Bench(program).go_to(state)
        self.display = self.bench.hal.display
        self.ticks = 0
        self.jog = Jog(self.bench.drives, self.bench.selftest, self.bench.session.status.feet)
        self.screen = Screen(self.display, self.bench.session, self.bench.drives, self.bench.guard, self.jog)

    def look(self):
        """Let one whole screen be composed; return its words."""
        for _ in range(SCREEN_TICKS):
            self.tick()
        return self.display.text()

    def tick(self):
        """Let one tick pass with a row's two slices in its slack; return whether there was something to do."""
        self.ticks += 1
        is_due = self.screen.slice(self.ticks & COUNTER_MASK)
        return is_due and self.screen.slice(self.ticks & COUNTER_MASK)
