"""The six buttons: debounce, then one command per press."""

from instep.commands import STOP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.interface import Buttons


class Debounce:
    """Turn the raw mask into `pressed`: the commands (bits of `instep.commands`) of the buttons just pressed.

    A button is down or up once three readings, 20 ms, agree: contacts bounce for less than 10 ms (switch sheets).
    Each is judged for itself, so that one that bounces without end does not silence the others. STOP counts at its
    first reading: a needless stop does no harm, a late one may.
    """

    def __init__(self, buttons: "Buttons") -> None:
        self._buttons = buttons
        self._last = 0
        self._before = 0
        self._held = 0
        self.pressed = 0

    def tick(self) -> None:
        """Read the mask once."""
        raw = self._buttons.read_mask()
        down = raw & (self._last & self._before | STOP)
        self.pressed = down & ~self._held
        self._held = (self._held | down) & (raw | self._last | self._before)
        self._before = self._last
        self._last = raw
