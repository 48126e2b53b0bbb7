"""Write a board's wiring as a diagram.json for the Wokwi simulator: the Pico's side of every wire.

Part and pin names are those of Wokwi's reference (docs.wokwi.com, "Diagram Reference"). Wokwi has no PCA9685, ADS1115,
MCP23017, 74HC4053 and no motors: LEDs show what the Pico drives, knobs stand in for what it measures, and a text says
what is left out.
"""

import json
from dataclasses import dataclass, field

from host_tools.board.chips import HEADER, LED_GPIO
from host_tools.board.model import Wiring
from host_tools.board.wires import words
from instep.hal.board import ROLLERS

# Chips that Wokwi simulates, and the part that carries them.
PARTS = {"rp2040": "wokwi-pi-pico"}

_PICO = "pico"
_COLOURS = {
    "bus": "blue",
    "bridge": "orange",
    "encoder": "green",
    "heater": "red",
    "safety": "purple",
    "analogue": "cyan",
    "power": "red",
    "ground": "black",
}
_LEFT_X, _RIGHT_X = -420.0, 320.0
_ROW = 76.0
_LED_GAP = 90.0
_ENCODER_GAP = 140.0
_KNOB_GAP = 100.0
_NOTE = (
    "Not in Wokwi, so not here: PCA9685 (servos), three ADS1115 (heat, force),\n"
    "MCP23017 (buttons, foot switches, relay contact, buzzer), bridges and motors.\n"
    "The firmware starts, shows its display and reports those chips as silent.\n"
    "LEDs: what the Pico drives. Knobs: the currents and the supply. KY-040: encoders by hand."
)


@dataclass
class _Diagram:
    parts: list[dict[str, object]] = field(default_factory=list)
    connections: list[list[object]] = field(default_factory=list)

    def part(self, kind: str, name: str, left: float, top: float, **attributes: str) -> None:
        self.parts.append({"type": kind, "id": name, "left": left, "top": top, "attrs": attributes})

    def wire(self, one: str, other: str, colour: str) -> None:
        self.connections.append([one, other, _COLOURS[colour], []])


def can_simulate(wiring: Wiring) -> bool:
    """Tell whether Wokwi has the board's chip."""
    return wiring.chip in PARTS


def diagram_json(wiring: Wiring) -> str:
    """Return the text of the diagram; KeyError when Wokwi has not got the chip."""
    diagram = _Diagram()
    diagram.part(PARTS[wiring.chip], _PICO, 0, 0)
    _add_display(diagram, wiring)
    _add_bridges(diagram, wiring)
    _add_encoders(diagram, wiring)
    _add_outputs(diagram, wiring)
    _add_stop(diagram, wiring)
    _add_knobs(diagram, wiring)
    diagram.part("wokwi-text", "note", _LEFT_X, 480, text=_NOTE)
    document = {
        "version": 1,
        "author": "Instep",
        "editor": "wokwi",
        "parts": diagram.parts,
        "connections": diagram.connections,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _pin(gpio: int) -> str:
    """Return a GPIO as Wokwi's Pico names it; the pins of the header are GP0 and so on."""
    assert gpio in HEADER
    return f"{_PICO}:GP{gpio}"


def _add_display(diagram: _Diagram, wiring: Wiring) -> None:
    address = f"0x{wiring.table('addresses')['display']:02x}"
    diagram.part("board-ssd1306", "display", _LEFT_X, -120, i2cAddress=address)
    diagram.wire("display:SDA", _pin(wiring.pins["i2c_sda"]), "bus")
    diagram.wire("display:SCL", _pin(wiring.pins["i2c_scl"]), "bus")
    diagram.wire("display:VCC", f"{_PICO}:3V3", "power")
    diagram.wire("display:GND", f"{_PICO}:GND.1", "ground")


def _add_bridges(diagram: _Diagram, wiring: Wiring) -> None:
    for row, roller in enumerate(ROLLERS):
        for column, wire in enumerate(("in1", "in2")):
            label = f"{words(roller)} {wire.upper()}"
            _add_led(
                diagram, f"bridge_{roller}_{wire}", wiring, (_LEFT_X + _LED_GAP * column, _ROW * row), label, "bridge"
            )


def _add_encoders(diagram: _Diagram, wiring: Wiring) -> None:
    for column, roller in enumerate(ROLLERS):
        name = f"encoder_{roller}"
        diagram.part("wokwi-ky-040", name, _LEFT_X + _ENCODER_GAP * column, 340)
        diagram.part("wokwi-text", f"{name}_label", _LEFT_X + _ENCODER_GAP * column, 430, text=words(roller))
        diagram.wire(f"{name}:CLK", _pin(wiring.pins[f"{name}_a"]), "encoder")
        diagram.wire(f"{name}:DT", _pin(wiring.pins[f"{name}_b"]), "encoder")
        diagram.wire(f"{name}:VCC", f"{_PICO}:3V3", "power")
        diagram.wire(f"{name}:GND", f"{_PICO}:GND.4", "ground")


def _add_outputs(diagram: _Diagram, wiring: Wiring) -> None:
    outputs = (
        ("heater_left", "left film", "heater"),
        ("heater_right", "right film", "heater"),
        ("servo_disable", "servos off", "safety"),
        ("relay", "relay", "safety"),
    )
    for column, (name, label, kind) in enumerate(outputs):
        _add_led(diagram, name, wiring, (_RIGHT_X + _LED_GAP * column, 0), label, kind)
    if wiring.pins["status_light"] != LED_GPIO:
        place = (_RIGHT_X + _LED_GAP * len(outputs), 0.0)
        _add_led(diagram, "status_light", wiring, place, "status", "safety")


def _add_stop(diagram: _Diagram, wiring: Wiring) -> None:
    """Add a switch for the emergency stop: to the left it is pressed, the pin low."""
    diagram.part("wokwi-slide-switch", "emergency_stop", _RIGHT_X, 110, value="1")
    diagram.part("wokwi-text", "emergency_stop_label", _RIGHT_X, 150, text="emergency stop: left = pressed")
    diagram.wire("emergency_stop:1", f"{_PICO}:GND.7", "ground")
    diagram.wire("emergency_stop:2", _pin(wiring.pins["emergency_stop"]), "safety")
    diagram.wire("emergency_stop:3", f"{_PICO}:3V3", "power")


def _add_knobs(diagram: _Diagram, wiring: Wiring) -> None:
    for column, name in enumerate(("current_left", "current_right", "supply")):
        diagram.part("wokwi-potentiometer", name, _RIGHT_X + _KNOB_GAP * column, 210, value=_knob_value(wiring, name))
        diagram.part("wokwi-text", f"{name}_label", _RIGHT_X + _KNOB_GAP * column, 300, text=words(name))
        diagram.wire(f"{name}:SIG", _pin(wiring.pins[name]), "analogue")
        diagram.wire(f"{name}:VCC", f"{_PICO}:3V3", "power")
        diagram.wire(f"{name}:GND", f"{_PICO}:GND.7", "ground")


def _add_led(diagram: _Diagram, name: str, wiring: Wiring, place: tuple[float, float], label: str, kind: str) -> None:
    diagram.part("wokwi-led", name, *place, color=_COLOURS[kind], label=label)
    diagram.wire(f"{name}:A", _pin(wiring.pins[name]), kind)
    diagram.wire(f"{name}:C", f"{_PICO}:GND.1", "ground")


def _knob_value(wiring: Wiring, name: str) -> str:
    """Return where a knob (0..1023) stands at first: no current, and 12 V."""
    if name != "supply":
        return "0"
    adc = wiring.table("adc")
    pin_mv = 12_000 * adc["supply_lower_ohm"] / (adc["supply_upper_ohm"] + adc["supply_lower_ohm"])
    return str(round(1023 * pin_mv / adc["reference_mv"]))
