"""List the wiring: the same rows for the terminal and for boards/README.md."""

from dataclasses import dataclass

from rich.box import SIMPLE
from rich.console import Group
from rich.table import Table
from rich.text import Text

from host_tools.board.model import Wiring
from host_tools.board.places import bus_chips, power_wires
from host_tools.board.wires import wires_of

_KIND_STYLES = {
    "bus": "blue",
    "motor": "yellow",
    "encoder": "green",
    "heat": "red",
    "safety": "magenta",
    "analogue": "cyan",
    "light": "bright_yellow",
    "supply": "dim",
}


@dataclass(frozen=True)
class Listing:
    """A table: its title, its headings and its rows; `kinds` colours the rows of the Pico's wires."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...] = ()


def listings(wiring: Wiring) -> list[Listing]:
    """Return the lists of wires: at the Pico, at the chips on the bus, and of the power."""
    wires = wires_of(wiring)
    pico = Listing(
        f"{wiring.title} ({wiring.chip.upper()})",
        ("Pin", "GPIO", "Signal", "Goes to", "Remark"),
        tuple((_pin(wire.pin), wire.place, wire.signal or "-", wire.goes_to, wire.remark) for wire in wires),
        tuple(wire.kind for wire in wires),
    )
    bus = [
        (f"{chip.title} ({chip.part}, 0x{chip.address:02X})", terminal, where, remark)
        for chip in bus_chips(wiring)
        for terminal, where, remark in chip.rows or (("-", "-", "-"),)
    ]
    straps = [(chip.title, chip.part, f"0x{chip.address:02X}", chip.straps) for chip in bus_chips(wiring)]
    return [
        pico,
        Listing("Chips on the I²C bus", ("Chip", "Part", "Address", "Address pins"), tuple(straps)),
        Listing("At the chips", ("Chip", "Terminal", "Goes to", "Remark"), tuple(bus)),
        Listing("Power and loads", ("From", "To", "Remark"), tuple(power_wires(wiring))),
    ]


def terminal_view(wiring: Wiring) -> Group:
    """Return the lists as tables for a terminal."""
    return Group(*(_table(listing) for listing in listings(wiring)))


def markdown(wiring: Wiring) -> str:
    """Return the lists as Markdown."""
    return "\n".join(_section(listing) for listing in listings(wiring))


def _pin(pin: int | None) -> str:
    return "-" if pin is None else str(pin)


def _table(listing: Listing) -> Table:
    table = Table(title=Text(listing.title, style="bold"), title_justify="left", box=SIMPLE)
    for heading in listing.headings:
        table.add_column(heading, justify="right" if heading == "Pin" else "left")
    styles = [_KIND_STYLES[kind] for kind in listing.kinds] or [""] * len(listing.rows)
    previous = ""
    for row, style in zip(listing.rows, styles, strict=True):
        # A chip is named once, at its first terminal.
        first = "" if row[0] == previous and not listing.kinds else row[0]
        table.add_row(*(Text(cell, style=style) for cell in (first, *row[1:])))
        previous = row[0]
    return table


def _section(listing: Listing) -> str:
    lines = [f"### {listing.title}", "", _markdown_row(listing.headings), "|" + "---|" * len(listing.headings)]
    return "\n".join([*lines, *(_markdown_row(row) for row in listing.rows), ""])


def _markdown_row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(f"`{cell}`" if "_" in cell and " " not in cell else cell for cell in cells) + " |"
