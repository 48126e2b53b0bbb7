"""The screens over the live view: the help and the end of the session."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from host_tools import words
from host_tools.view.hands import Act
from host_tools.view.keypad import MINUS
from host_tools.view.palette import TOOL, force_colour, hex_of
from host_tools.view.snapshot import View

_KEYS = (
    ("space, enter", "START / PAUSE on the device"),
    ("s, escape", "STOP on the device"),
    ("p", "PROGRAM"),
    (f"{MINUS}  +", "INTENSITY"),
    ("h", "HEAT"),
    ("[  ]   or   ,  .", "slower, faster"),
    ("f", "freeze the view, go on"),
    ("q, ctrl+c", "leave"),
)
# The first of the keys are the device's own.
_DEVICE_KEYS = 5
_HOLDS = (("H", "hold HEAT: the page of choices"), ("P", "hold PROGRAM: stay"), ("S", "hold STOP: switch off"))
_KEY_CELLS = 18
_SHOWN_FORCES_N = (0, 8, 16, 25, 35, 60)


class Banner(ModalScreen[None]):
    """Show how the session ended; any key or click closes the view."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """Lay out title, reason and what to do."""
        title, text = words.ending(self._view.result, self._view.reason)
        with Vertical(id="banner", classes=f"result-{self._view.result}"):
            yield Static(Content(title), id="banner-title")
            yield Static(Content(text), id="banner-text")
            hint = f"{words.clock(self._view.time_s)} of session time   press any key to leave"
            yield Static(Content(hint), id="banner-hint")

    def on_key(self, event: events.Key) -> None:
        """Close the view."""
        event.stop()
        self.app.exit()

    def on_click(self) -> None:
        """Close the view."""
        self.app.exit()


class Help(ModalScreen[None]):
    """The keys, and a legend of the colours."""

    def __init__(self, acts: tuple[Act, ...] = (), is_real: bool = False) -> None:
        super().__init__()
        device, view = _KEYS[:_DEVICE_KEYS], _KEYS[_DEVICE_KEYS:]
        holds = () if is_real else _HOLDS
        self._keys = (*device, *holds, *((act.key, act.meaning) for act in acts), *view)

    BINDINGS: ClassVar[list[BindingType]] = [("escape,question_mark,q,space,enter", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        """Lay out the keys and the legend."""
        keys = [Content.assemble((key.ljust(_KEY_CELLS), "bold $primary"), text) for key, text in self._keys]
        ramp = [part for n in _SHOWN_FORCES_N for part in (("■ ", hex_of(force_colour(n))), (f"{n}  ", "$muted"))]
        legend = [
            Content.assemble(("roller, N".ljust(_KEY_CELLS), "$muted"), *ramp),
            Content.assemble(("toe tool".ljust(_KEY_CELLS), "$muted"), ("■ ", hex_of(TOOL)), "toe held, gap slid"),
            Content.assemble(("┃ on a gauge".ljust(_KEY_CELLS), "$muted"), "target of the program"),
        ]
        with Vertical(id="help"):
            yield Static(Content("\n").join([*keys, Content(""), *legend]))

    def on_click(self) -> None:
        """Close the help."""
        self.dismiss()
