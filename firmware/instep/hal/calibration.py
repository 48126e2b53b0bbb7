"""The figures of one machine that the drives need: names, allowed ranges, nothing else.

The laptop derives the values from the machine's files (`boards/reference/`, `host_tools/machine/calibration.py`); the
board has them in its compiled board file (`board.py`).
"""

from instep.axes import PULSE_MAX_US, PULSE_MIN_US
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.kernel import ptr32

# name, least, greatest. A servo's pulse is zero_us + value * us_per_kilo // 1000, value in the axis's unit
# (press: travel in um).
FIELDS = (
    ("um_per_1024_counts", 1_000, 100_000),  # roller travel per 1024 encoder counts
    ("full_speed_um_per_tick", 500, 10_000),  # roller speed at 1000 ‰ duty without load, um per 10 ms
    ("motor_limit_ma", 500, 7_000),  # the roller drive folds its duty back above this current
    ("spring_mn_per_mm", 200, 5_000),  # rate of the spring between servo and roller
    ("press_travel_max_um", 10_000, 60_000),  # from lifted to the far end
    ("top_contact_um", 1_000, 40_000),  # travel at which the top roller usually meets the foot
    ("sole_contact_um", 1_000, 40_000),  # the same for the sole roller
    ("probe_travel_um", 1_000, 40_000),  # sole roller height at which the light approach meets the heel
    ("probe_offset_um", -20_000, 20_000),  # foot length = roller position at first contact + this
    ("stop_clearance_um", 500, 20_000),  # from a roller's near end stop to its home
    ("press_zero_us", PULSE_MIN_US, PULSE_MAX_US),
    ("press_us_per_kilo", -2_000, 2_000),
    ("select_zero_us", PULSE_MIN_US, PULSE_MAX_US),
    ("select_us_per_kilo", -2_000, 2_000),
    ("reach_zero_us", PULSE_MIN_US, PULSE_MAX_US),
    ("reach_us_per_kilo", -2_000, 2_000),
    ("turn_zero_us", PULSE_MIN_US, PULSE_MAX_US),
    ("turn_us_per_kilo", -10_000, 10_000),
    ("grip_zero_us", PULSE_MIN_US, PULSE_MAX_US),
    ("grip_us_per_kilo", -2_000, 2_000),
    ("hold_zero_us", PULSE_MIN_US, PULSE_MAX_US),
    ("hold_us_per_kilo", -2_000, 2_000),
)

# Places of those that the drives share: they are the last fields, in their order.
PROBE_TRAVEL = const(0)
PROBE_OFFSET = const(1)
STOP_CLEARANCE = const(2)
PRESS_ZERO = const(3)  # the first of a servo's two figures
SELECT_ZERO = const(5)  # and so on for each axis, up to both holds, which are alike
SHARED = const(15)


class Calibration:
    """Hold one validated integer per entry of FIELDS; raise ValueError naming the field and its range."""

    um_per_1024_counts: int
    full_speed_um_per_tick: int
    motor_limit_ma: int
    spring_mn_per_mm: int
    press_travel_max_um: int
    top_contact_um: int
    sole_contact_um: int
    probe_travel_um: int
    probe_offset_um: int
    stop_clearance_um: int
    press_zero_us: int
    press_us_per_kilo: int
    select_zero_us: int
    select_us_per_kilo: int
    reach_zero_us: int
    reach_us_per_kilo: int
    turn_zero_us: int
    turn_us_per_kilo: int
    grip_zero_us: int
    grip_us_per_kilo: int
    hold_zero_us: int
    hold_us_per_kilo: int

    def __init__(self, values: dict[str, int]) -> None:
        for name, minimum, greatest in FIELDS:
            if name not in values:
                raise ValueError("calibration lacks %s (%d to %d)" % (name, minimum, greatest))
            if not minimum <= values[name] <= greatest:
                raise ValueError("%s is %d, allowed %d to %d" % (name, values[name], minimum, greatest))
            setattr(self, name, values[name])

    def share(self, figures: "ptr32") -> None:
        """Set the figures that the drives share."""
        for place in range(SHARED):
            figures[place] = getattr(self, FIELDS[place - SHARED][0])
