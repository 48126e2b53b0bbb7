"""Draw a board's wiring: the Pico in the middle, the parts beside it in the order of its pins, the bus below."""

from collections.abc import Sequence
from dataclasses import dataclass

from host_tools.board.bus_drawing import BusEnd, bus_height, draw_bus
from host_tools.board.canvas import Canvas, text_width
from host_tools.board.chips import CHIPS, HEADER, HEADER_PINS, POWER
from host_tools.board.model import Wiring
from host_tools.board.places import bus_chips
from host_tools.board.wires import BUS, Wire, blocks_of, wires_of

_MARGIN = 28.0
_WIDTH = 1712.0
_TITLE_AT = 34.0
_TOP = 76.0
_ROW = 19.0
_HEAD = 24.0
_FOOT = 7.0
_GAP = 10.0
_LANE = 7.0
_PART_WIDTH = 366.0

_PICO_WIDTH = 176.0
_PICO_PITCH = 27.0
_PICO_ENDS = 30.0
_SIDE_PINS = HEADER_PINS // 2
_LABEL_INSET = 12.0
_NUMBER_OUTSIDE = 9.0

_KINDS = (
    ("bus", "I²C bus"),
    ("motor", "motors"),
    ("encoder", "encoders"),
    ("heat", "heat"),
    ("safety", "safety"),
    ("analogue", "analogue"),
    ("supply", "supply"),
)


@dataclass(frozen=True)
class Part:
    """A part beside the Pico, on the left or right, its upper edge at `top`."""

    title: str
    wires: Sequence[Wire]
    is_left: bool
    top: float

    @property
    def height(self) -> float:
        """Return the part's height."""
        return _HEAD + _ROW * len(self.wires) + _FOOT

    def row_y(self, index: int) -> float:
        """Return the y of the part's n-th terminal."""
        return self.top + _HEAD + _ROW * (index + 0.5)


def draw(wiring: Wiring) -> Canvas:
    """Return the drawing of a board's wiring."""
    return _Sheet(wiring).draw()


class _Sheet:
    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        wires = [wire for wire in wires_of(wiring) if wire.pin is not None]
        left = list(blocks_of([wire for wire in wires if _is_left(wire)]))
        right = list(blocks_of([wire for wire in reversed(wires) if not _is_left(wire)]))
        body = max(_stack_height(left), _stack_height(right), _PICO_PITCH * (_SIDE_PINS - 1) + 2 * _PICO_ENDS)
        self._middle = _TOP + body / 2
        self._bottom = _TOP + body
        self._parts = _stacked(left, True, self._middle) + _stacked(right, False, self._middle)
        self._pico_left = (_WIDTH - _PICO_WIDTH) / 2
        self._canvas = Canvas(_WIDTH, self._bottom + bus_height(bus_chips(wiring)) + _MARGIN)

    def draw(self) -> Canvas:
        self._draw_heading()
        self._draw_pico()
        for is_left in (True, False):
            parts = [part for part in self._parts if part.is_left == is_left]
            self._draw_wires(parts, is_left)
            for part in parts:
                self._draw_part(part)
        draw_bus(self._canvas, bus_chips(self._wiring), self._bus_ends(), self._bottom)
        return self._canvas

    def _draw_heading(self) -> None:
        title = f"Instep on {self._wiring.title}: wiring"
        self._canvas.text(_MARGIN, _TITLE_AT, title, size=18, bold=True)
        x = _WIDTH - _MARGIN
        for kind, words in reversed(_KINDS):
            self._canvas.text(x, _TITLE_AT, words, size=12, anchor="end")
            x -= text_width(words, 12) + 8
            self._canvas.line([(x - 18, _TITLE_AT), (x, _TITLE_AT)], kind)
            x -= 34

    def _draw_pico(self) -> None:
        height = _PICO_PITCH * (_SIDE_PINS - 1) + 2 * _PICO_ENDS
        top = self._middle - height / 2
        self._canvas.box(self._pico_left, top, _PICO_WIDTH, height, "board", "encoder")
        usb_width = 46.0
        self._canvas.box(self._pico_left + (_PICO_WIDTH - usb_width) / 2, top - 8, usb_width, 24, "part", "muted")
        centre = self._pico_left + _PICO_WIDTH / 2
        self._canvas.text(centre, top + 8, "USB", "muted", 11, "middle")
        chip = CHIPS[self._wiring.chip]
        self._canvas.text(centre, self._middle - 10, chip.module, "ink", 15, "middle", True)
        self._canvas.text(centre, self._middle + 9, chip.title, "muted", 12, "middle")
        names = {pin: f"GP{gpio}" for gpio, pin in HEADER.items()} | POWER
        used = {wire.pin: wire.kind for wire in wires_of(self._wiring)}
        for pin in range(1, HEADER_PINS + 1):
            self._draw_pin(pin, names[pin], used.get(pin))

    def _draw_pin(self, pin: int, name: str, kind: str | None) -> None:
        x, y = self._pin_place(pin)
        inward = 1 if pin <= _SIDE_PINS else -1
        anchor, outer = ("start", "end") if inward > 0 else ("end", "start")
        self._canvas.dot(x, y, "pad")
        self._canvas.text(x + inward * _LABEL_INSET, y, name, kind or "muted", 12, anchor, kind is not None)
        self._canvas.text(x - inward * _NUMBER_OUTSIDE, y - 7, str(pin), "muted", 9, outer)

    def _draw_wires(self, parts: Sequence[Part], is_left: bool) -> None:
        ends = [
            (self._pin_place(wire.pin), part.row_y(index), wire.kind)
            for part in parts
            for index, wire in enumerate(part.wires)
            if wire.pin
        ]
        lanes = _lanes([(pin_y, row_y) for (_, pin_y), row_y, _ in ends])
        edge = _MARGIN + _PART_WIDTH if is_left else _WIDTH - _MARGIN - _PART_WIDTH
        for ((pin_x, pin_y), row_y, kind), lane in zip(ends, lanes, strict=True):
            first = self._pico_left - 30 if is_left else self._pico_left + _PICO_WIDTH + 30
            x = first - lane * _LANE if is_left else first + lane * _LANE
            self._canvas.line(_without_doubles([(pin_x, pin_y), (x, pin_y), (x, row_y), (edge, row_y)]), kind)

    def _draw_part(self, part: Part) -> None:
        left = _MARGIN if part.is_left else _WIDTH - _MARGIN - _PART_WIDTH
        kind = part.wires[0].kind
        self._canvas.box(left, part.top, _PART_WIDTH, part.height, "part", kind)
        self._canvas.text(left + 12, part.top + _HEAD / 2 + 2, part.title, kind, 13, bold=True)
        inner, outer = (left + _PART_WIDTH - 10, left + 12) if part.is_left else (left + 10, left + _PART_WIDTH - 12)
        near, far = ("end", "start") if part.is_left else ("start", "end")
        for index, wire in enumerate(part.wires):
            y = part.row_y(index)
            self._canvas.text(inner, y, wire.terminal, "ink", 12, near, True)
            self._canvas.text(outer, y, wire.remark, "muted", 11, far)

    def _bus_ends(self) -> list[BusEnd]:
        """Return the points at the sheet's edge at which the bus lines leave the parts beside the Pico."""
        return [
            BusEnd(wire.terminal, _MARGIN if part.is_left else _WIDTH - _MARGIN, part.row_y(index), part.is_left)
            for part in self._parts
            for index, wire in enumerate(part.wires)
            if wire.kind == BUS
        ]

    def _pin_place(self, pin: int | None) -> tuple[float, float]:
        assert pin is not None
        row = pin - 1 if pin <= _SIDE_PINS else HEADER_PINS - pin
        y = self._middle + _PICO_PITCH * (row - (_SIDE_PINS - 1) / 2)
        return (self._pico_left, y) if pin <= _SIDE_PINS else (self._pico_left + _PICO_WIDTH, y)


def _is_left(wire: Wire) -> bool:
    return wire.pin is not None and wire.pin <= _SIDE_PINS


def _stack_height(blocks: Sequence[tuple[str, Sequence[Wire]]]) -> float:
    rows = sum(_HEAD + _ROW * len(wires) + _FOOT for _, wires in blocks)
    return rows + _GAP * max(0, len(blocks) - 1)


def _stacked(blocks: Sequence[tuple[str, Sequence[Wire]]], is_left: bool, middle: float) -> list[Part]:
    parts = []
    top = middle - _stack_height(blocks) / 2
    for title, wires in blocks:
        parts.append(Part(title, wires, is_left, top))
        top += parts[-1].height + _GAP
    return parts


def _lanes(ends: Sequence[tuple[float, float]]) -> list[int]:
    """Return a lane per wire, so that wires in the same order at both ends do not cross.

    Of the wires that run upward the topmost turns first, of those that run downward the lowest.
    """
    up = [index for index, (pin_y, row_y) in enumerate(ends) if row_y <= pin_y]
    down = [index for index in range(len(ends)) if index not in up]
    lanes = [0] * len(ends)
    for group in (up, list(reversed(down))):
        for lane, index in enumerate(group):
            lanes[index] = lane
    return lanes


def _without_doubles(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
