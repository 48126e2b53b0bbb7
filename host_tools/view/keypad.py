"""The device's six buttons, for the mouse."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from host_tools.view.snapshot import BUTTONS

MINUS = "\u2212"
# Button: its key, and its label.
_FACES = {
    "start": ("space", "START/PAUSE"),
    "stop": ("s", "STOP"),
    "program": ("p", "PROGRAM"),
    "minus": (MINUS, "INTENSITY"),
    "plus": ("+", "INTENSITY"),
    "heat": ("h", "HEAT"),
}
# At higher speeds a press is too short to see, so the button stays lit this long.
_LIT_S = 0.18


class DeviceButton(Static):
    """One button of the device."""

    class Pushed(Message):
        """The person clicked on the button."""

        def __init__(self, button: str) -> None:
            super().__init__()
            self.button = button

    def __init__(self, button: str) -> None:
        key, label = _FACES[button]
        super().__init__(Content.assemble((key, "bold"), " ", label), id=f"button-{button}", classes="button")
        self._button = button

    def light(self) -> None:
        """Show for a moment that the button is pressed."""
        self.add_class("lit")
        self.set_timer(_LIT_S, lambda: self.remove_class("lit"))

    def on_click(self) -> None:
        """Post the click to the app."""
        self.post_message(self.Pushed(self._button))


class Keypad(Horizontal):
    """All six buttons in a row."""

    def __init__(self) -> None:
        super().__init__()
        self._buttons = {button: DeviceButton(button) for button in BUTTONS}

    def compose(self) -> ComposeResult:
        """Lay the buttons out in the device's order."""
        yield from self._buttons.values()

    def light(self, button: str) -> None:
        """Show for a moment that `button` is pressed."""
        self._buttons[button].light()
