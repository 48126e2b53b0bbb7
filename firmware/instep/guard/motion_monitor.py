"""Watch one roller: held, without measured motion, moving the wrong way or by itself, or driven without a duty.

Encoder and current are read from the hardware layer, the duty from the drive. The current tells a held roller from a
lost encoder, and tells of a finger: a roller that has come to its speed needs little more until something is met.
Each tick is judged by three kernels: the speed against the duty, the load of a driven roller, and of one at speed.
"""

import micropython
from instep.drive.roller_kernels import ACTIVE, ERROR, RUN, SCALE, STEP
from instep.guard import limits
from instep.guard.faults import (
    FAULT_ENCODER_LOST,
    FAULT_ENCODER_REVERSED,
    FAULT_OUTPUTS_STUCK,
    FAULT_ROLLER_BLOCKED,
    FAULT_ROLLER_RUNAWAY,
    NO_FAULT,
)
from instep.kernel import ptr32
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.roller import Roller
    from instep.hal.calibration import Calibration
    from instep.hal.interface import Encoder, Motor, StateMemory

_COUNTS_PER_SCALE = 1024
_SCALE_SHIFT = const(10)

# Places in the state of a monitor: ticks in a row of each condition; then, fixed, the speeds that count, in counts per
# tick.
_COUNTS = const(0)
_SPEED = const(1)  # without its sign
_AWAY = const(2)
_FAST = const(3)
_LOOSE = const(4)
_AGAINST = const(5)
_STANDING = const(6)
_BLIND = const(7)
_LOADED = const(8)
_LEAKING = const(9)
_CRUISING = const(10)
_MET = const(11)
_FAST_COUNTS = const(12)
_LOOSE_COUNTS = const(13)
_AGAINST_COUNTS = const(14)
_SIZE = const(15)
_FIXED = const(3)


class RollerMonitor:
    """Judge one roller once a tick, with a state from `memory`."""

    def __init__(
        self,
        roller: "Roller",
        motor: "Motor",
        encoder: "Encoder",
        calibration: "Calibration",
        memory: "StateMemory",
    ) -> None:
        self._roller = roller
        self._drive = roller.state
        self._motor = motor
        self._encoder = encoder
        self._state = state = memory.take(_SIZE, _FIXED)
        scale = calibration.um_per_1024_counts
        state[_FAST_COUNTS] = _counts(limits.FAST_TRIP_UM_PER_TICK, scale)
        state[_LOOSE_COUNTS] = _counts(limits.LOOSE_TRIP_UM_PER_TICK, scale)
        state[_AGAINST_COUNTS] = _counts(limits.AGAINST_TRIP_UM_PER_TICK, scale)
        state[_COUNTS] = encoder.read_counts()

    def away(self) -> int:
        """Return the sign of the duty that leads away from what held the roller."""
        return self._state[_AWAY]

    def check(self, may_stand: bool) -> int:
        """Return the fault that this tick completes; `may_stand`: the roller runs against its stop on purpose."""
        duty = self._roller.duty_permille
        fault = judge_speed(self._state, self._encoder.read_counts(), duty)
        if fault != NO_FAULT:
            return fault
        if duty == 0:
            return judge_idle(self._state, self._motor.read_ma(), self._drive[RUN] == ACTIVE)
        blind_ticks = limits.STANDING_TRIP_TICKS if may_stand else limits.BLIND_TRIP_TICKS
        current_ma = self._motor.read_ma()
        fault = judge_load(self._state, self._drive, duty, current_ma, blind_ticks)
        if fault == NO_FAULT:
            return judge_cruise(self._state, self._drive, duty, current_ma)
        return NO_FAULT if fault == FAULT_ROLLER_BLOCKED and may_stand else fault


def _counts(um: int, um_per_1024_counts: int) -> int:
    """Return a distance in counts; it is at least 1 with every allowed calibration."""
    return um * _COUNTS_PER_SCALE // um_per_1024_counts


@micropython.viper
def judge_speed(monitor: ptr32, counts: int, duty: int) -> int:
    """Find motion without the drive, against it, or faster than any stroke; a roller at rest starts again."""
    moved = counts - monitor[_COUNTS]
    monitor[_COUNTS] = counts
    if moved == 0 and duty == 0:
        monitor[_SPEED] = monitor[_FAST] = monitor[_LOOSE] = monitor[_AGAINST] = 0
        monitor[_STANDING] = monitor[_BLIND] = monitor[_LOADED] = 0
        return NO_FAULT
    speed = moved if moved > 0 else 0 - moved
    monitor[_SPEED] = speed
    monitor[_FAST] = monitor[_FAST] + 1 if speed >= monitor[_FAST_COUNTS] else 0
    monitor[_LOOSE] = monitor[_LOOSE] + 1 if duty == 0 and speed >= monitor[_LOOSE_COUNTS] else 0
    is_turned = (duty >= limits.DRIVEN_PERMILLE and moved < 0) or (duty <= -limits.DRIVEN_PERMILLE and moved > 0)
    monitor[_AGAINST] = monitor[_AGAINST] + 1 if is_turned and speed >= monitor[_AGAINST_COUNTS] else 0
    if monitor[_AGAINST] >= limits.AGAINST_TRIP_TICKS:
        return FAULT_ENCODER_REVERSED
    # With a reversed encoder the drive accelerates the roller: it is fast before it is against the drive for long.
    if monitor[_FAST] >= limits.FAST_TRIP_TICKS and monitor[_AGAINST] >= limits.FAST_TRIP_TICKS:
        return FAULT_ENCODER_REVERSED
    if monitor[_FAST] >= limits.FAST_TRIP_TICKS or monitor[_LOOSE] >= limits.LOOSE_TRIP_TICKS:
        return FAULT_ROLLER_RUNAWAY
    return NO_FAULT


@micropython.viper
def judge_idle(monitor: ptr32, current_ma: int, may_brake: int) -> int:
    """Find a current without a duty; `may_brake`: the bridge is not open, and a motor that turns makes its own."""
    # Who starts again has to come to speed again.
    monitor[_CRUISING] = monitor[_MET] = 0
    is_still = may_brake == 0 or monitor[_SPEED] <= limits.STANDING_COUNTS
    is_leaking = current_ma >= limits.IDLE_CURRENT_MA and is_still
    monitor[_LEAKING] = monitor[_LEAKING] + 1 if is_leaking else 0
    return FAULT_OUTPUTS_STUCK if monitor[_LEAKING] >= limits.LEAK_TRIP_TICKS else NO_FAULT


@micropython.viper
def judge_load(monitor: ptr32, roller: ptr32, duty: int, current_ma: int, blind_ticks: int) -> int:
    """Find a driven roller that does not move: the current tells a held roller from a lost encoder.

    One that is to stand, and does so near its setpoint, only works against the friction at rest. The largest product
    is 1000 permille x 5 mA.
    """
    size = duty if duty > 0 else 0 - duty
    is_to_stand = roller[RUN] == ACTIVE and roller[STEP] == 0 and size < limits.SETTLING_PERMILLE
    is_near = roller[ERROR] <= limits.SETTLED_UM and roller[ERROR] >= -limits.SETTLED_UM
    # A roller that creeps has ticks without a duty between those with one: the current that they read is older.
    monitor[_LEAKING] = 0
    monitor[_LOADED] = monitor[_LOADED] + 1 if current_ma >= limits.LOAD_TRIP_MA else 0
    is_standing = monitor[_SPEED] <= limits.STANDING_COUNTS and size >= limits.DRIVEN_PERMILLE
    monitor[_STANDING] = monitor[_STANDING] + 1 if is_standing and not (is_to_stand and is_near) else 0
    is_free = current_ma < size * limits.STALL_MA_PER_PERMILLE
    monitor[_BLIND] = monitor[_BLIND] + 1 if is_free else 0
    has_stood = monitor[_STANDING] >= limits.STANDING_TRIP_TICKS
    if has_stood and monitor[_BLIND] >= blind_ticks:
        return FAULT_ENCODER_LOST
    if monitor[_LOADED] >= limits.LOAD_TRIP_TICKS or (has_stood and not is_free):
        monitor[_AWAY] = -1 if duty > 0 else 1
        return FAULT_ROLLER_BLOCKED
    return NO_FAULT


@micropython.viper
def judge_cruise(monitor: ptr32, roller: ptr32, duty: int, current_ma: int) -> int:
    """Find a load on a roller that follows a setpoint and had come to its speed; products as in `measure_place`.

    One that seems to stand may have lost its encoder, and one that seems to go against its drive has it reversed.
    """
    step_um = roller[STEP]
    size_um = step_um if step_um > 0 else 0 - step_um
    speed_um = monitor[_SPEED] * roller[SCALE] >> _SCALE_SHIFT
    is_driven = roller[RUN] == ACTIVE and step_um * duty > 0 and monitor[_AGAINST] == 0
    if not is_driven or size_um < limits.CRUISE_UM_PER_TICK:
        monitor[_CRUISING] = monitor[_MET] = 0
        return NO_FAULT
    if speed_um >= size_um - (size_um >> 2):
        monitor[_CRUISING] = monitor[_CRUISING] + 1
    is_cruising = monitor[_CRUISING] >= limits.CRUISE_TICKS and monitor[_SPEED] > limits.STANDING_COUNTS
    monitor[_MET] = monitor[_MET] + 1 if is_cruising and current_ma >= limits.MET_MA else 0
    if monitor[_MET] < limits.MET_TICKS:
        return NO_FAULT
    monitor[_AWAY] = -1 if duty > 0 else 1
    return FAULT_ROLLER_BLOCKED
