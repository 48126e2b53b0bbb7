"""The panels around the drawn feet; each redraws only if its text changes."""

from collections import deque

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from host_tools import words
from host_tools.view.canvas import GAP_COLUMNS, GRIP_N, FootCanvas, toes_of
from host_tools.view.gauges import bar, dots, force_line, skin_line, spread
from host_tools.view.snapshot import FootView, View
from instep.axes import DISPLAY_COLUMNS, DISPLAY_ROWS, FOOT_NAMES
from instep.levels import INTENSITY_MAX, PACE_MAX

_LOG_MAX = 200
_ROOM_FOR_WORDS = 30


class TextPanel(Static):
    """Text that is redrawn only if it changes."""

    _last: tuple[object, ...] = ()

    def put(self, content: Content) -> None:
        """Show `content`."""
        key = (content.plain, *content.spans)
        if key != self._last:
            self._last = key
            self.update(content, layout=False)

    @property
    def room(self) -> int:
        """Return the width of a line, cells; a default before the first layout."""
        return self.content_size.width or DISPLAY_COLUMNS


class Headline(TextPanel):
    """Name, program, state, speed and time left in one line."""

    def show(self, view: View, speed: str, frozen: bool) -> None:
        """Show the line for `view`; `speed` in words."""
        state = words.state(view.state)
        left = Content.assemble(("Instep", "bold $primary"), f"  {view.program}  ", (state, "$accent"))
        pace = (" frozen ", "bold $background on $accent") if frozen else (speed, "$primary")
        left_time = ((words.clock(view.left_s), "bold $foreground"), (" left", "$muted")) if view.left_s else ()
        right = Content.assemble(pace, "   ", *left_time)
        self.put(spread(self.room, left, right))


class FootPanel(Vertical):
    """One foot: its technique, its two pictures, its gauges."""

    def __init__(self, foot: int) -> None:
        super().__init__(id=f"foot-{FOOT_NAMES[foot]}", classes="foot")
        self._foot = foot
        self._title = TextPanel(classes="foot-title")
        self._canvas = FootCanvas(foot)
        self._captions = TextPanel(classes="captions")
        self._gauges = TextPanel(classes="gauges")

    def compose(self) -> ComposeResult:
        """Lay out title, pictures, captions and gauges."""
        yield self._title
        yield self._canvas
        yield self._captions
        yield self._gauges

    def show(self, view: View) -> None:
        """Show the foot of `view`."""
        foot = view.feet[self._foot]
        self._canvas.show(foot, view.time_s)
        self._title.put(self._title_line(foot))
        self._captions.put(self._caption_line())
        self._gauges.put(self._gauge_lines(foot, view.target_c))

    def _title_line(self, foot: FootView) -> Content:
        busy = foot.technique is not None
        room = self._title.room
        left = Content.assemble(
            (FOOT_NAMES[self._foot].upper(), "bold $foreground"),
            " ",
            (words.technique(foot.technique) if foot.is_in else "out of the well", "$accent" if busy else "$muted"),
        )
        of = " of " if room >= _ROOM_FOR_WORDS else "/"
        stroke = f"{foot.stroke}{of}{foot.strokes}" if busy and foot.strokes else ""
        return spread(room, left, Content.assemble((stroke, "$foreground")))

    def _caption_line(self) -> Content:
        canvas = self._canvas
        line = (" " * GAP_COLUMNS).join(name.center(canvas.picture_columns) for name in canvas.pictures)
        return Content.assemble((line.center(canvas.size.width), "$muted"))

    def _gauge_lines(self, foot: FootView, target_c: float) -> Content:
        width = self._gauges.room
        return Content("\n").join(
            [
                force_line(width, "top", foot.top_n, foot.top_target_n),
                force_line(width, "sole", foot.sole_n, foot.sole_target_n),
                skin_line(width, foot.skin_c, target_c),
                self._toe_line(foot),
                self._hold_line(foot),
            ]
        )

    def _toe_line(self, foot: FootView) -> Content:
        if toes_of(foot) is None:
            return Content.assemble(("toes ", "$muted"), ("free", "$muted"))
        station = words.station(foot.toe_station)
        turn_deg = round(foot.turn_deg)
        grip, turn = ("  grip", "  turn") if self._gauges.room >= _ROOM_FOR_WORDS else ("", "")
        figures = f"{grip} {foot.grip_n:.1f} N{turn} {turn_deg:+d}°" if foot.grip_n >= GRIP_N else ""
        return Content.assemble(("toes ", "$muted"), (station, "bold $primary"), figures)

    def _hold_line(self, foot: FootView) -> Content:
        length = "" if foot.length_mm is None else f"   foot {foot.length_mm:.0f} mm"
        return Content.assemble(
            ("hold ", "$muted"), f"arch {foot.arch_n:.0f} N  heel {foot.heel_n:.0f} N", (length, "$muted")
        )


class DeviceDisplay(TextPanel):
    """The device's own eight rows of 21 characters."""

    def show(self, view: View) -> None:
        """Show the rows of the device's display."""
        rows = [row[:DISPLAY_COLUMNS].ljust(DISPLAY_COLUMNS) for row in view.display[:DISPLAY_ROWS]]
        rows += [" " * DISPLAY_COLUMNS] * (DISPLAY_ROWS - len(rows))
        self.put(Content("\n".join(rows)))


class SessionPanel(TextPanel):
    """Progress and the levels that the person chose."""

    BORDER_TITLE = "session"

    def show(self, view: View) -> None:
        """Show the session of `view`."""
        whole_s = view.time_s + view.left_s if view.left_s > 0 else 0.0
        share = view.time_s / whole_s if whole_s else 0.0
        heat = f"{view.heat} {view.target_c:.0f} °C" if view.target_c > 0 else view.heat
        rows = (
            ("intensity", dots(view.intensity, INTENSITY_MAX)),
            ("pace", dots(view.pace, PACE_MAX)),
            ("heat", Content(heat)),
            ("supply", Content(f"{view.supply_v:.1f} V")),
        )
        width = self.room
        times = spread(
            width,
            Content.assemble((words.clock(view.time_s), "$foreground")),
            Content.assemble(("of ", "$muted"), (words.clock(whole_s), "$foreground")) if whole_s else Content(""),
        )
        lines = [bar(width, share, None, "$primary"), times]
        lines += [spread(width, Content.assemble((label, "$muted")), value) for label, value in rows]
        self.put(Content("\n").join(lines))


class LogPanel(TextPanel):
    """The newest changes of state and technique, the last one at the bottom."""

    BORDER_TITLE = "what happened"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._lines: deque[tuple[str, str, str]] = deque(maxlen=_LOG_MAX)
        self._state = ""
        self._techniques: list[str | None] = [None for _ in FOOT_NAMES]

    def show(self, view: View) -> None:
        """Add the changes since the last view and show the newest lines."""
        if view.state != self._state:
            self._state = view.state
            self._note(view, words.state(view.state), "$accent")
        techniques = [foot.technique for foot in view.feet]
        changed = [number for number, name in enumerate(techniques) if name not in (None, self._techniques[number])]
        if len(changed) == len(FOOT_NAMES) and len(set(techniques)) == 1:
            self._note(view, f"both {words.technique(techniques[0])}")
        else:
            for number in changed:
                self._note(view, f"{FOOT_NAMES[number]} {words.technique(techniques[number])}")
        self._techniques = techniques
        self._draw()

    def _note(self, view: View, text: str, style: str = "$foreground") -> None:
        self._lines.append((words.clock(view.time_s), text, style))

    def _draw(self) -> None:
        rows = max(1, self.content_size.height)
        lines = [
            Content.assemble((time.rjust(5), "$muted"), " ", (text, style)).truncate(self.room, ellipsis=True)
            for time, text, style in list(self._lines)[-rows:]
        ]
        self.put(Content("\n").join(lines))
