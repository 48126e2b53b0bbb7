"""The arithmetic of a roller's control, as kernels over the roller's state.

All terms are speeds in um per tick, so the gains do not depend on the motor; one division at the end makes a duty of
them. The reference's own speed, its change (for the inertia) and the gear's friction are fed forward; proportional,
damping and integral terms correct the rest.
"""

import micropython
from instep.kernel import ptr32
from instep.units import PERMILLE
from micropython import const

# The greatest speed of a setpoint, 100 mm/s, with room for rounding, um per tick.
STEP_MAX_UM = const(1_050)

# These bounds keep every product inside 30 bits; a sound machine reaches none of them.
_COUNTS_MAX = const(20_000)
_SPEED_MAX = const(20_000)
_ERROR_MAX_UM = const(2_000)
_SLIP_MAX = const(400)  # um per tick between setpoint and roller: one wild count must not throw the roller
_ACCELERATION_MAX = const(50)  # um per tick per tick: 0.5 m/s2, as strokes are eased

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

# A standing reference counts as reached within this. Start value.
SETTLED_UM = 150

# Closing the gap after `off`: a sixteenth a tick, at most 20 mm/s, changing by 0.2 m/s2.
_GAP_SHIFT = const(4)
_GAP_SPEED_MAX = const(200)
_GAP_SPEED_CHANGE = const(20)
_GAP_CLOSED_UM = const(16)

# A stalled winding takes about 7 mA more per permille; folding by an eighth of a permille per mA cannot overshoot.
_FOLD_SHIFT = const(3)
_FOLD_RECOVERY = const(10)

# Places in the state of a roller: lengths in um, speeds in um per tick.
SPEED = 0  # by the encoder
CURRENT = 1  # mA, 0 while the bridge is open
PLACE = 2
COUNTS = 3
RUN = 4  # one of the running states
SETPOINT = 5
STEP = 6  # of the reference, in the last tick
GAP = 7  # setpoint less reference
GAP_SPEED = 8
ERROR = 9  # reference less place
INTEGRAL = 10
REST_TICKS = 11  # ticks in which the reference stood and was reached
DUTY = 12
CEILING = 13  # the greatest duty that the current leaves
NEXT = 14  # step of the reference, in this tick
TRAVEL_UM = 15  # from here on the words are fixed
SCALE = 16  # um per 1024 counts
FULL_SPEED = 17
LIMIT_MA = 18
SIZE = 19
FIXED = 4

# Running states: the first tick after `off` only measures, so that the second knows the speed.
OPEN_LOOP = const(-1)
OFF = const(0)
MEASURED = const(1)
ACTIVE = const(2)
RESTING = const(3)


@micropython.viper
def measure_place(roller: ptr32, counts: int) -> int:
    """Turn counts into place and speed; return the place.

    The product is split so that 20,000 counts of 97 um fit: 625 x 99,328 is 62 million.
    """
    roller[COUNTS] = counts
    if counts > _COUNTS_MAX:
        counts = _COUNTS_MAX
    elif counts < -_COUNTS_MAX:
        counts = -_COUNTS_MAX
    scale = roller[SCALE]
    place_um = ((counts >> 5) * scale + ((counts & 31) * scale >> 5)) >> 5
    speed = place_um - roller[PLACE]
    if speed > _SPEED_MAX:
        speed = _SPEED_MAX
    elif speed < -_SPEED_MAX:
        speed = -_SPEED_MAX
    roller[SPEED] = speed
    roller[PLACE] = place_um
    return place_um


@micropython.viper
def take_setpoint(roller: ptr32, setpoint_um: int) -> int:
    """Take a setpoint; return 1 if the reference simply goes with it, 0 if it rests, wakes, or has a gap or a jump."""
    step = setpoint_um - roller[SETPOINT]
    roller[SETPOINT] = setpoint_um
    roller[NEXT] = step
    if roller[RUN] != ACTIVE or roller[GAP] != 0 or roller[GAP_SPEED] != 0:
        return 0
    if step == 0 or step > STEP_MAX_UM or step < -STEP_MAX_UM:
        return 0
    roller[REST_TICKS] = 0
    return 1


@micropython.viper
def close_gap(roller: ptr32) -> int:
    """Shrink the gap; return by how much."""
    gap = roller[GAP]
    speed = roller[GAP_SPEED]
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
    roller[GAP] = gap - speed
    roller[GAP_SPEED] = speed
    if gap >= -_GAP_CLOSED_UM and gap <= _GAP_CLOSED_UM and speed >= -_GAP_SPEED_CHANGE and speed <= _GAP_SPEED_CHANGE:
        roller[GAP] = roller[GAP_SPEED] = 0
        return gap
    return speed


@micropython.viper
def wanted_speed(roller: ptr32, step: int) -> int:
    """Return the speed to ask of the motor, um per tick, before the integral; 0 brakes where a reference rests.

    The largest sum is 128 x 2,000 + 384 x 400 + 1,024 x 50: 0.5 million.
    """
    acceleration = step - roller[STEP]
    roller[STEP] = step
    error = roller[SETPOINT] - roller[PLACE] - roller[GAP]
    roller[ERROR] = error
    if step == 0 and error >= -SETTLED_UM and error <= SETTLED_UM:
        roller[ERROR] = 0
        return 0
    if acceleration > _ACCELERATION_MAX:
        acceleration = _ACCELERATION_MAX
    elif acceleration < -_ACCELERATION_MAX:
        acceleration = -_ACCELERATION_MAX
    slip = step - roller[SPEED]
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
    wanted = step + (wanted >> _SHIFT) + (roller[INTEGRAL] >> _INTEGRAL_SHIFT)
    return wanted + (_FRICTION if step > 0 or (step == 0 and error > 0) else -_FRICTION)


@micropython.viper
def wind_up(roller: ptr32, wanted: int) -> int:
    """Integrate an error in the range of normal tracking; return the duty for the wanted speed.

    At its limit the bridge can give no more in that direction, and nothing is added. The largest product is a speed
    below 4,000 x 1000: 4 million.
    """
    error = roller[ERROR]
    full_speed = roller[FULL_SPEED]
    maximum = roller[CEILING] * full_speed // PERMILLE
    is_tracking = error != 0 and error >= -_INTEGRAL_ERROR_MAX_UM and error <= _INTEGRAL_ERROR_MAX_UM
    is_limited = (wanted >= maximum and error > 0) or (wanted + maximum <= 0 and error < 0)
    if is_tracking and not is_limited:
        integral = roller[INTEGRAL]
        if (integral ^ error) < 0:
            error *= _UNWIND
        integral += error
        if integral > _INTEGRAL_MAX:
            integral = _INTEGRAL_MAX
        elif integral < -_INTEGRAL_MAX:
            integral = -_INTEGRAL_MAX
        roller[INTEGRAL] = integral
    return wanted * PERMILLE // full_speed


@micropython.viper
def limit_duty(roller: ptr32, duty: int, current_ma: int) -> int:
    """Return the duty under its ceiling: lower while the current is over its limit, recovering slowly after."""
    roller[CURRENT] = current_ma
    over_ma = current_ma - roller[LIMIT_MA]
    if over_ma > 0:
        size = roller[DUTY] if roller[DUTY] > 0 else -roller[DUTY]
        ceiling = size - 1 - (over_ma >> _FOLD_SHIFT)
        roller[CEILING] = ceiling if ceiling > 0 else 0
    elif roller[CEILING] < PERMILLE:
        ceiling = roller[CEILING] + _FOLD_RECOVERY
        roller[CEILING] = ceiling if ceiling < PERMILLE else PERMILLE
    if duty > roller[CEILING]:
        duty = roller[CEILING]
    elif duty < -roller[CEILING]:
        duty = -roller[CEILING]
    roller[DUTY] = duty
    return duty
