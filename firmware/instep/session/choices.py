"""The levels of the next session, which the person may also change while it runs."""

from instep.axes import HIGH, LEFT, SOLE_PRESS, TICKS_PER_S
from instep.levels import (
    BALANCE_DEFAULT,
    BALANCE_MAX,
    FEET_BOTH,
    FEET_MASKS,
    FORCE_BELOW_PERMILLE,
    FORCE_PERMILLE,
    GENTLE_INTENSITY,
    GENTLE_MINUTES,
    GENTLE_PACE,
    GENTLE_PRESS_MAX_MN,
    HEAT_CENTI_C,
    HEAT_MAX,
    HEAT_OFF,
    INTENSITY_DEFAULT,
    INTENSITY_MAX,
    INTENSITY_MIN,
    MINUTES,
    MINUTES_DEFAULT,
    PACE_DEFAULT,
    PACE_MAX,
    PACE_MIN,
    PACE_PERMILLE,
    SOUND_ALL,
)

# What a gentle session has refused last, and for how long the display says so.
REFUSED_NOTHING, REFUSED_FIRMER, REFUSED_HEAT, REFUSED_MORE = range(4)
_REFUSED_TICKS = 4 * TICKS_PER_S


class Choices:
    """The levels in effect; in a gentle session (`is_gentle`) screening has lowered them.

    `own_intensity`, `own_pace`, `own_heat` and `own_minutes` are the person's own choices from before the screening.
    `refused` is what a gentle session has just refused, a REFUSED_.
    """

    def __init__(self) -> None:
        self.intensity = INTENSITY_DEFAULT
        self.pace = PACE_DEFAULT
        self.heat = HEAT_OFF
        self.minutes = MINUTES_DEFAULT
        self.feet = FEET_BOTH
        self.balance = BALANCE_DEFAULT
        self.sound = SOUND_ALL
        self.is_gentle = False
        self.refused = REFUSED_NOTHING
        self._refused_ticks = 0
        self.remember()

    def tick(self) -> None:
        """Advance by one tick: a refusal is shown for some seconds."""
        if self._refused_ticks:
            self._refused_ticks -= 1
            if not self._refused_ticks:
                self.refused = REFUSED_NOTHING

    def remember(self) -> None:
        """Note the person's own choices for `recover`."""
        self.own_intensity = self.intensity
        self.own_pace = self.pace
        self.own_heat = self.heat
        self.own_minutes = self.minutes

    def recover(self) -> None:
        """Undo `soften`: the next session asks the questions again."""
        self.is_gentle = False
        self.refused = REFUSED_NOTHING
        self.intensity = self.own_intensity
        self.pace = self.own_pace
        self.heat = self.own_heat
        self.minutes = self.own_minutes

    def soften(self) -> None:
        """Lower the levels to those allowed for feet that need care."""
        self.is_gentle = True
        self.intensity = min(self.intensity, GENTLE_INTENSITY)
        self.pace = GENTLE_PACE
        self.heat = HEAT_OFF
        self.minutes = min(self.minutes, GENTLE_MINUTES)

    def step_intensity(self, step: int) -> None:
        """Raise or lower the intensity by one level, within 1..5; a gentle session ends at 3."""
        maximum = GENTLE_INTENSITY if self.is_gentle else INTENSITY_MAX
        if self.is_gentle and self.intensity + step > maximum:
            self._refuse(REFUSED_FIRMER)
        self.intensity = max(INTENSITY_MIN, min(maximum, self.intensity + step))

    def step_heat(self) -> None:
        """Select the next heat level: off, low, medium, high, off; a gentle session stays off."""
        if self.is_gentle:
            self._refuse(REFUSED_HEAT)
        else:
            self.heat = (self.heat + 1) % (HEAT_MAX + 1)

    def step_minutes(self, step: int) -> None:
        """Choose the next longer or shorter time; a gentle session ends at 10 minutes."""
        index = 0
        while MINUTES[index] < self.minutes:
            index += 1
        minutes = MINUTES[max(0, min(len(MINUTES) - 1, index + step))]
        if self.is_gentle and minutes > GENTLE_MINUTES:
            self._refuse(REFUSED_MORE)
        else:
            self.minutes = minutes

    def step_pace(self, step: int) -> None:
        """Choose the next faster or slower pace; a gentle session stays slow."""
        pace = max(PACE_MIN, min(PACE_MAX, self.pace + step))
        if self.is_gentle and pace > GENTLE_PACE:
            self._refuse(REFUSED_MORE)
        else:
            self.pace = pace

    def step_feet(self, step: int) -> None:
        """Choose the next feet: left, right, both."""
        self.feet = max(0, min(FEET_BOTH, self.feet + step))

    def step_balance(self, step: int) -> None:
        """Give the left foot (+1) or the right one (-1) a step of intensity less than now."""
        self.balance = max(-BALANCE_MAX, min(BALANCE_MAX, self.balance + step))

    def step_sound(self, step: int) -> None:
        """Choose the next sound: faults only, all."""
        self.sound = max(0, min(SOUND_ALL, self.sound + step))

    def less(self, foot: int) -> int:
        """Return the steps of intensity that a foot gets less."""
        return max(0, self.balance if foot == LEFT else -self.balance)

    def _refuse(self, refused: int) -> None:
        """Let the display say why nothing changes."""
        self.refused = refused
        self._refused_ticks = _REFUSED_TICKS

    def feet_mask(self) -> int:
        """Return the feet to massage, bit 0 left, bit 1 right."""
        return FEET_MASKS[self.feet]

    def force_permille(self) -> int:
        """Return the force relative to the program's."""
        return FORCE_PERMILLE[self.intensity - 1]

    def foot_permille(self, foot: int) -> int:
        """Return the force of a foot relative to the program's: less than the other's if the balance says so."""
        level = self.intensity - INTENSITY_MIN - self.less(foot)
        return FORCE_PERMILLE[level] if level >= 0 else FORCE_BELOW_PERMILLE[level]

    def press_max_mn(self) -> int:
        """Return the maximum force setpoint of a roller."""
        return GENTLE_PRESS_MAX_MN if self.is_gentle else HIGH[SOLE_PRESS]

    def pace_permille(self) -> int:
        """Return the speed relative to the program's."""
        return PACE_PERMILLE[self.pace - 1]

    def heat_centi_c(self) -> int:
        """Return the skin-side set point, 0 = off."""
        return HEAT_CENTI_C[self.heat]
