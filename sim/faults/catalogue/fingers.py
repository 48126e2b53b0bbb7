"""A finger or toe in the way of a roller."""

from sim.faults.fault import LIFT_LATCHED, ROLLER, Fault, Value

# Why the campaign leaves these out unless they are named.
_UNJUDGED = (
    "a roller has the inertia of 31 kg: lifted, at 100 mm/s on its way home at the end, it meets a finger of 10 N/mm "
    "with 69 N; one that strokes slower than 15 mm/s is noticed after up to 420 ms, with 45 N; one that seeks its "
    "home takes a finger for the stop, with 36 N, and backs off; everywhere else within 200 ms, under 60 N"
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
