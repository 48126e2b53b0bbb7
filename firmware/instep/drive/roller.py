"""Position control of one roller: setpoint and encoder in, duty of the H-bridge out.

What is computed in a tick is in `roller_kernels.py`. Where setpoint and roller rest together the bridge opens: the
gear holds the place, no current flows and a tick costs next to nothing.

After `off` the reference starts from the roller's own place and motion and closes the gap to the setpoint gently;
a setpoint that jumps is met the same way. Such a reference brakes before the ends of the travel, wherever its
setpoint is by then: a roller that was let go at full speed near its home is not driven against its stop.
"""

from instep.drive.roller_kernels import (
    ACTIVE,
    CEILING,
    COUNTS,
    CURRENT,
    DUTY,
    FIXED,
    FULL_SPEED,
    GAP,
    GAP_SPEED,
    INTEGRAL,
    LIMIT_MA,
    MEASURED,
    NEXT,
    OFF,
    OPEN_LOOP,
    PLACE,
    REST_TICKS,
    RESTING,
    RUN,
    SCALE,
    SETPOINT,
    SETTLED_UM,
    SIZE,
    SPEED,
    STEP,
    STEP_MAX_UM,
    TRAVEL_UM,
    close_gap,
    limit_duty,
    measure_place,
    take_setpoint,
    wanted_speed,
    wind_up,
)
from instep.units import PERMILLE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.calibration import Calibration
    from instep.hal.interface import Encoder, Motor, StateMemory

# Twice the braking of a reference at an end of the travel, um per tick per tick: 0.5 m/s2, as strokes are eased.
_BRAKING_TWICE = const(100)

# Rest is left at a wider error than it is entered, so that a roller never hunts.
_WAKE_UM = const(250)
_SETTLE_TICKS = const(3)


class Roller:
    """Drive one roller, with a state from `memory`; SPEED and CURRENT in its `state` are for readers.

    position_um is from the encoder, duty_permille (-1000..1000) the last output.
    """

    def __init__(
        self,
        motor: "Motor",
        encoder: "Encoder",
        calibration: "Calibration",
        travel_um: int,
        memory: "StateMemory",
    ) -> None:
        self._motor = motor
        self._encoder = encoder
        self.state = memory.take(SIZE, FIXED)
        self.state[RUN] = OPEN_LOOP
        self.state[TRAVEL_UM] = travel_um
        self.state[SCALE] = calibration.um_per_1024_counts
        self.state[FULL_SPEED] = calibration.full_speed_um_per_tick
        self.state[LIMIT_MA] = calibration.motor_limit_ma
        self.zero()

    def zero(self) -> None:
        """Take the present place as 0 um and open the bridge."""
        self._zero_counts = self._encoder.read_counts()
        self.state[COUNTS] = self.state[PLACE] = self.state[SPEED] = 0
        self.position_um = 0
        self.off()

    def off(self) -> None:
        """Open the bridge and reset the integral; the next tick resumes without a jump."""
        if self.state[RUN] == OFF:
            self._motor.coast()
            return
        self.state[RUN] = OFF
        self.state[CEILING] = PERMILLE
        self._let_go()

    def tick(self, setpoint_um: int) -> None:
        """Follow `setpoint_um`: within the travel, at most 100 mm/s and 0.5 m/s2; once every 10 ms."""
        state = self.state
        counts = self._encoder.read_counts() - self._zero_counts
        if state[RUN] == RESTING and counts == state[COUNTS] and setpoint_um == state[SETPOINT]:
            state[SPEED] = 0
            return
        self.position_um = measure_place(state, counts)
        if take_setpoint(state, setpoint_um) or self._advance_reference():
            self._give(wind_up(state, wanted_speed(state, state[NEXT])))

    def _advance_reference(self) -> bool:
        """Wake, close a gap, or rest; return True if the bridge is to drive the step of the reference."""
        state = self.state
        step = state[NEXT]
        if state[RUN] < ACTIVE:
            self._wake()
            return False
        if state[GAP] or state[GAP_SPEED] or not -STEP_MAX_UM <= step <= STEP_MAX_UM:
            state[NEXT] = step = self._follow(step)
        if step or state[GAP]:
            state[REST_TICKS] = 0
            state[RUN] = ACTIVE
        elif self._rests(state[SETPOINT] - self.position_um):
            state[STEP] = 0
            return False
        return True

    def drive_open_loop(self, duty_permille: int) -> None:
        """Give -1000..1000 permille under the current's limit, without a setpoint; `off` or `tick` end it."""
        self.state[RUN] = OPEN_LOOP
        self.position_um = measure_place(self.state, self._encoder.read_counts() - self._zero_counts)
        self._give(duty_permille)

    def _wake(self) -> None:
        """Leave `off` in two ticks: measure the position, then start from it and the speed once both are plausible.

        The reference starts with the roller's own speed, also where the setpoint is on its way: it catches up gently.
        """
        state = self.state
        is_thrown = not -STEP_MAX_UM <= state[SPEED] <= STEP_MAX_UM
        if state[RUN] <= OFF or is_thrown:
            state[RUN] = MEASURED
            state[SPEED] = 0
            self._let_go()
            return
        state[GAP] = state[SETPOINT] - state[PLACE]
        state[STEP] = state[SPEED]
        step = state[NEXT]
        state[GAP_SPEED] = state[SPEED] - (step if -STEP_MAX_UM <= step <= STEP_MAX_UM else 0)
        state[RUN] = ACTIVE

    def _follow(self, step: int) -> int:
        """Move the reference (setpoint less gap), whose setpoint has made a step, and return its own."""
        state = self.state
        if not -STEP_MAX_UM <= step <= STEP_MAX_UM:
            steady = state[STEP] - state[GAP_SPEED]
            state[GAP] += step - steady
            step = steady
        if state[GAP] or state[GAP_SPEED]:
            step += close_gap(state)
        return self._inside(step)

    def _inside(self, step: int) -> int:
        """Return the reference's step, or the longest with which it still stops inside the travel."""
        state = self.state
        from_um = state[SETPOINT] - state[GAP] - step
        way_um = from_um if step < 0 else state[TRAVEL_UM] - from_um
        if way_um < 0:
            way_um = 0
        shorter = step
        while shorter * shorter > _BRAKING_TWICE * way_um:
            shorter -= (shorter >> 3) or 1
        if shorter != step:
            state[GAP] += step - shorter
            state[GAP_SPEED] += shorter - step
        return shorter

    def _rests(self, error: int) -> bool:
        """Open the bridge once a standing setpoint is reached, and keep it open until they part."""
        state = self.state
        is_resting = state[RUN] == RESTING
        bound = _WAKE_UM if is_resting else SETTLED_UM
        if not -bound <= error <= bound:
            state[REST_TICKS] = 0
            state[RUN] = ACTIVE
            return False
        if is_resting:
            return True
        state[REST_TICKS] += 1
        if state[REST_TICKS] < _SETTLE_TICKS:
            return False
        state[RUN] = RESTING
        self._let_go()
        return True

    def _let_go(self) -> None:
        """Open the bridge and reset the control."""
        self._motor.coast()
        self.duty_permille = 0
        self.state[DUTY] = self.state[CURRENT] = self.state[INTEGRAL] = self.state[REST_TICKS] = 0

    def _give(self, duty: int) -> None:
        """Set a duty, under the ceiling that the current leaves."""
        self.duty_permille = duty = limit_duty(self.state, duty, self._motor.read_ma())
        self._motor.set_duty_permille(duty)
