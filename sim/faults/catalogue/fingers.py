"""A finger or toe in the way of a roller."""

from sim.faults.fault import LIFT_LATCHED, ROLLER, Fault, Value

# Why the campaign leaves these out unless they are named.
_UNJUDGED = "the guard does not limit the energy of a roller yet"

ENTRIES = (
    Fault(
        name="finger_in_track",
        effect="fingers.FingerInTrack",
        scope=ROLLER,
        danger="finger or foot trapped",
        budget_ms=200,
        reaction=LIFT_LATCHED,
        expects=("roller_blocked",),
        example="finger_in_track@sole,left,sole,value=10",
        value=Value("N/mm", 1, 100, 10),
        unjudged=_UNJUDGED,
    ),
)
