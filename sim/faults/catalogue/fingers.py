"""A finger or toe in the way of a roller."""

from sim.faults.fault import LIFT_LATCHED, ROLLER, Fault, Value

# Why the campaign leaves these out unless they are named.
_UNJUDGED = (
    "noticed early, but a roller has the inertia of 31 kg: lifted, at 100 mm/s on its way to the heel, it meets a "
    "finger of 10 N/mm with 74 N and one of 30 N/mm with 122 N; up to 45 mm/s none of them feels 60 N"
)

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
