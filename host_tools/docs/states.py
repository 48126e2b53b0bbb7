"""The picture `docs/states.svg`: the session's states, with a line per transition of the firmware's table."""

from collections import defaultdict
from dataclasses import dataclass

from host_tools.docs.diagram import Diagram
from instep.session import states
from instep.session.states import NAMES

# What the machine does in each state; a new state needs a line here.
ROLES = {
    states.IDLE: "waits for START",
    states.SCREENING: "asks the questions",
    states.SELFTEST: "tests itself, rollers go home",
    states.FIT: "measures the feet",
    states.WARM: "warms the wells, asks for lotion",
    states.RUN: "gives the program's strokes",
    states.PAUSED: "rollers up, the place is kept",
    states.CLOSING: "gives the closing strokes",
    states.RETRACT: "lets the feet go",
    states.DONE: "says that it is over",
    states.REFUSED: "says why there is no session",
    states.FAULT: "everything safe, says what to do",
    states.OFF: "dark until START",
}
_EVENTS = ("GO", "START", "STOP", "PAUSE", "END", "REFUSE", "TRIP", "CLEARED", "POWER")
_INKS = {
    states.FAULT: "heat",
    states.RETRACT: "motor",
    states.IDLE: "encoder",
    states.PAUSED: "safety",
    states.OFF: "muted",
}

_BOX_WIDTH, _BOX_HEIGHT, _ROW = 240.0, 58.0, 86.0
_LEFT, _TOP, _MARGIN = 210.0, 16.0, 16.0
_TRACK = 30.0
_FIRST_TRACK = 90.0
_NAME_SIZE, _ROLE_SIZE, _EVENT_SIZE = 14.0, 11.0, 10.5
_BELOW, _ABOVE = 1, -1


@dataclass(frozen=True)
class Arrow:
    """All events that lead from one state to another."""

    source: int
    target: int
    events: tuple[int, ...]

    @property
    def side(self) -> int:
        """Return the side on which the arrow is drawn: right if it leads down the page, else left."""
        return _BELOW if self.target > self.source else _ABOVE

    @property
    def label(self) -> str:
        """Return the events' names."""
        return ", ".join(_EVENTS[event] for event in self.events)


def arrows() -> list[Arrow]:
    """Return the transitions, one arrow for each pair of states."""
    events = defaultdict(list)
    for source, event, target in states.TRANSITIONS:
        events[source, target].append(event)
    return [Arrow(source, target, tuple(found)) for (source, target), found in events.items()]


def render() -> str:
    """Return the picture as SVG."""
    return draw().as_svg()


def draw() -> Diagram:
    """Return the picture."""
    far = [arrow for arrow in arrows() if arrow.target - arrow.source != 1]
    tracks = {side: _tracks([arrow for arrow in far if arrow.side == side]) for side in (_ABOVE, _BELOW)}
    right = _LEFT + _BOX_WIDTH + _FIRST_TRACK + _TRACK * max(tracks[_BELOW].values()) + _MARGIN * 2
    picture = Diagram(right, _TOP + _ROW * states.STATES)
    places = _places(far)
    for side, of_targets in tracks.items():
        for target, track in of_targets.items():
            group = [arrow for arrow in far if (arrow.side, arrow.target) == (side, target)]
            _draw_track(picture, group, _edge(side) + side * (_FIRST_TRACK + _TRACK * track), places)
    for state in range(states.STATES):
        _draw_state(picture, state)
    for arrow in arrows():
        if arrow not in far:
            _draw_step(picture, arrow)
    return picture


def _tracks(arrows: list[Arrow]) -> dict[int, int]:
    """Return for each target the number of its line beside the boxes: the shortest line is next to them."""
    spans: dict[int, tuple[int, int]] = {}
    for target in {arrow.target for arrow in arrows}:
        ends = [target, *(arrow.source for arrow in arrows if arrow.target == target)]
        spans[target] = (min(ends), max(ends))
    tracks: dict[int, int] = {}
    for target in sorted(spans, key=lambda each: (spans[each][1] - spans[each][0], each)):
        taken = {tracks[other] for other in tracks if _meet(spans[target], spans[other])}
        tracks[target] = next(track for track in range(len(spans)) if track not in taken)
    return tracks


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _places(arrows: list[Arrow]) -> dict[tuple[int, int, int], float]:
    """Return the height of each end, by state, side and target: the ends at one side of a box are evenly spread."""
    ends: dict[tuple[int, int], set[int]] = defaultdict(set)
    for arrow in arrows:
        ends[arrow.source, arrow.side].add(arrow.target)
        ends[arrow.target, arrow.side].add(arrow.target)
    return {
        (state, side, target): _top(state) + _BOX_HEIGHT * (index + 1) / (len(targets) + 1)
        for (state, side), targets in ends.items()
        for index, target in enumerate(sorted(targets, reverse=side == _ABOVE))
    }


def _draw_track(picture: Diagram, group: list[Arrow], x: float, places: dict[tuple[int, int, int], float]) -> None:
    """Draw the common line of all arrows into one state, on one side of the boxes."""
    side, target = group[0].side, group[0].target
    ink = _INKS.get(target, "bus")
    end = places[target, side, target]
    for arrow in group:
        start = places[arrow.source, side, target]
        picture.line([(_edge(side), start), (x, start), (x, end)], ink)
        anchor = "start" if side == _BELOW else "end"
        picture.text(_edge(side) + side * 8, start - 7, arrow.label, ink, _EVENT_SIZE, anchor)
    picture.arrow_level(x, _edge(side), end, ink)


def _draw_state(picture: Diagram, state: int) -> None:
    ink = _INKS.get(state, "bus")
    picture.box(_LEFT, _top(state), _BOX_WIDTH, _BOX_HEIGHT, "part", ink)
    middle = _LEFT + _BOX_WIDTH / 2
    picture.text(middle, _top(state) + 21, NAMES[state], ink, _NAME_SIZE, "middle", bold=True)
    picture.text(middle, _top(state) + 40, ROLES[state], "muted", _ROLE_SIZE, "middle")


def _draw_step(picture: Diagram, arrow: Arrow) -> None:
    """Draw an arrow to the state below."""
    x, start, end = _LEFT + _BOX_WIDTH / 2, _top(arrow.source) + _BOX_HEIGHT, _top(arrow.target)
    ink = _INKS.get(arrow.target, "bus")
    picture.arrow([(x, start), (x, end)], ink)
    picture.text(x + 8, (start + end) / 2, arrow.label, ink, _EVENT_SIZE)


def _edge(side: int) -> float:
    return _LEFT + _BOX_WIDTH if side == _BELOW else _LEFT


def _top(state: int) -> float:
    return _TOP + _ROW * state
