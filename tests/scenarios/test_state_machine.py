"""Anything at any time: buttons, faults, power cuts in the middle of a write, watchdog resets.

There is no state from which STOP does not lead to rest; nothing moves or heats outside a session; no latched fault
clears itself; no choice and no entry of the journal is lost.
"""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from instep import user_events
from instep.guard import faults
from instep.session import states
from sim.answers import CAREFUL, HEALTHY
from sim.faults import parse
from sim.faults.catalogue import FAULTS, JUDGED
from sim.faults.inject import inject
from tests.scenarios.machine import is_powered_off
from tests.scenarios.watched_machine import HELD_TICKS, MOVING, WatchedMachine

# Enough for the derandomised profile to stay under 30 s on one core; a search takes what it is given.
EXAMPLES = 150
STEPS = 25
USUAL_EXAMPLES = 100

# Before a fault can be left, wells may have to cool.
COOL_MAX_TICKS = 30_000
LONGEST_FAULT_S = 3

BUTTONS = [1 << bit for bit in range(len(user_events.NAMES))]
# The power is cut by a rule of its own.
BREAKS = sorted(set(JUDGED) - {"power_cut", "settings_damaged", "journal_damaged"})
NOT_HEARD = frozenset(("buttons_silent", "stop_button"))


class Machine(WatchedMachine):
    """Everything that people, faults and the power may do to the machine."""

    @rule(button=st.sampled_from(BUTTONS), pause=st.sampled_from([0, 20, 150]))
    def press_a_button(self, button, pause):
        self.press(button)
        self.ticks(pause)

    @rule(buttons=st.integers(0, 63), ticks=st.sampled_from([1, 3, 40]))
    def press_many(self, buttons, ticks):
        self.simulation.hal.buttons.held |= buttons
        self.ticks(ticks)
        self.simulation.hal.buttons.held &= ~buttons
        self.ticks(HELD_TICKS)

    @rule(ticks=st.sampled_from([1, 10, 100, 700]))
    def wait(self, ticks):
        self.ticks(ticks)

    @rule(
        answers=st.sampled_from([HEALTHY, HEALTHY, CAREFUL]),
        goes_on_to=st.sampled_from([states.SELFTEST, states.FIT, states.WARM, states.RUN, states.RUN]),
    )
    def begin_a_session(self, answers, goes_on_to):
        if self.app.session.state not in (states.IDLE, states.SCREENING):
            self.press(user_events.STOP, user_events.START)
        self.press(user_events.START, *answers)
        self.until(goes_on_to, states.RUN, maximum=3_000)

    @precondition(lambda self: self.app.session.state in MOVING)
    @rule()
    def see_the_session_through(self):
        self.until(states.DONE, maximum=5_000)

    @precondition(lambda self: self.app.session.state == states.RUN)
    @rule(ticks=st.sampled_from([0, 200]))
    def pause(self, ticks):
        self.press(user_events.START)
        self.ticks(ticks)

    @rule(stays=st.booleans())
    def hit_the_emergency_stop(self, stays):
        emergency_stop = self.simulation.hal.emergency_stop
        emergency_stop.is_on = not emergency_stop.is_on
        self.ticks(50)
        if not stays:
            emergency_stop.is_on = False

    @precondition(lambda self: self.app.session.state == states.FAULT)
    @rule()
    def acknowledge(self):
        self.press(user_events.START)

    @rule(lasts=st.sampled_from([30, 90, 130]))
    def let_the_loop_stop(self, lasts):
        """Let the firmware stand still; after a second the watchdog restarts it."""
        simulation = self.simulation
        app = self.app
        simulation.is_loop_running = False
        for _ in range(lasts):
            self.tick()
            if self.app is not app:
                return
        simulation.is_loop_running = True

    @rule(
        name=st.sampled_from(BREAKS),
        foot=st.sampled_from(["left", "right"]),
        roller=st.sampled_from(["top", "sole"]),
        severity=st.sampled_from(["0", "0.5", "1"]),
        lasts=st.sampled_from(["0.05", "0.3", "1.5", str(LONGEST_FAULT_S)]),
    )
    def break_something(self, name, foot, roller, severity, lasts):
        fault = FAULTS[name]
        if len(self.injected) >= 2 or name in [injected for injected, _ in self.injected]:
            return
        text = f"{name}@{self.simulation.ticks / 100}s,for={lasts}s"
        text += f",{foot}" if fault.scope != "machine" else ""
        text += f",{roller}" if fault.scope == "roller" else ""
        text += f",severity={severity}" if fault.severity else ""
        ends = self.simulation.ticks + round(float(lasts) * 100) + 2
        self.injected.append((name, ends))
        inject(self.simulation, parse(text))
        self.ticks(10)

    @rule()
    def let_everything_be_mended(self):
        while self.injected:
            self.tick()

    @rule(point=st.integers(0, 2_700))
    def lose_the_power_in_a_write(self, point):
        """Let the power fail so many bytes or operations of the disk later, or now if nothing is written."""
        disk = self.simulation.disk
        disk._cut = disk.points + point
        for _ in range(100):
            if self.simulation.disk is not disk:
                return
            self.tick()
        self._lose_power(cut_in_write=False)

    @precondition(lambda self: self.simulation.is_loop_running)
    @rule()
    def stop(self):
        """From wherever: outputs off in the tick that sees it, and then rest."""
        if NOT_HEARD & {name for name, _ in self.injected}:
            return
        self.simulation.hal.buttons.held = 0
        self.ticks(HELD_TICKS)
        app = self.app
        self.simulation.hal.buttons.held = user_events.STOP
        self.tick()
        if app is not self.app or not self.simulation.is_loop_running:
            return
        assert is_powered_off(self.simulation)
        self.simulation.hal.buttons.held = 0
        self._come_to_rest()

    def teardown(self):
        """With every cause gone, STOP and START lead to the menu."""
        if not hasattr(self, "app"):
            return
        self.let_everything_be_mended()
        self.simulation.hal.emergency_stop.is_on = False
        self.simulation.hal.buttons.held = 0
        # A stuck button is heard again when it has rested.
        self.ticks(150)
        if not self.simulation.is_loop_running:
            self.ticks(150)
        self.press(user_events.STOP)
        self._come_to_rest()
        for _ in range(COOL_MAX_TICKS // 200):
            if self.app.session.state == states.IDLE:
                break
            self.press(user_events.START)
            self.ticks(200)
        assert self.app.session.state == states.IDLE, faults.name(self.app.guard.fault)
        assert is_powered_off(self.simulation)


TestMachine = Machine.TestCase
_max = settings().max_examples
TestMachine.settings = settings(max_examples=EXAMPLES if _max == USUAL_EXAMPLES else _max, stateful_step_count=STEPS)
