"""Whatever is pressed, nothing moves or heats outside a session, and nothing ever leaves its limits."""

from hypothesis import given, settings
from hypothesis import strategies as st

from instep import user_events
from instep.axes import AXES, AXES_PER_FOOT, HIGH, HOME, LOW, RATE_PER_TICK, SOLE_PRESS, TOP_PRESS
from instep.guard.faults import NO_FAULT
from instep.session import states
from instep.session.screening import PASSED, PASSED_GENTLE
from sim.answers import CAREFUL, HEALTHY
from tests.scenarios.machine import is_powered_off, simulate

GENTLE_MAX_MN = 10_000
PRESSES_AT = [foot * AXES_PER_FOOT + axis for foot in range(2) for axis in (TOP_PRESS, SOLE_PRESS)]
OUTSIDE = (states.IDLE, states.SCREENING, states.REFUSED, states.DONE, states.FAULT, states.OFF)
BUTTONS = [1 << bit for bit in range(len(user_events.NAMES))]
# Pressed one after the other, these pass the screening.
PASSING = [(user_events.START, *answers) for answers in (HEALTHY, CAREFUL)]
ONE = st.tuples(st.sampled_from(BUTTONS)).map(tuple)
PRESSES = st.lists(
    st.tuples(st.one_of(ONE, st.sampled_from(PASSING)), st.sampled_from([0, 5, 60, 200, 1_300])),
    max_size=12,
)


class Watch:
    """A machine without a person; every tick is checked."""

    def __init__(self):
        self.simulation = simulate("demo")
        self.app = self.simulation.app
        self.setpoints = list(self.app.scheduler.setpoints)

    def tick(self):
        simulation = self.simulation
        self.app.tick()
        self.app.slack()
        simulation.hal.pass_tick()
        simulation.plant.step(True, True)
        assert self.app.guard.fault == NO_FAULT
        self._check_setpoints()
        state = self.app.session.state
        if state in OUTSIDE:
            assert is_powered_off(simulation)
            assert not simulation.plant.commands.relay[0]
            assert self.setpoints == list(HOME * 2)
        else:
            self._check_screened()

    def _check_screened(self):
        """Nobody gets here without the screening, and not to heat or force if they need care."""
        verdict = self.app.session.status.screening.verdict
        assert verdict in (PASSED, PASSED_GENTLE)
        if verdict == PASSED_GENTLE:
            assert not any(self.simulation.plant.commands.heat)
            assert max(self.setpoints[axis] for axis in PRESSES_AT) <= GENTLE_MAX_MN

    def hold(self, mask, ticks):
        self.simulation.hal.buttons.held = mask
        for _ in range(ticks):
            self.tick()

    def _check_setpoints(self):
        now = list(self.app.scheduler.setpoints)
        for index in range(AXES):
            axis = index % AXES_PER_FOOT
            assert LOW[axis] <= now[index] <= HIGH[axis]
            assert abs(now[index] - self.setpoints[index]) <= RATE_PER_TICK[axis]
        self.setpoints = now


@settings(max_examples=40)
@given(PRESSES)
def test_random_buttons_move_nothing_outside_a_session(presses):
    watch = Watch()
    watch.hold(0, 5)
    for buttons, wait in presses:
        for button in buttons:
            watch.hold(button, 4)
            watch.hold(0, 4)
        watch.hold(0, wait)
    watch.hold(user_events.STOP, 3)
    watch.hold(0, 600)
    assert watch.app.session.state in (states.IDLE, states.DONE, states.REFUSED)
