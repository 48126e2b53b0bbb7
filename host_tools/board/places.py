"""List the terminals of the chips on the bus, and the power wires."""

from dataclasses import dataclass

from host_tools.board.bus_rules import BUTTONS, FORCE_INPUTS, HEAT_INPUTS
from host_tools.board.model import Wiring
from host_tools.board.relay_pump import TABLE as PUMP
from host_tools.board.wires import ohm_text
from host_tools.words import plain
from instep.axes import FOOT_NAMES, NAMES, SERVOS_PER_FOOT, TOP_PRESS
from instep.units import KILO, MV_PER_V

_BUTTON_NAMES = ("START", "STOP", "PROGRAM", "−", "+", "HEAT")
_ADS_STRAPS = {0x48: "ADDR to GND", 0x49: "ADDR to VDD", 0x4A: "ADDR to SDA", 0x4B: "ADDR to SCL"}
_PORT_BITS = 8

_TO_GROUND = "closes to GND; pull-up in the chip"
_EXPANDER_WORDS = {
    "foot_left": ("left foot switch", _TO_GROUND),
    "foot_right": ("right foot switch", _TO_GROUND),
    "relay_contact": ("relay, second contact", _TO_GROUND),
    "buzzer": ("buzzer", "active buzzer behind a transistor"),
    "current_select": ("74HC4053, select 1 and 2", "high: sole rollers"),
}


@dataclass(frozen=True)
class BusChip:
    """A chip on the bus; `rows` are terminal, destination, remark."""

    key: str
    title: str
    part: str
    address: int
    straps: str
    rows: tuple[tuple[str, str, str], ...]


def bus_chips(wiring: Wiring) -> list[BusChip]:
    """Return the chips on the bus with the wires at their terminals."""
    addresses = wiring.table("addresses")
    chips = [
        BusChip("display", "Display", "SSD1306", addresses["display"], _display_straps(addresses["display"]), ()),
        BusChip(
            "expander", "Buttons", "MCP23017", addresses["expander"], _straps(addresses["expander"], 3), _bits(wiring)
        ),
        _adc("heat_adc", "Heat ADC", addresses, _heat_rows(wiring)),
    ]
    chips += [
        _adc(f"force_adc_{foot}", f"Force ADC {foot}", addresses, _force_rows(wiring, foot)) for foot in FOOT_NAMES
    ]
    servos = addresses["servos"]
    chips.append(BusChip("servos", "Servos", "PCA9685", servos, _straps(servos, 6), _servo_rows(wiring)))
    return chips + [_thermometer(addresses, foot) for foot in FOOT_NAMES]


def _adc(key: str, title: str, addresses: dict[str, int], rows: list[tuple[str, str, str]]) -> BusChip:
    return BusChip(key, title, "ADS1115", addresses[key], _ADS_STRAPS[addresses[key]], tuple(rows))


def _thermometer(addresses: dict[str, int], foot: str) -> BusChip:
    key = f"thermometer_{foot}"
    rows = (("glued to", f"{foot} pad", "beside the NTC, with glue that conducts heat; a cable of its own"),)
    return BusChip(key, f"Thermometer {foot}", "MCP9808", addresses[key], _straps(addresses[key], 3), rows)


def _straps(address: int, pins: int) -> str:
    """Return how the address pins are wired, from the highest down: 1 to 3V3, 0 to GND."""
    return f"A{pins - 1}-A0 {address & (1 << pins) - 1:0{pins}b}"


def _display_straps(address: int) -> str:
    return "D/C to 3V3" if address & 1 else "D/C to GND"


def _bits(wiring: Wiring) -> tuple[tuple[str, str, str], ...]:
    bits = wiring.table("expander")
    first = bits.pop("button_first")
    rows = {first + index: (f"button {_BUTTON_NAMES[index]}", _TO_GROUND) for index in range(BUTTONS)}
    rows |= {bit: _EXPANDER_WORDS[name] for name, bit in bits.items()}
    return tuple((f"GP{'AB'[bit // _PORT_BITS]}{bit % _PORT_BITS}", *rows[bit]) for bit in sorted(rows))


def _heat_rows(wiring: Wiring) -> list[tuple[str, str, str]]:
    channels = wiring.table("channels")
    reference = f"10 k to {wiring.table('thermistors')['reference_mv'] / MV_PER_V:g} V reference (REF3033)"
    places = {"element": "film", "skin": "skin-side"}
    rows = []
    for name in sorted(HEAT_INPUTS, key=lambda name: channels[name]):
        end, foot = name.split("_")
        rows.append((f"AIN{channels[name]}", f"{foot} {places[end]} NTC", reference))
    return rows


def _force_rows(wiring: Wiring, foot: str) -> list[tuple[str, str, str]]:
    channels = wiring.table("channels")
    named = sorted((channels[name], name.removeprefix("force_")) for name in FORCE_INPUTS)
    return [(f"AIN{channel}", f"{side} roller's bar", "behind its amplifier") for channel, side in named]


def _servo_rows(wiring: Wiring) -> tuple[tuple[str, str, str], ...]:
    channels = wiring.table("channels")
    rows = []
    for foot in FOOT_NAMES:
        first = channels[f"servo_{foot}_first"]
        axes = NAMES[TOP_PRESS : TOP_PRESS + SERVOS_PER_FOOT]
        rows += [(first + index, f"{foot} {plain(axis)}") for index, axis in enumerate(axes)]
    return tuple((str(output), where, "servo") for output, where in sorted(rows))


def _pump_wires(wiring: Wiring) -> list[tuple[str, str, str]]:
    """Return the wires of the pump between the relay's pin and the gate of the coil's switch."""
    pump = wiring.table(PUMP)
    coupling, hold = (f"{pump[key] / KILO:g} µF film" for key in ("coupling_nf", "hold_nf"))
    bleed, volts = ohm_text(pump["bleed_ohm"]), f"{pump['threshold_mv'] / MV_PER_V:g} V"
    return [
        (
            "relay pump, in",
            f"100 Ω, {coupling}, then D1 and D2",
            "D1: BAT85 from GND; D2: BAT85 to the hold capacitor",
        ),
        ("relay pump, hold capacitor", f"{hold} and {bleed} to GND", "reference pin of the TLVH431A"),
        (f"TLVH431A ({volts}), cathode", "gate of the coil's P-MOSFET", "anode to GND"),
    ]


def power_wires(wiring: Wiring) -> list[tuple[str, str, str]]:
    """Return the wires that carry power, as from, to, remark; none of them is at the Pico."""
    sense = ohm_text(wiring.table("bridges")["sense_ohm"])
    return [
        ("12 V supply", "5 V converter", "1 A, for the Pico"),
        ("12 V supply", "6 V converter", "5 A (start value), to V+ of the servo chip"),
        ("12 V supply, fuse 7.5 A", "relay, first contact", "12 V / 10 A relay with two contacts"),
        ("relay, first contact", "VM of the four bridges", "100 µF at each"),
        ("relay, first contact", "both heater films", "12 V, 12 W"),
        ("heater film", "cut-out of 55 °C, then drain of its MOSFET", "the cut-out is fixed on the film"),
        ("12 V supply", "emergency stop, normally closed contact", "opens the coil's circuit by itself"),
        ("emergency stop", "source of the coil's P-MOSFET, drain to the coil", "10 k from its gate to its source"),
        ("relay coil, other end", "GND", "1N4007 across the coil, cathode to the drain"),
        *_pump_wires(wiring),
        ("each bridge, OUT1 and OUT2", "its gearmotor", "swapped wires: bridges.reversed"),
        ("each bridge, IPROPI", f"{sense} to AGND, and 74HC4053", "left: inputs 1, right: inputs 2; top 0, sole 1"),
        ("each bridge, PMODE and nSLEEP", "3V3", "PWM mode, awake"),
        ("each bridge, VREF", "3V3", "with the sense resistor: the current's limit"),
        ("74HC4053, VCC; E, VEE, GND", "3V3; GND", "100 nF"),
        ("REF3033", "the four 10 k pull-ups of the NTCs", "in: 5 V"),
        ("3V3", "VDD of all chips on the bus", "100 nF at each"),
    ]
