"""Position control of one roller: setpoint and encoder in, duty of the H-bridge out.

All terms are speeds in um per tick, so the gains do not depend on the motor; one division at the end makes a duty of
them. The setpoint's own speed, its change (for the inertia) and the gear's friction are fed forward; proportional,
damping and integral terms correct the rest. Where setpoint and roller rest together the bridge opens: the gear holds
the place, no current flows and a tick costs next to nothing.

After `off` the reference starts from the roller's own place and motion and closes the gap to the setpoint gently;
a setpoint that jumps is met the same way. Such a reference brakes before the ends of the travel, wherever its
setpoint is by then: a roller that was let go at full speed near its home is not driven against its stop.
"""

from instep.units import PERMILLE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.calibration import Calibration
    from instep.hal.interface import Encoder, Motor


# These bounds keep every product inside 30 bits; a sound machine reaches none of them.
_COUNTS_MAX = const(20_000)
_SPEED_MAX = const(20_000)
_ERROR_MAX_UM = const(2_000)
_SLIP_MAX = const(400)  # um per tick between setpoint and roller: one wild count must not throw the roller
_ACCELERATION_MAX = const(50)  # um per tick per tick: 0.5 m/s2, as strokes are eased
_STEP_MAX_UM = const(1_050)  # the greatest speed of a setpoint, 100 mm/s, with room for rounding

# Gains, in 256ths of um per tick. Start values, tuned on the simulated gearmotor (time constant 45 ms = 4.5 ticks).
_SHIFT = const(8)
_PROPORTIONAL = const(128)  # 1 mm of error asks for 50 mm/s
_DAMPING = const(384)  # of the setpoint's speed less the roller's
_INERTIA = const(1_024)  # of the setpoint's acceleration; the time constant less the damping's share
_FRICTION = const(90)  # um per tick that the friction of an unloaded gear costs
_INTEGRAL_SHIFT = const(6)  # 1 mm of error winds up 16 um per tick in every tick
_INTEGRAL_MAX = const(40_000)  # 62 mm/s: friction under 35 N and a supply of 10.5 V take half of it
_INTEGRAL_ERROR_MAX_UM = const(1_000)  # beyond it a roller is held or thrown, and must not wind up
_UNWIND = const(4)  # faster against a changed sign, or what a long stroke wound up would overshoot its end

# Rest is left at a wider error than it is entered, so that a roller never hunts.
_SETTLED_UM = const(150)
_WAKE_UM = const(250)
_REST_TICKS = const(3)

# Closing the gap after `off`: a sixteenth a tick, at most 20 mm/s, changing by 0.2 m/s2.
_GAP_SHIFT = const(4)
_GAP_SPEED_MAX = const(200)
_GAP_SPEED_CHANGE = const(20)
_GAP_CLOSED_UM = const(16)
# Twice the braking of that reference at an end of the travel, um per tick per tick: 0.5 m/s2, as strokes are eased.
_BRAKING_TWICE = const(100)

# A stalled winding takes about 7 mA more per permille; folding by an eighth of a permille per mA cannot overshoot.
_FOLD_SHIFT = const(3)
_FOLD_RECOVERY = const(10)

# Running states: the first tick after `off` only measures, so that the second knows the speed.
_OPEN_LOOP = const(-1)
_OFF = const(0)
_MEASURED = const(1)
_ACTIVE = const(2)
_RESTING = const(3)


class Roller:
    """Drive one roller; the public attributes are the last tick's readings and output.

    position_um and error_um (setpoint less position) are from the encoder, speed_um_per_tick its change, current_ma
    the size of the bridge's current (0 while the bridge is open), duty_permille -1000..1000.
    """

    def __init__(self, motor: "Motor", encoder: "Encoder", calibration: "Calibration", travel_um: int) -> None:
        self._motor = motor
        self._encoder = encoder
        self._travel_um = travel_um
        self._um_per_1024_counts = calibration.um_per_1024_counts
        self._full_speed = calibration.full_speed_um_per_tick
        self._limit_ma = calibration.motor_limit_ma
        self._setpoint = 0
        self._gap = 0
        self._gap_speed = 0
        self._step = 0
        self._state = _OPEN_LOOP
        self.zero()

    def zero(self) -> None:
        """Take the present place as 0 um and open the bridge."""
        self._zero_counts = self._encoder.read_counts()
        self._counts = 0
        self.position_um = 0
        self.speed_um_per_tick = 0
        self.error_um = 0
        self.off()

    def off(self) -> None:
        """Open the bridge and reset the integral; the next tick resumes without a jump."""
        if self._state == _OFF:
            self._motor.coast()
            return
        self._state = _OFF
        self._ceiling = PERMILLE
        self._let_go()

    def tick(self, setpoint_um: int) -> None:
        """Follow `setpoint_um`: within the travel, at most 100 mm/s and 0.5 m/s2; once every 10 ms."""
        counts = self._encoder.read_counts() - self._zero_counts
        if self._state == _RESTING and counts == self._counts and setpoint_um == self._setpoint:
            self.speed_um_per_tick = 0
            return
        self._measure(counts)
        self.error_um = error = setpoint_um - self.position_um
        if self._state < _ACTIVE:
            self._wake(setpoint_um)
            return
        step = setpoint_um - self._setpoint
        self._setpoint = setpoint_um
        gap = self._gap
        if gap or self._gap_speed or not -_STEP_MAX_UM <= step <= _STEP_MAX_UM:
            step = self._follow(step)
            gap = self._gap
        acceleration = step - self._step
        self._step = step
        if step or gap:
            self._rest_ticks = 0
            self._state = _ACTIVE
        elif self._rests(error):
            return
        self._give(self._wanted_speed(step, acceleration, error - gap) * PERMILLE // self._full_speed)

    def drive_open_loop(self, duty_permille: int) -> None:
        """Give -1000..1000 permille under the current's limit, without a setpoint; `off` or `tick` end it."""
        self._state = _OPEN_LOOP
        self._measure(self._encoder.read_counts() - self._zero_counts)
        self._give(duty_permille)

    def _measure(self, counts: int) -> None:
        """Turn counts into place and speed; the product is split so that 20000 counts of 97 um fit."""
        self._counts = counts
        if counts > _COUNTS_MAX:
            counts = _COUNTS_MAX
        elif counts < -_COUNTS_MAX:
            counts = -_COUNTS_MAX
        scale = self._um_per_1024_counts
        position_um = ((counts >> 5) * scale + ((counts & 31) * scale >> 5)) >> 5
        speed = position_um - self.position_um
        if speed > _SPEED_MAX:
            speed = _SPEED_MAX
        elif speed < -_SPEED_MAX:
            speed = -_SPEED_MAX
        self.speed_um_per_tick = speed
        self.position_um = position_um

    def _wake(self, setpoint_um: int) -> None:
        """Leave `off` in two ticks: measure the position, then start from it and the speed once both are plausible."""
        self._setpoint = setpoint_um
        is_thrown = not -_STEP_MAX_UM <= self.speed_um_per_tick <= _STEP_MAX_UM
        if self._state <= _OFF or is_thrown:
            self._state = _MEASURED
            self.speed_um_per_tick = 0
            self._let_go()
            return
        self._gap = self.error_um
        self._gap_speed = self._step = self.speed_um_per_tick
        self._state = _ACTIVE

    def _follow(self, step: int) -> int:
        """Move the reference (setpoint less gap), whose setpoint has made a step, and return its own."""
        if not -_STEP_MAX_UM <= step <= _STEP_MAX_UM:
            steady = self._step - self._gap_speed
            self._gap += step - steady
            step = steady
        if self._gap or self._gap_speed:
            step += self._close_gap()
        return self._inside(step)

    def _inside(self, step: int) -> int:
        """Return the reference's step, or the longest with which it still stops inside the travel."""
        from_um = self._setpoint - self._gap - step
        way_um = from_um if step < 0 else self._travel_um - from_um
        if way_um < 0:
            way_um = 0
        shorter = step
        while shorter * shorter > _BRAKING_TWICE * way_um:
            shorter -= (shorter >> 3) or 1
        if shorter != step:
            self._gap += step - shorter
            self._gap_speed += shorter - step
        return shorter

    def _close_gap(self) -> int:
        """Shrink the gap and return by how much."""
        gap = self._gap
        speed = self._gap_speed
        change = gap >> _GAP_SHIFT
        if change > _GAP_SPEED_MAX:
            change = _GAP_SPEED_MAX
        elif change < -_GAP_SPEED_MAX:
            change = -_GAP_SPEED_MAX
        change -= speed
        if change > _GAP_SPEED_CHANGE:
            change = _GAP_SPEED_CHANGE
        elif change < -_GAP_SPEED_CHANGE:
            change = -_GAP_SPEED_CHANGE
        speed += change
        if -_GAP_CLOSED_UM <= gap <= _GAP_CLOSED_UM and -_GAP_SPEED_CHANGE <= speed <= _GAP_SPEED_CHANGE:
            self._gap = self._gap_speed = 0
            return gap
        self._gap = gap - speed
        self._gap_speed = speed
        return speed

    def _rests(self, error: int) -> bool:
        """Open the bridge once a standing setpoint is reached, and keep it open until they part."""
        is_resting = self._state == _RESTING
        bound = _WAKE_UM if is_resting else _SETTLED_UM
        if not -bound <= error <= bound:
            self._rest_ticks = 0
            self._state = _ACTIVE
            return False
        if is_resting:
            return True
        self._rest_ticks += 1
        if self._rest_ticks < _REST_TICKS:
            return False
        self._state = _RESTING
        self._let_go()
        return True

    def _let_go(self) -> None:
        """Open the bridge and reset the control."""
        self._motor.coast()
        self.duty_permille = 0
        self.current_ma = 0
        self._integral = 0
        self._rest_ticks = 0

    def _wanted_speed(self, step: int, acceleration: int, error: int) -> int:
        """Return the speed to ask of the motor, um per tick; 0 (which brakes) where a resting setpoint is reached.

        Clamps are written out: a call costs the chip 12 us, this runs in every tick of a moving roller.
        """
        if step == 0 and -_SETTLED_UM <= error <= _SETTLED_UM:
            return 0
        if acceleration > _ACCELERATION_MAX:
            acceleration = _ACCELERATION_MAX
        elif acceleration < -_ACCELERATION_MAX:
            acceleration = -_ACCELERATION_MAX
        slip = step - self.speed_um_per_tick
        if slip > _SLIP_MAX:
            slip = _SLIP_MAX
        elif slip < -_SLIP_MAX:
            slip = -_SLIP_MAX
        pull = error
        if pull > _ERROR_MAX_UM:
            pull = _ERROR_MAX_UM
        elif pull < -_ERROR_MAX_UM:
            pull = -_ERROR_MAX_UM
        wanted = _PROPORTIONAL * pull + _DAMPING * slip + _INERTIA * acceleration
        wanted = step + (wanted >> _SHIFT) + (self._integral >> _INTEGRAL_SHIFT)
        wanted += _FRICTION if step > 0 or (step == 0 and error > 0) else -_FRICTION
        if error and -_INTEGRAL_ERROR_MAX_UM <= error <= _INTEGRAL_ERROR_MAX_UM:
            self._wind_up(error, wanted)
        return wanted

    def _wind_up(self, error: int, wanted: int) -> None:
        """Integrate an error in the range of normal tracking, unless the bridge is at its limit in that direction."""
        maximum = self._ceiling * self._full_speed // PERMILLE
        if (wanted >= maximum and error > 0) or (wanted <= -maximum and error < 0):
            return
        integral = self._integral
        if (integral ^ error) < 0:
            error *= _UNWIND
        integral += error
        if integral > _INTEGRAL_MAX:
            integral = _INTEGRAL_MAX
        elif integral < -_INTEGRAL_MAX:
            integral = -_INTEGRAL_MAX
        self._integral = integral

    def _give(self, duty: int) -> None:
        """Set a duty, under the ceiling that the current leaves."""
        self.current_ma = current_ma = self._motor.read_ma()
        ceiling = self._ceiling
        if current_ma > self._limit_ma or ceiling < PERMILLE:
            self._ceiling = ceiling = self._fold(ceiling, current_ma - self._limit_ma)
        if duty > ceiling:
            duty = ceiling
        elif duty < -ceiling:
            duty = -ceiling
        self.duty_permille = duty
        self._motor.set_duty_permille(duty)

    def _fold(self, ceiling: int, over_ma: int) -> int:
        """Return the greatest duty: lower while the current is over its limit, recovering slowly after."""
        if over_ma <= 0:
            return min(ceiling + _FOLD_RECOVERY, PERMILLE)
        duty = self.duty_permille
        return max(0, (duty if duty > 0 else -duty) - 1 - (over_ma >> _FOLD_SHIFT))
