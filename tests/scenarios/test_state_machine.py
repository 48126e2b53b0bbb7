"""Anything at any time: buttons, faults, power cuts in the middle of a write, watchdog resets.

There is no state from which STOP does not lead to rest; nothing moves or heats outside a session; no latched fault
clears itself; no choice and no entry of the journal is lost.
"""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from instep import user_events
from instep.guard import faults
from instep.guard.faults import NO_FAULT
from instep.session import outcome, states
from instep.session.screening import PASSED, PASSED_GENTLE
from instep.storage.store import NO_PROBLEM, Store
from sim.faults import parse
from sim.faults.catalogue import FAULTS
from sim.faults.inject import Injector
from sim.filesystem import installed_filesystem
from tests.keep_disk import FakeDisk, PowerCut
from tests.scenarios.machine import is_powered_off, simulate

# Enough for the derandomised profile to stay under 30 s on one core; a search takes what it is given.
EXAMPLES = 150
STEPS = 25
USUAL_EXAMPLES = 100

HELD_TICKS = 4
# STOP: letting go, homewards, lifting: 10 s. A fault that is being left: wells that have to cool take longest.
REST_MAX_TICKS = 2_000
COOL_MAX_TICKS = 30_000
LONGEST_FAULT_S = 3
DARK_TICKS = 50

MOVING = range(states.SELFTEST, states.RETRACT + 1)
UNDER_WAY = (states.SCREENING, *MOVING)
BUTTONS = [1 << bit for bit in range(len(user_events.NAMES))]
HEALTHY = (user_events.PLUS, user_events.MINUS, user_events.MINUS, user_events.MINUS)
CAREFUL = (user_events.PLUS, user_events.MINUS, user_events.MINUS, user_events.PLUS, user_events.PLUS)
# The power is cut by a rule of its own.
BREAKS = sorted(FAULTS.keys() - {"power_cut", "settings_damaged", "journal_damaged"})
NOT_HEARD = frozenset(("buttons_silent", "stop_button"))


class Machine(RuleBasedStateMachine):
    """The simulated machine, in the hands of whoever."""

    @initialize()
    def switch_on(self):
        simulation: Any = simulate("demo")
        simulation.person.tick = lambda: None
        self.simulation = simulation
        self.injected = []
        self.is_started_by_hand = 0
        self.was_fault = NO_FAULT
        self.cut_in = None
        self.kept_payloads = []
        self._boot(dict(installed_filesystem().files))

    def _boot(self, files):
        """Give the machine its power, and what it had kept."""
        simulation = self.simulation
        simulation.disk = FakeDisk(files, keeps_part=True)
        simulation.restore_power()
        self._greet()

    def _greet(self):
        """Require that the machine which has just begun anew has lost nothing and does nothing."""
        app = self.app = self.simulation.app
        assert app.session.state == states.IDLE
        assert app.guard.notices.first() == NO_FAULT
        payload = app.store.settings.payload()
        assert not self.kept_payloads or payload in self.kept_payloads
        self.kept_payloads = [payload]
        journal = app.store.journal
        assert not journal.is_session_open()
        orders = [journal.session(back)["order"] for back in range(journal.session_count())]
        assert orders == sorted(orders, reverse=True)
        self.was_moving = False
        self.was_fault = NO_FAULT

    # What happens in every tick.

    def tick(self):
        simulation = self.simulation
        try:
            simulation.advance(1)
        except PowerCut:
            self._lose_power(cut_in_write=True)
            return
        self.injected = [(name, ends) for name, ends in self.injected if ends > simulation.ticks]
        if simulation.app is not self.app:
            was_moving = self.was_moving
            self._greet()
            self._find_interrupted(was_moving)
        elif simulation.is_powered:
            self._look()

    def _look(self):
        app = self.app
        state = app.session.state
        self._look_at_outputs(state)
        self._look_at_fault()
        if state in MOVING and not self.was_moving:
            self._look_at_start()
        self.was_moving = state in MOVING
        self._follow_settings()

    def _look_at_outputs(self, state):
        """Nothing moves or heats outside a session, nor after a fault but to let go of what was held."""
        fault = self.app.guard.fault
        is_fresh = fault != self.was_fault  # what is found in the outputs takes one more tick
        if self.app.guard.back_off.is_active:
            assert not any(self.simulation.plant.commands.heat)
        elif (state not in MOVING or fault != NO_FAULT) and not is_fresh:
            assert is_powered_off(self.simulation)
            assert not self.simulation.plant.commands.relay[0]

    def _look_at_fault(self):
        """A latched fault stays until somebody has pressed START, and is not left while its cause is there."""
        fault = self.app.guard.fault
        held = self.simulation.hal.buttons.held
        self.is_started_by_hand = 2 * HELD_TICKS if held & user_events.START else max(0, self.is_started_by_hand - 1)
        if self.was_fault != NO_FAULT and fault != self.was_fault:
            assert fault == NO_FAULT and self.is_started_by_hand
        if self.simulation.hal.emergency_stop.is_on and self.simulation.is_loop_running:
            assert fault != NO_FAULT
        self.was_fault = fault

    def _look_at_start(self):
        """A session begins with the screening passed, and its entry is on the disk."""
        assert self.app.session.status.screening.verdict in (PASSED, PASSED_GENTLE)
        store = Store(FakeDisk(dict(self.simulation.disk.files)))
        store.load()
        assert store.take_problem() == NO_PROBLEM
        assert store.journal.is_session_open()
        assert store.journal.session(0)["order"] == self.app.store.journal.session(0)["order"]
        assert store.settings.payload() == self.app.store.settings.payload()

    def _follow_settings(self):
        """Note what may be on the disk: what was there for sure, and whatever was chosen since."""
        store = self.app.store
        payload = store.settings.payload()
        if payload != self.kept_payloads[-1]:
            self.kept_payloads.append(payload)
        if not store.is_behind():
            self.kept_payloads = [payload]

    def ticks(self, count):
        for _ in range(count):
            self.tick()

    def press(self, *buttons):
        for button in buttons:
            self.simulation.hal.buttons.held |= button
            self.ticks(HELD_TICKS)
            self.simulation.hal.buttons.held &= ~button
            self.ticks(HELD_TICKS)

    def until(self, *wanted, maximum=REST_MAX_TICKS):
        """Let time pass until the session is in one of the states, or is over; somebody presses START in between."""
        for _ in range(maximum):
            state = self.app.session.state
            if state in wanted or state not in UNDER_WAY or not self.simulation.is_loop_running:
                return
            if state in (states.WARM, states.PAUSED):
                self.press(user_events.START)
            self.tick()

    # What may happen.

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
        """Let the firmware stand still; after a second the watchdog starts it anew."""
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
        self.simulation.injector._incidents += Injector(self.simulation, (parse(text),))._incidents
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

    def _come_to_rest(self):
        for _ in range(REST_MAX_TICKS):
            if self.app.session.state not in MOVING:
                return
            self.tick()
        raise AssertionError(f"STOP has led to {states.NAMES[self.app.session.state]}")

    def _lose_power(self, cut_in_write):
        was_moving = self.was_moving
        assert not (was_moving and cut_in_write), "the disk is left alone in a session"
        files = self.simulation.disk.files
        self.simulation.cut_power()
        for _ in range(DARK_TICKS):
            self.simulation.advance(1)
        self._boot(files)
        self._find_interrupted(was_moving)

    def _find_interrupted(self, was_moving):
        """A session that was cut short is in the journal as such."""
        if was_moving:
            assert self.app.store.journal.session(0)["result"] == outcome.RESULT_INTERRUPTED

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
