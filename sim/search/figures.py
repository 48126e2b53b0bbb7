"""The figures of a found program, as lines of plain text: for the terminal, and for the comment in its file."""

from collections.abc import Iterator, Sequence

from host_tools.foot_outline import Floats
from instep.axes import FOOT_NAMES
from sim.search.profile import at_places, wished
from sim.search.session import Session
from sim.search.stroke import places_of
from sim.search.wish import Wish

# What a found program is measured against.
RIVAL = "quick"
_NAME_COLUMNS = 20
_VALUE_COLUMNS = 6


def figures(session: Session, wish: Wish, rival: Session | None) -> Iterator[str]:
    """Yield the lines: how near the dose is, the greatest force, and the dose at the places of the stroke."""
    yield f"On average {session.deviation(wish):.0%} beside the wish{_rival(rival, wish)}."
    yield f"Greatest force {session.peak_n:.1f} N, allowed {wish.comfort.force_n:g} N."
    yield "N s/cm2 in the middle of the foot's width, at per mille of the way:"
    for side, points in wish.doses.items():
        # A stroke turns at its ends, and the wish is soft there: these places say little.
        places = places_of(points)[1:-1] or places_of(points)
        yield _row(side, [str(place) for place in places])
        aim = wished(points, side, max(session.lengths_mm))
        yield _row("  wished", _values(at_places(aim, side, places)))
        for name, given in zip(FOOT_NAMES, session.feet, strict=True):
            yield _row(f"  {name} foot", _values(at_places(given[side], side, places)))


def _rival(rival: Session | None, wish: Wish) -> str:
    return "" if rival is None else f"; {RIVAL} is {rival.deviation(wish):.0%} beside it"


def _values(values: Floats) -> list[str]:
    return [f"{value:.1f}" for value in values]


def _row(name: str, cells: Sequence[str]) -> str:
    return name.ljust(_NAME_COLUMNS) + "".join(cell.rjust(_VALUE_COLUMNS) for cell in cells)
