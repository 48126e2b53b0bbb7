"""Find the destination of every wire from the board's numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from host_tools.board.chips import HEADER, POWER
from host_tools.board.model import Wiring
from host_tools.board.power_rules import bridge_limit_ma
from host_tools.words import plain
from instep.hal.board import ROLLER_NAMES
from instep.units import KILO

# Kinds of wires; the drawing has a colour for each.
BUS, MOTOR, ENCODER, HEAT, SAFETY, ANALOGUE, LIGHT, SUPPLY = (
    "bus",
    "motor",
    "encoder",
    "heat",
    "safety",
    "analogue",
    "light",
    "supply",
)

ON_THE_PICO = "on the Pico"


@dataclass(frozen=True)
class Wire:
    """A wire at the Pico: `pin` of the header (None: on the Pico itself), `gpio` (None: supply), destination."""

    pin: int | None
    gpio: int | None
    signal: str
    kind: str
    part: str
    terminal: str
    remark: str

    @property
    def goes_to(self) -> str:
        """Return part and terminal as one text."""
        return f"{self.part}, {self.terminal}" if self.terminal else self.part

    @property
    def place(self) -> str:
        """Return the pin's name in the Pico's pinout."""
        return POWER[self.pin] if self.gpio is None and self.pin is not None else f"GP{self.gpio}"


# The header's supply pins that the machine uses (Pico Datasheet 2.1; 4.5 "Powering Pico" for the diode).
_SUPPLY_PINS = {
    3: ("Ground", "GND", "star point; all GND pins are one"),
    33: ("Analogue ground", "AGND", "dividers and sense resistors end here"),
    36: ("3.3 V logic", "3V3", "logic supply of everything but servos"),
    38: ("5 V converter", "GND", "next to VSYS"),
    39: ("5 V converter", "out", "through a Schottky diode: USB stays safe"),
}


def wires_of(wiring: Wiring) -> list[Wire]:
    """Return every wire at the Pico, in the order of its header; wires on the Pico itself come last."""
    wires = [_signal_wire(wiring, name, gpio) for name, gpio in wiring.pins.items()]
    wires += [
        Wire(pin, None, "", SUPPLY, part, terminal, remark) for pin, (part, terminal, remark) in _SUPPLY_PINS.items()
    ]
    return sorted(wires, key=lambda wire: (wire.pin is None, wire.pin))


def ohm_text(ohm: int) -> str:
    """Return a resistance as in parts lists: 4.7 k."""
    return f"{ohm / KILO:g} k" if ohm >= KILO else f"{ohm} Ω"


def _signal_wire(wiring: Wiring, name: str, gpio: int) -> Wire:
    kind, part, terminal, remark = _destination(wiring, name)
    return Wire(HEADER.get(gpio), gpio, name, kind, part, terminal, remark)


def _destination(wiring: Wiring, name: str) -> tuple[str, str, str, str]:
    """Return kind, part, terminal and remark of a signal."""
    for roller in ROLLER_NAMES:
        if name.startswith(f"bridge_{roller}"):
            return _bridge(wiring, roller, name)
        if name.startswith(f"encoder_{roller}"):
            return ENCODER, f"Encoder {plain(roller)}", name[-1].upper(), "3.3 V, pulled up"
    return _single(wiring)[name]


def _bridge(wiring: Wiring, roller: str, name: str) -> tuple[str, str, str, str]:
    figures = wiring.table("bridges")
    limit_ma = bridge_limit_ma(figures["reference_mv"], figures["mirror_ua_per_a"], figures["sense_ohm"])
    is_first = name.endswith("in1")
    remark = "away from the toe tips" if is_first else f"back; ends at {limit_ma / KILO:.1f} A"
    return MOTOR, f"Bridge {plain(roller)} (DRV8874)", "IN1" if is_first else "IN2", remark


def _single(wiring: Wiring) -> dict[str, tuple[str, str, str, str]]:
    pulls = {name: ohm_text(ohm) for name, ohm in wiring.table("pulls_ohm").items()}
    stop = {name: ohm_text(ohm) for name, ohm in wiring.table("emergency_stop").items()}
    adc = {name: ohm_text(ohm) for name, ohm in wiring.table("adc").items()}
    bus = f"{wiring.table('bus')['hz'] // KILO} kHz, {ohm_text(wiring.table('bus')['pull_up_ohm'])} to 3V3"
    heater = "to GND; film and cut-out in series"
    currents = "Current multiplexer (74HC4053)"
    return {
        "i2c_sda": (BUS, "I²C bus", "SDA", bus),
        "i2c_scl": (BUS, "I²C bus", "SCL", bus),
        "heater_left": (HEAT, "Heater left (MOSFET)", "gate", f"{pulls['heater_left']} {heater}"),
        "heater_right": (HEAT, "Heater right (MOSFET)", "gate", f"{pulls['heater_right']} {heater}"),
        "servo_disable": (SAFETY, "Servo chip (PCA9685)", "OE", f"{pulls['servo_disable']} to 3V3: off by itself"),
        "relay": (SAFETY, "Relay pump", "in", f"{pulls['relay']} to GND; only pulses close the relay"),
        "emergency_stop": (
            SAFETY,
            "Emergency stop",
            "coil side",
            f"{stop['upper_ohm']} in series, {stop['lower_ohm']} to GND",
        ),
        "current_left": (ANALOGUE, currents, "1 common", "IPROPI of left top or left sole"),
        "current_right": (ANALOGUE, currents, "2 common", "IPROPI of right top or right sole"),
        "supply": (
            ANALOGUE,
            "Supply divider",
            "middle",
            f"{adc['supply_upper_ohm']} to 12 V; {adc['supply_lower_ohm']}, 100 nF to GND",
        ),
        "status_light": (LIGHT, "Status light", "", ON_THE_PICO),
    }


def blocks_of(wires: list[Wire]) -> Iterator[tuple[str, list[Wire]]]:
    """Yield each part with its wires, in the order of each part's first wire."""
    parts: dict[str, list[Wire]] = {}
    for wire in wires:
        parts.setdefault(wire.part, []).append(wire)
    yield from parts.items()
