"""Draw the I²C bus below the Pico: two rails, the chips on them, and the parts at their terminals."""

from collections.abc import Sequence
from dataclasses import dataclass

from host_tools.board.canvas import Canvas, text_width
from host_tools.board.places import BusChip
from host_tools.board.wires import BUS

_LEFT = 28.0
_GAP = 14.0
_HEAD = 48.0
_TITLE_AT = 14.0
_ADDRESS_AT = 33.0
_ROW = 19.0
_FOOT = 7.0
_INSET = 10.0
_TITLE_SIZE = 12.0
_TEXT_SIZE = 11.0
_ONE_COLUMN_ROWS = 12

# With the gaps between them they fill the sheet.
_WIDTHS = {
    "display": 180.0,
    "expander": 218.0,
    "heat_adc": 186.0,
    "force_adc_left": 186.0,
    "force_adc_right": 186.0,
    "servos": 278.0,
    "thermometer_left": 162.0,
    "thermometer_right": 162.0,
}

# Below the Pico's parts: the rails, then the chips. The first rail is the lower one and runs outside the other.
_RAIL_AT = 32.0
_CHIPS_AT = 66.0
_RAIL_PITCH = 12.0
_OUTSIDE = 16.0
_OUTSIDE_PITCH = 9.0
_JOINT_INSET = 14.0
_LABEL_INSET = 40.0
_LABEL_AWAY = 9.0


@dataclass(frozen=True)
class BusEnd:
    """The origin of a bus line: its name, a point at the edge of the sheet, and which edge."""

    name: str
    x: float
    y: float
    is_left: bool


def bus_height(chips: Sequence[BusChip]) -> float:
    """Return the height of the drawing of the bus."""
    return _CHIPS_AT + _HEAD + _ROW * max(_rows(chip) for chip in chips) + _FOOT


def draw_bus(canvas: Canvas, chips: Sequence[BusChip], ends: Sequence[BusEnd], top: float) -> None:
    """Draw rails and chips below the height `top`."""
    lefts = [_LEFT]
    for chip in chips[:-1]:
        lefts.append(lefts[-1] + _WIDTHS[chip.key] + _GAP)
    for rail, end in enumerate(ends):
        _draw_rail(canvas, end, rail, lefts, top)
    for left, chip in zip(lefts, chips, strict=True):
        _draw_chip(canvas, left, top + _CHIPS_AT, chip)


def _draw_rail(canvas: Canvas, end: BusEnd, rail: int, lefts: Sequence[float], top: float) -> None:
    outside = _OUTSIDE - _OUTSIDE_PITCH * rail
    x = end.x - outside if end.is_left else end.x + outside
    y = top + _RAIL_AT - _RAIL_PITCH * rail
    joint = _JOINT_INSET + _RAIL_PITCH * (1 - rail)
    last = lefts[-1] if end.is_left else lefts[0]
    canvas.line([(end.x, end.y), (x, end.y), (x, y), (last + joint, y)], BUS)
    for left in lefts:
        canvas.line([(left + joint, y), (left + joint, top + _CHIPS_AT)], BUS)
        canvas.dot(left + joint, y, BUS)
    # Beside the rail: below the lower, above the upper.
    canvas.text(lefts[0] + _LABEL_INSET, y + (_LABEL_AWAY if rail == 0 else -_LABEL_AWAY), end.name, BUS, bold=True)


def _draw_chip(canvas: Canvas, left: float, top: float, chip: BusChip) -> None:
    rows, width = _rows(chip), _WIDTHS[chip.key]
    canvas.box(left, top, width, _HEAD + _ROW * rows + _FOOT, "part", BUS)
    canvas.text(left + _INSET, top + _TITLE_AT, chip.title, BUS, _TITLE_SIZE, bold=True)
    address = f"{chip.part} 0x{chip.address:02X}, {chip.straps}"
    canvas.text(left + _INSET, top + _ADDRESS_AT, address, "muted", _TEXT_SIZE)
    indent = 8 + max((text_width(terminal, _TEXT_SIZE, True) for terminal, _, _ in chip.rows), default=0.0)
    for index, (terminal, where, _) in enumerate(chip.rows):
        column, row = divmod(index, rows)
        x, y = left + _INSET + column * width / 2, top + _HEAD + _ROW * (row + 0.5)
        canvas.text(x, y, terminal, "ink", _TEXT_SIZE, bold=True)
        canvas.text(x + indent, y, where, "muted", _TEXT_SIZE)


def _rows(chip: BusChip) -> int:
    """Return the rows of a chip's box; a long list gets two columns."""
    count = len(chip.rows)
    return count if count <= _ONE_COLUMN_ROWS else (count + 1) // 2
