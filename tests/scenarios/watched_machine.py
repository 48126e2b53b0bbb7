"""A simulated machine that is watched in every tick, for tests that let anything happen to it."""

from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, initialize

from instep import user_events
from instep.guard.faults import NO_FAULT
from instep.session import outcome, states
from instep.session.screening import PASSED, PASSED_GENTLE
from instep.storage.store import NO_PROBLEM, Store
from sim.filesystem import installed_filesystem
from tests.keep_disk import FakeDisk, PowerCut
from tests.scenarios.machine import is_powered_off, simulate

HELD_TICKS = 4
# After STOP: letting go, the way home, lifting: 10 s.
REST_MAX_TICKS = 2_000
DARK_TICKS = 50
MOVING = range(states.SELFTEST, states.RETRACT + 1)
UNDER_WAY = (states.SCREENING, *MOVING)


class WatchedMachine(RuleBasedStateMachine):
    """The simulated machine; what must always hold is asserted after every tick."""

    @initialize()
    def switch_on(self):
        simulation: Any = simulate("demo")
        simulation.person = None
        self.simulation = simulation
        self.injected = []
        self.is_started_by_hand = 0
        self.was_fault = NO_FAULT
        self.cut_in = None
        self.kept_payloads = []
        self._boot(dict(installed_filesystem().files))

    def _boot(self, files):
        """Switch the power on, with `files` on the disk."""
        simulation = self.simulation
        simulation.disk = FakeDisk(files, keeps_part=True)
        simulation.restore_power()
        self._greet()

    def _greet(self):
        """Require that a machine which has just started has lost nothing and does nothing."""
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
        """Nothing moves or heats outside a session, nor after a fault except to release a held part."""
        fault = self.app.guard.fault
        is_fresh = fault != self.was_fault  # a fault found in the outputs takes one more tick
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
        """Record the possible contents of the disk: the last saved ones, and every choice since."""
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
