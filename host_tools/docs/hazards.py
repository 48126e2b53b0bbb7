"""The hazards of the machine: evidence, limits and faults of each."""

from dataclasses import dataclass

from instep.guard import faults


@dataclass(frozen=True)
class Hazard:
    """What can happen to a person, what shows it, the limits against it, and the faults that it becomes."""

    text: str
    evidence: str
    limits: tuple[str, ...]
    faults: tuple[int, ...]


HAZARDS = (
    Hazard(
        "a roller presses too hard",
        "force sensor; its set point",
        ("FORCE_TRIP_MN", "FORCE_TRIP_TICKS", "PRESS_OVER_MN", "PRESS_OVER_TICKS", "PRESS_MAX_PERMILLE"),
        (faults.FAULT_FORCE_HIGH, faults.FAULT_PRESS_HIGH),
    ),
    Hazard(
        "a roller presses though it should have lifted",
        "force sensor; the command to lift",
        ("LIFTED_MAX_MN", "HELD_TRIP_TICKS", "PUSHED_MAX_MN"),
        (faults.FAULT_ROLLER_PRESSES,),
    ),
    Hazard(
        "a force reading does not change",
        "the sensor's own noise",
        ("FORCE_FROZEN_TICKS",),
        (faults.FAULT_FORCE_FROZEN,),
    ),
    Hazard(
        "a force reading is too low, or always zero",
        "force sensor; travel of the press, the spring's rate, and the surface of this foot, learned stroke by stroke",
        ("YIELD_UM", "FORCE_LOW_TICKS", "NOT_FELT_TICKS", "BEHIND_MN", "SEARCH_FAR_UM", "LIFTED_MIN_MN", "MOVES_MAX"),
        (faults.FAULT_FOOT_MOVED, faults.FAULT_FORCE_LOW),
    ),
    Hazard(
        "a foot is higher than its roller can lift",
        "force sensor; the lifted roller meets the foot while it is measured; the press is up as far as it goes",
        ("LIFTED_MAX_MN", "FOOT_HIGH_TICKS"),
        (faults.FAULT_FOOT_TOO_HIGH,),
    ),
    Hazard(
        "a finger, a toe or a foot is caught by a roller",
        "encoder; motor current",
        ("LOAD_TRIP_MA", "STANDING_TRIP_TICKS", "BACK_OFF_UM"),
        (faults.FAULT_ROLLER_BLOCKED,),
    ),
    Hazard(
        "a roller moves where it should not, or unseen",
        "encoder; drive and motor current",
        ("STANDING_TRIP_TICKS", "AGAINST_TRIP_TICKS", "FAST_TRIP_TICKS"),
        (faults.FAULT_ENCODER_LOST, faults.FAULT_ENCODER_REVERSED, faults.FAULT_ROLLER_RUNAWAY),
    ),
    Hazard(
        "skin gets too warm",
        "NTC of the skin side; thermometer on the bus, which shares nothing with it",
        ("SKIN_TRIP_CENTI_C", "THERMOMETER_TRIP_CENTI_C", "ELEMENT_TRIP_CENTI_C"),
        (faults.FAULT_SKIN_HOT, faults.FAULT_ELEMENT_HOT),
    ),
    Hazard(
        "a heat sensor reads wrong",
        "two NTCs and the thermometer against each other; the power asked for",
        ("DIFFER_CENTI_K", "COLD_CENTI_C", "FROZEN_TRIP_SAMPLES", "JUMP_TRIP_CENTI_K"),
        (
            faults.FAULT_HEAT_SENSOR_LOST,
            faults.FAULT_HEAT_SENSORS_DIFFER,
            faults.FAULT_HEAT_READING_FROZEN,
            faults.FAULT_HEAT_READING_WILD,
        ),
    ),
    Hazard(
        "a heater does not heat, or does not stop",
        "lead of the film over the skin side; thermometer; the power asked for",
        ("STUCK_ON_LEAD_CENTI_K", "BODY_CENTI_C", "LEAD_LOW_PERCENT", "FULL_TRIP_SAMPLES"),
        (faults.FAULT_RISE_WITHOUT_HEAT, faults.FAULT_HEAT_WITHOUT_RISE, faults.FAULT_HEAT_CROSSED),
    ),
    Hazard(
        "the toe tools move with a toe in them",
        "set points against each other and their range",
        (),
        (faults.FAULT_TOE_INTERLOCK, faults.FAULT_SETPOINT_RANGE),
    ),
    Hazard(
        "the relay does not switch as it should",
        "the relay's second contact; the pulses that ask for it",
        ("RELAY_TRIP_TICKS",),
        (faults.FAULT_RELAY_WELDED, faults.FAULT_RELAY_OPEN),
    ),
    Hazard(
        "the supply is weak, a chip is silent or wrong",
        "supply's divider; each chip's answer and settings, read back",
        ("SUPPLY_TRIP_MV", "DEVICE_TRIP_TICKS"),
        (faults.FAULT_SUPPLY_LOW, faults.FAULT_DEVICE_SILENT, faults.FAULT_DEVICE_NONSENSE),
    ),
    Hazard(
        "the program stops or is damaged",
        "second clock and hardware timer; CRC-32 of programs and installed files",
        (),
        (
            faults.FAULT_LOOP_LATE,
            faults.FAULT_LOOP_STOPPED,
            faults.FAULT_INTERNAL,
            faults.FAULT_PROGRAM_DAMAGED,
            faults.FAULT_FIRMWARE_DAMAGED,
        ),
    ),
    Hazard(
        "a bit of the memory flips",
        "second copies with every bit inverted, compared in every tick",
        (),
        (faults.FAULT_MEMORY_DAMAGED,),
    ),
    Hazard(
        "a person wants it to stop",
        "its contact; the coil's circuit, which it opens itself",
        (),
        (faults.FAULT_EMERGENCY_STOP,),
    ),
    Hazard("a session lasts too long", "ticks of the session", ("SESSION_MAX_TICKS",), ()),
    Hazard(
        "an axis moves from the laptop",
        "keepalives; a limit of its own for each axis",
        ("JOG_REFRESH_TICKS", "JOG_MAX_TICKS"),
        (),
    ),
)
