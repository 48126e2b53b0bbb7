"""The live view: a machine's session in the terminal, with its buttons on keys."""

import asyncio
import os
import signal
import time
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Footer

from host_tools.view.button_timer import HELD_TICKS, POWER_HELD_TICKS, STOP, Finger
from host_tools.view.hands import Hands
from host_tools.view.keypad import DeviceButton, Keypad
from host_tools.view.pacer import Pacer
from host_tools.view.palette import THEME
from host_tools.view.panels import DeviceDisplay, FootPanel, Headline, LogPanel, SessionPanel
from host_tools.view.screens import Banner, Help
from host_tools.view.snapshot import View
from host_tools.view.source import Source
from host_tools.view.style import CSS
from instep.axes import LEFT, RIGHT

# Smooth enough to follow a roller, and light on the processor.
FRAMES_PER_S = 15
_FRAME_S = 1 / FRAMES_PER_S

# Class of the screen from this number of columns or rows; `style.py` lays out by it.
_WIDTHS = [(0, "-narrow"), (76, "-normal"), (110, "-wide")]
_HEIGHTS = [(0, "-short"), (34, "-tall")]


# Actions that a real machine does not have: its time passes by itself.
_TIME_ACTIONS = ("slower", "faster", "freeze")
# A request to a real machine cannot be held down.
_HOLD_ACTION = "hold"


class LiveApp(App[None]):
    """Run `source` at `speed` times real time (None = as fast as it goes) and show it.

    `is_real`: the source's time passes by itself, and its connection takes the place of the speed. `hands`: what a
    person can do beside pressing buttons, on keys of its own.
    """

    CSS = CSS
    TITLE = "Instep"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "push('start')", "Start/pause", show=False),
        Binding("s,escape", "push('stop')", "Stop", show=False),
        Binding("p", "push('program')", "Program", show=False),
        Binding("minus", "push('minus')", "Less", show=False),
        Binding("plus,equals_sign", "push('plus')", "More", show=False),
        Binding("h", "push('heat')", "Heat", show=False),
        Binding("S", "hold('stop')", "Hold STOP", show=False),
        Binding("P", "hold('program')", "Hold PROGRAM", show=False),
        Binding("H", "hold('heat')", "Hold HEAT", show=False),
        Binding("left_square_bracket,comma", "slower", "slower", show=False),
        Binding("right_square_bracket,full_stop", "faster", "speed", key_display="[ ]"),
        Binding("f", "freeze", "freeze", show=False),
        Binding("question_mark", "help", "help", key_display="?"),
        Binding("q", "quit", "leave"),
        Binding("ctrl+c", "quit", "leave", show=False, priority=True),
    ]

    def __init__(self, source: Source, speed: float | None, is_real: bool = False, hands: Hands | None = None) -> None:
        super().__init__()
        self._is_real = is_real
        self._hands = hands
        for act in hands.acts if hands else ():
            self.bind(act.key, f"act('{act.name}')", description=act.label)
        self.register_theme(THEME)
        self.theme = THEME.name
        self._source = source
        self._finger = Finger(source)
        self.pacer = Pacer(speed)
        self.frozen = False
        self._said = ""
        # Kept as attributes, because frames are still drawn while the view closes and its widget tree is removed.
        self.headline = Headline(id="headline")
        self.feet = (FootPanel(LEFT), FootPanel(RIGHT))
        self.side = (DeviceDisplay(id="display"), SessionPanel(id="session"), LogPanel(id="log"))
        self.keypad = Keypad()

    def compose(self) -> ComposeResult:
        """Lay out the headline, the feet, the side panels, the buttons and the keys."""
        yield self.headline
        with Horizontal(id="body"):
            yield Horizontal(*self.feet, id="feet")
            yield Vertical(*self.side, id="side")
        yield self.keypad
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Start to run the machine."""
        self.run_worker(self._run(), exit_on_error=True)

    async def _run(self) -> None:
        """Advance and draw frame after frame until the session ends, then show its result."""
        self._show()
        last_s = time.monotonic()
        while not self._source.is_over:
            started_s = time.monotonic()
            elapsed_s, last_s = started_s - last_s, started_s
            if not self.frozen:
                await self._advance(elapsed_s, started_s + _FRAME_S)
            self._show()
            await asyncio.sleep(max(0.0, started_s + _FRAME_S - time.monotonic()))
        self._show()
        await self.push_screen(Banner(self._source.view()))

    async def _advance(self, elapsed_s: float, until_s: float) -> None:
        """Pass the machine time that is due, in slices so that keys are handled between; stop at `until_s`."""
        self.pacer.pass_time(elapsed_s)
        passed = 0
        while not self._source.is_over and time.monotonic() < until_s:
            ticks = self._finger.ticks_until_change(self.pacer.slice_ticks())
            if ticks == 0:
                break
            before_s = time.monotonic()
            self._source.advance(ticks)
            self._finger.pass_ticks(ticks)
            self.pacer.spend(ticks, time.monotonic() - before_s)
            passed += ticks
            await asyncio.sleep(0)
        if elapsed_s > 0:
            self.pacer.note_frame(passed, elapsed_s)

    def _show(self) -> None:
        view = self._source.view()
        if view.note != self._said:
            self._said = view.note
            if view.note:
                self.notify(view.note, severity="warning")
        self.headline.show(view, self._pace_of(view), self.frozen)
        for panel in (*self.feet, *self.side):
            panel.show(view)

    def _pace_of(self, view: View) -> str:
        """Return the speed, or the state of the connection, in words."""
        if self._is_real:
            return "no connection" if view.is_stale else "live"
        return str(self.pacer)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return False for the keys that a real machine does not have."""
        return not (self._is_real and action in (*_TIME_ACTIONS, _HOLD_ACTION))

    def action_push(self, button: str) -> None:
        """Press one of the device's buttons for a moment of machine time."""
        self._finger.push(button)
        self.keypad.light(button)

    def action_hold(self, button: str) -> None:
        """Hold one of the device's buttons down for as long as counts as held."""
        self._finger.push(button, POWER_HELD_TICKS if button == STOP else HELD_TICKS)
        self.keypad.light(button)

    def action_act(self, name: str) -> None:
        """Do something to the machine beside pressing buttons, and say what has happened."""
        assert self._hands is not None
        self.notify(self._hands.act(name))

    def on_device_button_pushed(self, event: DeviceButton.Pushed) -> None:
        """Press the button that was clicked."""
        self.action_push(event.button)

    def action_faster(self) -> None:
        """Take the next higher speed."""
        self.pacer.faster()

    def action_slower(self) -> None:
        """Take the next lower speed."""
        self.pacer.slower()

    def action_freeze(self) -> None:
        """Stop the machine's time, or continue it."""
        self.frozen = not self.frozen

    async def action_help(self) -> None:
        """Show the keys."""
        await self.push_screen(Help(self._hands.acts if self._hands else (), self._is_real))


async def _run_until_closed(app: LiveApp) -> None:
    # Without a handler, SIGTERM would leave the terminal in full-screen mode.
    if os.name == "posix":
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, app.exit)
    await app.run_async()


def run_live(source: Source, speed: float | None, is_real: bool = False, hands: Hands | None = None) -> None:
    """Show `source` in the terminal until its session has ended or the person leaves; `speed` None = unlimited.

    A defect in the source ends the view with its traceback and SystemExit(1).
    """
    app = LiveApp(source, speed, is_real, hands)
    asyncio.run(_run_until_closed(app))
    if app.return_code:
        raise SystemExit(app.return_code)
