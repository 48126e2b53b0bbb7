"""Every fault that can be injected: what it is, how soon it must be noticed, and what must happen then."""

from dataclasses import dataclass

# What must happen. Safe: motors coast, presses lift, heaters off, relay open, latched.
SAFE = "safe"
OUTPUTS_OFF = "outputs_off"  # the session lets go and ends; the relay stays closed for the way home
OUTPUTS_SAFE = "outputs_safe"  # as safe, by the hardware alone: no firmware runs that could latch
PAUSE = "pause"  # presses lift, rollers stop, the session can go on
HEAT_OFF = "heat_off"  # the session goes on without heat, said on the display
HEAT_OFF_LATCHED = "heat_off_latched"
LIFT_LATCHED = "lift_back_off_latched"
NO_SESSION = "no_session"
REFUSE_LOAD = "refuse_load"
IGNORE = "ignore"
REACTIONS = (
    SAFE,
    OUTPUTS_OFF,
    OUTPUTS_SAFE,
    PAUSE,
    HEAT_OFF,
    HEAT_OFF_LATCHED,
    LIFT_LATCHED,
    NO_SESSION,
    REFUSE_LOAD,
    IGNORE,
)

# What the firmware may call a sensor that lies: whichever of its checks comes first is right, all end in no heat.
DIFFERING = ("heat_sensors_differ", "heat_reading_wild", "heat_without_rise")
FROZEN = ("heat_reading_frozen", "heat_without_rise", "heat_crossed", "heat_sensors_differ")
OFF = ("heat_sensors_differ", "heat_without_rise")
CROSSED = ("heat_crossed", "heat_without_rise")

# Whom a fault befalls: then `left` or `right`, and `top` or `sole`, choose among several.
MACHINE, FOOT, ROLLER = "machine", "foot", "roller"


@dataclass(frozen=True)
class Fault:
    """One cause of trouble.

    row: the danger it belongs to. budget_ms: from showing to reaction, None = no reaction may come.
    reaction: one of REACTIONS. expects: the firmware's names for it, empty = none. scope: MACHINE, FOOT or ROLLER.
    severity: what 0 and 1 mean, "" where there is no degree.
    """

    name: str
    row: str
    budget_ms: int | None
    reaction: str
    expects: tuple[str, ...]
    scope: str
    example: str
    severity: str = ""


_ROWS = (
    Fault("emergency_stop", "emergency stop", 10, SAFE, ("emergency_stop",), MACHINE, "emergency_stop@run+20s"),
    Fault("stop_button", "STOP", 10, OUTPUTS_OFF, (), MACHINE, "stop_button@60s"),
    Fault("foot_out", "foot lifted out", 100, PAUSE, (), FOOT, "foot_out@run,right,for=5s"),
    Fault("roller_blocked", "roller blocked", 200, LIFT_LATCHED, ("roller_blocked",), ROLLER, "roller_blocked@run"),
    Fault(
        "finger_trapped",
        "finger or foot trapped",
        200,
        LIFT_LATCHED,
        ("roller_blocked",),
        ROLLER,
        "finger_trapped@run,left,severity=0.5",
        "5 mm of way left .. none",
    ),
    Fault(
        "spring_jammed",
        "force over 60 N",
        20,
        SAFE,
        ("force_high",),
        FOOT,
        "spring_jammed@run,right",
        "spring 5 .. 20 times as stiff",
    ),
    Fault("force_sensor_wild", "force over 60 N", 20, SAFE, ("force_high",), ROLLER, "force_sensor_wild@warm,top"),
    Fault("encoder_lost", "encoder lost", 300, SAFE, ("encoder_lost",), ROLLER, "encoder_lost@run,left,top"),
    Fault("encoder_stuck", "encoder stuck", 300, SAFE, ("encoder_lost",), ROLLER, "encoder_stuck@run+3s,right"),
    Fault(
        "encoder_reversed", "encoder reversed", 300, SAFE, ("encoder_reversed",), ROLLER, "encoder_reversed@self-test"
    ),
    Fault(
        "skin_hot", "skin side at 43 °C", 300, SAFE, ("skin_hot",), FOOT, "skin_hot@run,severity=0.2", "43.3 .. 48 °C"
    ),
    Fault(
        "element_hot",
        "element at 60 °C",
        300,
        SAFE,
        ("element_hot",),
        FOOT,
        "element_hot@warm,right",
        "60.3 .. 65 °C",
    ),
    Fault("skin_sensor_open", "sensor open", 300, HEAT_OFF, ("heat_sensor_lost",), FOOT, "skin_sensor_open@120s,left"),
    Fault(
        "skin_sensor_short", "sensor short", 300, HEAT_OFF, ("heat_sensor_lost",), FOOT, "skin_sensor_short@warm+5s"
    ),
    Fault(
        "element_sensor_open",
        "sensor open",
        300,
        HEAT_OFF,
        ("heat_sensor_lost",),
        FOOT,
        "element_sensor_open@run,right",
    ),
    Fault(
        "element_sensor_short", "sensor short", 300, HEAT_OFF, ("heat_sensor_lost",), FOOT, "element_sensor_short@fit"
    ),
    Fault(
        "sensors_disagree",
        "sensors of a well disagree",
        5_000,
        HEAT_OFF_LATCHED,
        DIFFERING,
        FOOT,
        "sensors_disagree@run,left",
        "element reads 9 .. 13 K too warm",
    ),
    Fault(
        "skin_sensor_frozen",
        "reading frozen",
        60_000,
        HEAT_OFF_LATCHED,
        FROZEN,
        FOOT,
        "skin_sensor_frozen@run,left",
    ),
    Fault(
        "element_sensor_frozen",
        "reading frozen",
        60_000,
        HEAT_OFF_LATCHED,
        FROZEN,
        FOOT,
        "element_sensor_frozen@warm",
    ),
    Fault(
        "sensor_crosstalk",
        "a sensor reads its neighbour",
        60_000,
        HEAT_OFF_LATCHED,
        CROSSED,
        FOOT,
        "sensor_crosstalk@run",
    ),
    Fault(
        "skin_sensor_off",
        "a sensor came off",
        60_000,
        HEAT_OFF_LATCHED,
        OFF,
        FOOT,
        "skin_sensor_off@warm+30s",
    ),
    Fault(
        "element_sensor_off",
        "a sensor came off",
        60_000,
        HEAT_OFF_LATCHED,
        OFF,
        FOOT,
        "element_sensor_off@run,right",
    ),
    Fault(
        "wells_crossed", "the wells' sensors crossed", 60_000, HEAT_OFF_LATCHED, CROSSED, MACHINE, "wells_crossed@0s"
    ),
    Fault(
        "heater_dead",
        "heating without a rise",
        60_000,
        HEAT_OFF_LATCHED,
        ("heat_without_rise",),
        FOOT,
        "heater_dead@warm,left",
    ),
    Fault(
        "heater_stuck_on",
        "rising with heat off",
        30_000,
        SAFE,
        ("rise_without_heat",),
        FOOT,
        "heater_stuck_on@run+60s,right",
    ),
    Fault("heater_weak", "a weak heater", None, IGNORE, (), FOOT, "heater_weak@warm", "95 .. 80 % of the power"),
    Fault(
        "heaters_slow",
        "slow heaters",
        None,
        IGNORE,
        (),
        MACHINE,
        "heaters_slow@idle",
        "1.1 .. 1.3 times the mass and the way to the pad",
    ),
    Fault("supply_low", "supply under 10.5 V", 100, SAFE, ("supply_low",), MACHINE, "supply_low@run", "10.3 .. 7.0 V"),
    Fault("power_cut", "power cut", 10, OUTPUTS_SAFE, (), MACHINE, "power_cut@run,for=10s"),
    Fault("settings_damaged", "settings damaged", 10, OUTPUTS_SAFE, (), MACHINE, "settings_damaged@idle"),
    Fault("journal_damaged", "journal damaged", 10, OUTPUTS_SAFE, (), MACHINE, "journal_damaged@run"),
    Fault("servos_silent", "an I²C device silent", 100, SAFE, ("device_silent",), MACHINE, "servos_silent@run"),
    Fault("heat_adc_silent", "an I²C device silent", 100, SAFE, ("device_silent",), MACHINE, "heat_adc_silent@warm"),
    Fault("force_adc_silent", "an I²C device silent", 100, SAFE, ("device_silent",), MACHINE, "force_adc_silent@sole"),
    Fault("buttons_silent", "an I²C device silent", 100, SAFE, ("device_silent",), MACHINE, "buttons_silent@run"),
    Fault("display_silent", "an I²C device silent", 100, SAFE, ("device_silent",), MACHINE, "display_silent@fit"),
    Fault(
        "force_adc_nonsense",
        "an I²C device answers nonsense",
        100,
        SAFE,
        ("device_nonsense",),
        MACHINE,
        "force_adc_nonsense@run",
    ),
    Fault("relay_welded", "relay welded", 1_000, NO_SESSION, ("relay_welded",), MACHINE, "relay_welded@0s"),
    Fault(
        "relay_not_closing", "relay not closing", 1_000, NO_SESSION, ("relay_open",), MACHINE, "relay_not_closing@0s"
    ),
    Fault("relay_welds", "relay welds at any time", 100, SAFE, ("relay_welded",), MACHINE, "relay_welds@closing"),
    Fault("relay_opens", "relay opens by itself", 100, SAFE, ("relay_open",), MACHINE, "relay_opens@sole+3s"),
    Fault("loop_stopped", "control loop stopped", 50, OUTPUTS_SAFE, (), MACHINE, "loop_stopped@pull"),
    Fault(
        "program_damaged", "program damaged", 2_000, REFUSE_LOAD, ("program_damaged",), MACHINE, "program_damaged@0s"
    ),
    Fault(
        "firmware_damaged",
        "firmware damaged",
        2_000,
        REFUSE_LOAD,
        ("firmware_damaged",),
        MACHINE,
        "firmware_damaged@0s",
    ),
    Fault("supply_weak", "supply weak at rest", 1_000, NO_SESSION, ("supply_low",), MACHINE, "supply_weak@screening"),
    Fault("button_stuck", "a button stuck", 10_000, IGNORE, ("button_stuck",), MACHINE, "button_stuck@screening"),
    Fault(
        "button_bouncing",
        "a button bouncing",
        10_000,
        IGNORE,
        ("button_stuck",),
        MACHINE,
        "button_bouncing@run,for=20s",
    ),
    Fault("wild_force", "one wild force", None, IGNORE, (), ROLLER, "wild_force@run,for=60s"),
    Fault("wild_encoder", "one wild encoder count", None, IGNORE, (), ROLLER, "wild_encoder@run,for=60s"),
    Fault("wild_current", "one wild bridge current", None, IGNORE, (), ROLLER, "wild_current@run,for=60s"),
    Fault("wild_skin", "one wild skin-side reading", None, IGNORE, (), FOOT, "wild_skin@run,right,for=60s"),
    Fault("wild_element", "one wild element reading", None, IGNORE, (), FOOT, "wild_element@warm,for=60s"),
    Fault("wild_supply", "one wild supply reading", None, IGNORE, (), MACHINE, "wild_supply@run,for=60s"),
    Fault("wild_foot_switch", "one wild foot switch", None, IGNORE, (), FOOT, "wild_foot_switch@run,for=60s"),
)

FAULTS: dict[str, Fault] = {fault.name: fault for fault in _ROWS}
