"""Pins that are stuck at a level, and disturbed registers of the buttons' chip."""

from sim.faults.fault import FOOT, LET_GO, MACHINE, POWER_OFF, ROLLER, SAFE, Fault, Value

LEVEL = Value("level, 0 or 1", 0, 1, 1)
# What stops a pin that drives is the relay, which is open 50 ms after the guard's last pulse.

ENTRIES = (
    Fault(
        name="relay_pin_stuck",
        effect="pins.StuckRelayPin",
        scope=MACHINE,
        danger="pin of the relay stuck at a level",
        budget_ms=50,
        reaction=POWER_OFF,
        expects=("relay_open",),
        example="relay_pin_stuck@run,value=1",
        value=LEVEL,
    ),
    Fault(
        name="bridge_pin_stuck",
        effect="pins.StuckBridgePin",
        scope=ROLLER,
        danger="pin of a bridge stuck at a level",
        budget_ms=350,
        reaction=POWER_OFF,
        expects=("outputs_stuck", "encoder_lost", "encoder_reversed", "roller_runaway", "roller_blocked"),
        example="bridge_pin_stuck@sole,value=1",
        value=LEVEL,
        budget_why="50 ms until the relay is open",
    ),
    Fault(
        name="heater_pin_stuck",
        effect="pins.StuckHeaterPin",
        scope=FOOT,
        danger="pin of a heater stuck on",
        budget_ms=31_000,
        reaction=POWER_OFF,
        expects=("rise_without_heat",),
        example="heater_pin_stuck@warm",
        budget_why="50 ms until the relay is open",
    ),
    Fault(
        name="servo_enable_pin_stuck",
        effect="pins.StuckServoEnable",
        scope=MACHINE,
        danger="servos' enable pin stuck off",
        budget_ms=2_000,
        reaction=LET_GO,
        expects=("force_low", "foot_moved", "foot_not_found"),
        example="servo_enable_pin_stuck@run",
    ),
    Fault(
        name="buttons_inverted",
        effect="pins.InvertedButtons",
        scope=MACHINE,
        danger="register of a chip disturbed",
        budget_ms=100,
        reaction=SAFE,
        expects=("device_nonsense",),
        example="buttons_inverted@run",
    ),
    Fault(
        name="buttons_deaf",
        effect="pins.DeafButtons",
        scope=MACHINE,
        danger="register of a chip disturbed",
        budget_ms=100,
        reaction=SAFE,
        expects=("device_nonsense",),
        example="buttons_deaf@run",
    ),
)
