"""Faults of the heaters; two of them are within tolerance: weak and slow."""

from sim.faults.fault import FOOT, HEAT_OFF_LATCHED, IGNORE, MACHINE, SAFE, Fault

ENTRIES = (
    Fault(
        name="heater_dead",
        effect="heaters.DeadHeater",
        scope=FOOT,
        danger="heating without a rise",
        budget_ms=60_000,
        reaction=HEAT_OFF_LATCHED,
        expects=("heat_without_rise",),
        example="heater_dead@warm,left",
    ),
    Fault(
        name="heater_stuck_on",
        effect="heaters.StuckHeater",
        scope=FOOT,
        danger="rising with heat off",
        budget_ms=30_000,
        reaction=SAFE,
        expects=("rise_without_heat",),
        example="heater_stuck_on@run+60s,right",
    ),
    Fault(
        name="heater_weak",
        effect="heaters.WeakHeater",
        scope=FOOT,
        danger="a weak heater",
        budget_ms=None,
        reaction=IGNORE,
        expects=(),
        example="heater_weak@warm",
        severity="95 .. 80 % of the power",
    ),
    Fault(
        name="heaters_slow",
        effect="heaters.SlowHeaters",
        scope=MACHINE,
        danger="slow heaters",
        budget_ms=None,
        reaction=IGNORE,
        expects=(),
        example="heaters_slow@idle",
        severity="1.1 .. 1.3 times the mass and the way to the pad",
    ),
)
