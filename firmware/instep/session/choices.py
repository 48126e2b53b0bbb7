"""The levels of the next session, which the person may also change while it runs."""

from instep.axes import HIGH, SOLE_PRESS
from instep.levels import (
    FEET_MASKS,
    FORCE_PERMILLE,
    GENTLE_MINUTES,
    GENTLE_PACE,
    GENTLE_PRESS_MAX_MN,
    HEAT_CENTI_C,
    HEAT_MAX,
    HEAT_OFF,
    INTENSITY_DEFAULT,
    INTENSITY_MAX,
    INTENSITY_MIN,
    MINUTES_DEFAULT,
    PACE_DEFAULT,
    PACE_PERMILLE,
)

BOTH_FEET = 2


class Choices:
    """The levels in effect; in a gentle session (`is_gentle`) screening has lowered them.

    `own_pace`, `own_heat` and `own_minutes` are the person's own choices from before the screening.
    """

    def __init__(self) -> None:
        self.intensity = INTENSITY_DEFAULT
        self.pace = PACE_DEFAULT
        self.heat = HEAT_OFF
        self.minutes = MINUTES_DEFAULT
        self.feet = BOTH_FEET
        self.is_gentle = False
        self.remember()

    def remember(self) -> None:
        """Note the person's own choices for `recover`."""
        self.own_pace = self.pace
        self.own_heat = self.heat
        self.own_minutes = self.minutes

    def recover(self) -> None:
        """Undo `soften`: the next session asks the questions again."""
        self.is_gentle = False
        self.pace = self.own_pace
        self.heat = self.own_heat
        self.minutes = self.own_minutes

    def soften(self) -> None:
        """Lower the levels to those allowed for feet that need care."""
        self.is_gentle = True
        self.pace = GENTLE_PACE
        self.heat = HEAT_OFF
        self.minutes = min(self.minutes, GENTLE_MINUTES)

    def step_intensity(self, step: int) -> None:
        """Raise or lower the intensity by one level, within 1..5."""
        self.intensity = max(INTENSITY_MIN, min(INTENSITY_MAX, self.intensity + step))

    def step_heat(self) -> None:
        """Select the next heat level: off, low, medium, high, off; a gentle session stays off."""
        self.heat = HEAT_OFF if self.is_gentle else (self.heat + 1) % (HEAT_MAX + 1)

    def feet_mask(self) -> int:
        """Return the feet to massage, bit 0 left, bit 1 right."""
        return FEET_MASKS[self.feet]

    def force_permille(self) -> int:
        """Return the force relative to the program's."""
        return FORCE_PERMILLE[self.intensity - 1]

    def press_max_mn(self) -> int:
        """Return the maximum force setpoint of a roller."""
        return GENTLE_PRESS_MAX_MN if self.is_gentle else HIGH[SOLE_PRESS]

    def pace_permille(self) -> int:
        """Return the speed relative to the program's."""
        return PACE_PERMILLE[self.pace - 1]

    def heat_centi_c(self) -> int:
        """Return the skin-side set point, 0 = off."""
        return HEAT_CENTI_C[self.heat]
