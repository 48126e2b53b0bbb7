"""Pins that are stuck at a level, and disturbed registers of the buttons' chip."""

from sim.faults.fault import FOOT, MACHINE, ROLLER, SAFE, Fault, Value

LEVEL = Value("level, 0 or 1", 0, 1, 1)

# Why the campaign leaves these out unless they are named.
_UNJUDGED = "no pin's level is read back, and a level holds the relay"

ENTRIES = (
    Fault(
        name="relay_pin_stuck",
        effect="pins.StuckRelayPin",
        scope=MACHINE,
        danger="pin stuck at a level",
        budget_ms=50,
        reaction=SAFE,
        expects=(),
        example="relay_pin_stuck@run,value=1",
        value=LEVEL,
        unjudged=_UNJUDGED,
    ),
    Fault(
        name="bridge_pin_stuck",
        effect="pins.StuckBridgePin",
        scope=ROLLER,
        danger="pin stuck at a level",
        budget_ms=50,
        reaction=SAFE,
        expects=(),
        example="bridge_pin_stuck@sole,value=1",
        value=LEVEL,
        unjudged=_UNJUDGED,
    ),
    Fault(
        name="heater_pin_stuck",
        effect="pins.StuckHeaterPin",
        scope=FOOT,
        danger="pin stuck at a level",
        budget_ms=50,
        reaction=SAFE,
        expects=(),
        example="heater_pin_stuck@warm,value=1",
        value=LEVEL,
        unjudged=_UNJUDGED,
    ),
    Fault(
        name="servo_enable_pin_stuck",
        effect="pins.StuckServoEnable",
        scope=MACHINE,
        danger="pin stuck at a level",
        budget_ms=50,
        reaction=SAFE,
        expects=(),
        example="servo_enable_pin_stuck@run,value=1",
        value=LEVEL,
        unjudged=_UNJUDGED,
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
