"""Whatever a person presses, whenever, feet lifted and put back: no fault, and a session that ends as it should."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from host_tools.program.load import shipped
from instep import user_events
from instep.axes import TICKS_PER_S
from instep.guard import faults
from instep.guard.faults import NO_FAULT
from instep.session import states
from sim.answers import HEALTHY, names_of
from sim.campaign.options import PRESSES_QUICK
from sim.campaign.plan import RANDOM_PRESSES, plan_of
from sim.campaign.run import run_case
from sim.ending_check import EndingCheck
from tests.scenarios.machine import simulate

# Enough for the derandomised profile to stay under 30 s on one core; a search takes what it is given.
EXAMPLES = 12
STEPS = 20
USUAL_EXAMPLES = 100
SESSIONS = 12

PLAYING = tuple(name for name in user_events.NAMES if name != "stop")
MOVING = range(states.SELFTEST, states.CLOSING + 1)


class PressMachine(RuleBasedStateMachine):
    """A machine of ideal parts with a person at the buttons and feet in the wells."""

    @initialize(program=st.sampled_from(shipped()), feet=st.sampled_from(["both", "both", "left", "right"]))
    def begin(self, program, feet):
        """Begin a session and answer its questions."""
        simulation: Any = simulate(program, heat="off", feet=feet, minutes=10)
        simulation.person = None
        self.simulation = simulation
        self.check = EndingCheck(self.simulation)
        self.simulation.attach(self.check)
        self.press("start", *names_of(HEALTHY))
        assert simulation.app.session.status.is_screened

    def ticks(self, count):
        for _ in range(count):
            self.simulation.advance(1)
            guard = self.simulation.app.guard
            assert guard.last_fault == NO_FAULT, faults.name(guard.last_fault)
            assert guard.notice() == NO_FAULT, faults.name(guard.notice())

    def press(self, *buttons, hold=5, pause=5):
        for button in buttons:
            self.simulation.press(button)
            self.ticks(hold)
            self.simulation.release(button)
            self.ticks(pause)

    @rule(button=st.sampled_from(user_events.NAMES), hold=st.integers(1, 90), pause=st.integers(0, 200))
    def press_a_button(self, button, hold, pause):
        self.press(button, hold=hold, pause=pause)

    @rule(button=st.sampled_from(PLAYING), pause=st.integers(0, 400))
    def press_another_than_stop(self, button, pause):
        self.press(button, pause=pause)

    @rule(buttons=st.integers(1, 63), hold=st.integers(1, 40))
    def press_many(self, buttons, hold):
        self.simulation.hal.buttons.held = buttons
        self.ticks(hold)
        self.simulation.hal.buttons.held = 0
        self.ticks(5)

    @rule(foot=st.integers(0, 1), out=st.integers(1, 500), back=st.integers(0, 300))
    def lift_a_foot(self, foot, out, back):
        self.simulation.hal.foot_switches[foot].is_on = False
        self.ticks(out)
        self.simulation.hal.foot_switches[foot].is_on = True
        self.ticks(back)

    @rule(ticks=st.sampled_from([1, 37, 160, 700, 1_500]))
    def wait(self, ticks):
        self.ticks(ticks)

    @precondition(lambda self: self.simulation.app.session.state == states.PAUSED)
    @rule(pause=st.integers(0, 300))
    def resume(self, pause):
        self.press("start", pause=pause)

    def teardown(self):
        """STOP ends every session, from wherever it is."""
        if not hasattr(self, "check"):
            return
        if self.simulation.app.session.state in MOVING:
            self.press("stop", pause=0)
        for _ in range(25 * TICKS_PER_S):
            if self.simulation.is_over:
                break
            self.ticks(1)
        if self.simulation.app.session.state == states.DONE:
            assert self.check.run_out() == ""


TestPressMachine = PressMachine.TestCase
_max = settings().max_examples
TestPressMachine.settings = settings(
    max_examples=EXAMPLES if _max == USUAL_EXAMPLES else _max, stateful_step_count=STEPS
)


@pytest.mark.parametrize("case", plan_of((), ("average", "sensitive"), 1, presses=SESSIONS), ids=lambda case: case.key)
def test_a_session_of_random_presses_has_no_fault_and_ends_as_it_should(case):
    row = run_case(case)
    assert case.phase == RANDOM_PRESSES
    assert (row["trips"], row["wrong"]) == ("", "")


def test_a_quick_campaign_has_its_share_of_random_presses():
    assert PRESSES_QUICK >= SESSIONS
