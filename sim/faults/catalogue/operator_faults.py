"""Faults that people cause: emergency stop, buttons, a foot that leaves its well."""

from sim.faults.fault import FOOT, IGNORE, MACHINE, OUTPUTS_OFF, PAUSE, SAFE, Fault

ENTRIES = (
    Fault(
        name="emergency_stop",
        effect="operator_faults.EmergencyStop",
        scope=MACHINE,
        danger="emergency stop",
        budget_ms=10,
        reaction=SAFE,
        expects=("emergency_stop",),
        example="emergency_stop@run+20s",
    ),
    Fault(
        name="stop_button",
        effect="operator_faults.StopButton",
        scope=MACHINE,
        danger="STOP",
        budget_ms=10,
        reaction=OUTPUTS_OFF,
        expects=(),
        example="stop_button@60s",
    ),
    Fault(
        name="foot_out",
        effect="operator_faults.FootOut",
        scope=FOOT,
        danger="foot lifted out",
        budget_ms=100,
        reaction=PAUSE,
        expects=(),
        example="foot_out@run,right,for=5s",
    ),
    Fault(
        name="button_stuck",
        effect="operator_faults.HeldButton",
        scope=MACHINE,
        danger="a button stuck",
        budget_ms=10_000,
        reaction=IGNORE,
        expects=("button_stuck",),
        example="button_stuck@screening",
    ),
    Fault(
        name="button_bouncing",
        effect="operator_faults.BouncingButton",
        scope=MACHINE,
        danger="a button bouncing",
        budget_ms=10_000,
        reaction=IGNORE,
        expects=("button_stuck",),
        example="button_bouncing@run,for=20s",
    ),
)
