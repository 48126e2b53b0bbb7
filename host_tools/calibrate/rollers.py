"""Judge the wiring of the rollers: crossed plugs, reversed pairs, and an encoder of another ratio."""

from dataclasses import dataclass, replace

from host_tools.calibrate.nudge import Moved
from instep.axes import TICKS_PER_S
from instep.hal.board import ROLLER_NAMES
from instep.units import PERMILLE, UM_PER_MM

# What a person saw the driven roller do.
AWAY, TOWARD, OTHER, NOTHING = "away", "toward", "other", "nothing"
OPPOSITE = {AWAY: TOWARD, TOWARD: AWAY}

# Slower than 100 permille, from which the guard judges direction and standing; a gear breaks away at 83.
LOOK_PERMILLE = 95
LOOK_S = 0.35
# Two speeds, whose difference does not depend on friction.
SLOW_PERMILLE, QUICK_PERMILLE = 100, 200
SPEED_S = 0.7

# A look moves a roller by some 10 mm; an encoder with a fifth of the counts still shows it.
MOVED_UM = 1_000
# A motor without its plug takes nothing; one that turns takes some 290 mA (boards/reference/roller.toml).
DRIVEN_MA = 100
# Motors are within 10 % in speed (start value); the next usual encoders and gears are further off.
RATIO_MIN, RATIO_MAX = 0.8, 1.25


@dataclass(frozen=True)
class Look:
    """A verdict on one roller's plugs: what to change in the board file, or what is wrong with the plugs."""

    roller: int
    problem: str = ""
    advice: str = ""
    is_motor_reversed: bool = False
    is_encoder_reversed: bool = False

    @property
    def name(self) -> str:
        """Return the roller's name in words."""
        return in_words(self.roller)


def in_words(roller: int) -> str:
    """Return a roller's name as `left top`."""
    return ROLLER_NAMES[roller].replace("_", " ")


def is_silent(moved: Moved) -> bool:
    """Return True if no encoder has counted a movement."""
    return all(abs(travel) < MOVED_UM for travel in moved.travel_um)


def turned_round(moved: Moved) -> Moved:
    """Return a movement toward the toe tips as the one away from them that it stands for."""
    return replace(moved, travel_um=tuple(-travel for travel in moved.travel_um))


def judge_look(roller: int, moved: Moved, saw: str) -> Look:
    """Return the verdict on a roller driven away from the toe tips, from the encoders and from what a person saw."""
    counted = [index for index, travel in enumerate(moved.travel_um) if abs(travel) >= MOVED_UM]
    name = in_words(roller)
    if not counted:
        return _silent(roller, moved, saw)
    if counted != [roller]:
        others = " and ".join(in_words(index) for index in counted if index != roller)
        if roller in counted:
            problem = f"the encoders of {name} and of {others} count together"
            return Look(roller, problem, "Look for a wire that touches another one at the encoder plugs.")
        part = "motor" if saw == OTHER else "encoder"
        return Look(roller, f"its {part} plug and that of {others} are crossed", f"Swap these two {part} plugs.")
    if saw in (OTHER, NOTHING):
        advice = f"Look again. If another roller moves, its motor and encoder plugs are both those of {name}."
        return Look(roller, f"its encoder counts, but {name} was not seen to move", advice)
    is_away, counts_away = saw == AWAY, moved.travel_um[roller] > 0
    return Look(roller, is_motor_reversed=not is_away, is_encoder_reversed=counts_away != is_away)


def _silent(roller: int, moved: Moved, saw: str) -> Look:
    if moved.current_ma < DRIVEN_MA:
        return Look(roller, "its motor takes no current", "Put in the motor's plug, and check its fuse and relay.")
    if saw == NOTHING:
        return Look(roller, "its motor takes current but does not move", "Free the roller; it is held or out of gear.")
    return Look(roller, "no encoder counts its movement", "Check the encoder's plug: supply, ground, A and B.")


def ratio_of(slow: list[Moved], quick: list[Moved], full_speed_mm_s: float, rated_mv: int) -> tuple[float, float]:
    """Return how many times the nominal counts an encoder gives, and the spread of that figure over the repeats.

    Between two duties the speed of an unloaded motor rises by that share of its full speed, whatever its friction.
    """
    ratios = []
    for one, other in zip(slow, quick, strict=True):
        share = (QUICK_PERMILLE - SLOW_PERMILLE) / PERMILLE * other.supply_mv / rated_mv
        ratios.append((abs(other.speed_mm_s) - abs(one.speed_mm_s)) / (share * full_speed_mm_s))
    return sum(ratios) / len(ratios), max(ratios) - min(ratios)


def judge_ratio(roller: int, ratio: float) -> Look:
    """Return the verdict on an encoder's counts."""
    if RATIO_MIN <= ratio <= RATIO_MAX:
        return Look(roller)
    return Look(
        roller,
        f"its encoder counts {ratio:.2f} times what roller.toml says, allowed are {RATIO_MIN} to {RATIO_MAX}",
        "Compare the pulses and the gear ratio on the motor's label with the machine's roller.toml.",
    )


def full_speed_mm_s(um_per_tick: int) -> float:
    """Return a roller's speed at rated voltage without load."""
    return um_per_tick * TICKS_PER_S / UM_PER_MM
