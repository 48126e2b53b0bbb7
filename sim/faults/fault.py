"""The form of a fault in the catalogue."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

# Expected reactions; `expected_reactions.py` judges them. Safe: motors coast, presses lift, heaters off, relay open,
# latched.
SAFE = "safe"
LET_GO = "let_go"  # as safe; or the session pauses with lifted presses, and says that a foot seems to have moved
SAFE_OR_SAYS_WHY = "safe_or_says_why"  # as let go; a press that is stuck stays where it is, and the display says so
OUTPUTS_OFF = "outputs_off"  # the session lets the feet go and ends as stopped; the relay is closed on the way home
OUTPUTS_SAFE = "outputs_safe"  # as safe, by the hardware alone: no firmware runs that could latch
POWER_OFF = "power_off"  # the relay's own contact opens, whatever is commanded, and everything is made safe after it
PAUSE = "pause"  # presses lift, rollers stop, the session can go on
STAY_PAUSED = "stays_paused"  # the same, until a person presses START again
HEAT_OFF = "heat_off"  # the session goes on without heat; the display says so
HEAT_OFF_LATCHED = "heat_off_latched"
NO_HEAT = "no_heat"  # heaters off, with a notice or a fault: which one depends on what is seen first
LIFT_LATCHED = "lift_back_off_latched"
NO_SESSION = "no_session"
REFUSE_LOAD = "refuse_load"
IGNORE = "ignore"

# No part in contact with skin may be warmer for a moment; for longer than 10 s, 43 °C is the limit (IEC 60601-1).
SKIN_MAX_C = 43.0
SKIN_EVER_C = 45.0

# Where a fault acts: for FOOT, `left` or `right` chooses; for ROLLER also `top` or `sole`.
MACHINE, FOOT, ROLLER = "machine", "foot", "roller"


@dataclass(frozen=True)
class Value:
    """The figure that a fault can be given: what it is with its unit, its range, and its default."""

    what: str
    low: float
    high: float
    default: float


@dataclass(frozen=True)
class Fault:
    """Describe one fault of the simulator; everything about it but the code of its effect stands here.

    effect: module and class below `sim.faults.effects`, imported on injection only, because it loads the plant.
    scope: MACHINE, FOOT or ROLLER. danger: the sentence in `instep faults`.
    budget_ms: from showing to reaction, None = no reaction may come. budget_why: what a part adds to the guard's time.
    reaction: the expected one, a constant above. expects: the firmware's accepted names for it, empty = none.
    example: a text that `parse` accepts.
    severity: what 0 and 1 mean, "" = the fault has no degrees. value: the figure that can be given, None = none.
    lasts_s: how long a campaign lets it be there, None = to the end.
    watch_s: how long it waits for the fault to show, which may need movement or heat.
    is_wiring: somebody makes it while the machine is built or mended, so it is there before a session.
    is_slow: it takes minutes to hurt, so a campaign waits longer, in a few phases.
    skin_max_c: the skin side may never be warmer, whatever was noticed; None = the fault heats from outside.
    felt_max_ms: a roller may press harder than its set point allows for so long, None = a press that is stuck may.
    unjudged: why a campaign leaves it out unless it is named, "" = the guard has to notice it.
    """

    name: str
    effect: str
    scope: str
    danger: str
    budget_ms: int | None
    reaction: str
    expects: tuple[str, ...]
    example: str
    severity: str = ""
    value: Value | None = None
    lasts_s: float | None = None
    watch_s: float = 30.0
    is_wiring: bool = False
    is_slow: bool = False
    skin_max_c: float | None = SKIN_EVER_C
    felt_max_ms: int | None = None
    unjudged: str = ""
    budget_why: str = ""

    @property
    def comes_before_session(self) -> bool:
        """Return True if self-test or loading have to find it, or if it is a mistake in the wiring."""
        return self.is_wiring or self.reaction in (NO_SESSION, REFUSE_LOAD)

    def effect_class(self) -> Any:
        """Import and return the class of the effect, a subclass of `effects.effect.Effect`."""
        module, _, name = self.effect.partition(".")
        return getattr(import_module(f"sim.faults.effects.{module}"), name)
