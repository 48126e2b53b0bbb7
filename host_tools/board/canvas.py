"""Draw shapes and texts by class, with one palette for light and one for dark screens.

The canvas keeps the box of every text, so that a test can find overlapping texts.
"""

from dataclasses import dataclass, field

import drawsvg

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"
# The average character width of the widest usual sans-serif fonts, as a share of the font size; bold is wider.
_WIDTH_SHARE = 0.6
_BOLD_SHARE = 0.66
_HEIGHT_SHARE = 1.0
_CORNER = 6.0

# Class: light, dark.
_INKS = {
    "ink": ("#1f2328", "#e6edf3"),
    "muted": ("#59636e", "#9198a1"),
    "bus": ("#0b62c4", "#4fa3ff"),
    "motor": ("#b4540a", "#f0883e"),
    "encoder": ("#1a7f37", "#3fb950"),
    "heat": ("#c4232b", "#ff7b72"),
    "safety": ("#8a2be2", "#c297ff"),
    "analogue": ("#0f7b85", "#39c5cf"),
    "light": ("#7d6608", "#d6b400"),
    "supply": ("#59636e", "#9198a1"),
}
_FILLS = {
    "paper": ("#ffffff", "#0d1117"),
    "part": ("#f3f5f7", "#161b22"),
    "board": ("#dff1e3", "#12301c"),
    "pad": ("#d9b44a", "#c9a227"),
}


@dataclass(frozen=True)
class Box:
    """The bounding box of a text or a rectangle."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""

    def overlaps(self, other: "Box") -> bool:
        """Return True if the other box overlaps this one."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Return True if the other box is wholly inside this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass
class Canvas:
    """A drawing under construction; sizes and positions in user units, y downward."""

    width: float
    height: float
    texts: list[Box] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._drawing = drawsvg.Drawing(self.width, self.height)
        self._drawing.append_css(_css())
        self.box(0, 0, self.width, self.height, "paper")

    def box(self, left: float, top: float, width: float, height: float, fill: str, edge: str = "") -> None:
        """Draw a rectangle with round corners; `edge` is the ink of its outline."""
        name = f"fill-{fill}" + (f" line-{edge}" if edge else "")
        self._drawing.append(drawsvg.Rectangle(left, top, width, height, rx=_CORNER, class_=name))
        self.frames.append(Box(left, top, left + width, top + height))

    def line(self, points: list[tuple[float, float]], ink: str) -> None:
        """Draw a wire of horizontal and vertical pieces through the points, with round corners."""
        path = drawsvg.Path(class_=f"wire line-{ink}").M(*points[0])
        for before, here, after in zip(points, points[1:], points[2:], strict=False):
            reach = min(_CORNER, _length(before, here) / 2, _length(here, after) / 2)
            path.L(*_toward(here, before, reach)).Q(*here, *_toward(here, after, reach))
        self._drawing.append(path.L(*points[-1]))

    def dot(self, x: float, y: float, fill: str) -> None:
        """Draw a junction or a pad."""
        self._drawing.append(drawsvg.Circle(x, y, 3.5, class_=f"fill-{fill}"))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        ink: str = "ink",
        size: float = 12,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """Write a text centred vertically at `y`; `anchor` is start, middle or end."""
        name = f"ink-{ink}" + (" bold" if bold else "")
        self._drawing.append(
            drawsvg.Text(words, size, x, y, text_anchor=anchor, dominant_baseline="central", class_=name)
        )
        self.texts.append(_box_of(x, y, words, size, anchor, bold))

    def as_svg(self) -> str:
        """Return the drawing as the text of an SVG file."""
        text: str = self._drawing.as_svg()
        return text if text.endswith("\n") else f"{text}\n"


def text_width(words: str, size: float, bold: bool = False) -> float:
    """Return the maximum width of a text in usual fonts."""
    return len(words) * size * (_BOLD_SHARE if bold else _WIDTH_SHARE)


def _box_of(x: float, y: float, words: str, size: float, anchor: str, bold: bool) -> Box:
    width = text_width(words, size, bold)
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    half = size * _HEIGHT_SHARE / 2
    return Box(left, y - half, left + width, y + half, words)


def _css() -> str:
    rules = [
        f"text {{ font-family: {FONT}; }}",
        ".bold { font-weight: 600; }",
        ".wire { fill: none; stroke-width: 1.8; }",
    ]
    light, dark = (_palette(index) for index in (0, 1))
    return "\n".join([*rules, *light, "@media (prefers-color-scheme: dark) {", *dark, "}"])


def _palette(index: int) -> list[str]:
    fills = [f".fill-{name} {{ fill: {colours[index]}; }}" for name, colours in (_FILLS | _INKS).items()]
    inks = [f".ink-{name} {{ fill: {colours[index]}; }}" for name, colours in _INKS.items()]
    return fills + inks + [f".line-{name} {{ stroke: {colours[index]}; }}" for name, colours in _INKS.items()]


def _length(one: tuple[float, float], other: tuple[float, float]) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _toward(here: tuple[float, float], there: tuple[float, float], reach: float) -> tuple[float, float]:
    """Return the point at distance `reach` from `here` in the direction of `there`."""
    share = reach / _length(here, there) if _length(here, there) else 0.0
    return here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share
