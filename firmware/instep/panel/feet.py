"""The pictures of both feet beside the text; only changed parts are sent."""

from instep.axes import (
    AXES_PER_FOOT,
    FEET,
    HOME,
    LEFT,
    RIGHT,
    ROLLERS_PER_FOOT,
    SOLE_PRESS,
    TOE_REACH,
    TOE_SELECT,
    TOP_PRESS,
)
from instep.panel.footprint import ROWS, WIDTH, Footprint
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.hal.interface import Display
    from instep.session.status import Status

# The rows of the pictures, and the columns left for text in these rows.
FIRST_ROW = 1
LAST_ROW = FIRST_ROW + ROWS - 1
TEXT_COLUMNS = 14
_LEFT_AT = const(88)
_GAP = const(3)
_LIFTED = -1


class FeetPicture:
    """Show the positions of rollers and toe tools, a row at a time; `forget` a row that was overwritten."""

    def __init__(self, device: "Display", status: "Status", drives: "Drives") -> None:
        self._device = device
        self._status = status
        self._drives = drives
        self._prints = (Footprint(LEFT), Footprint(RIGHT))
        self._columns = bytearray(FEET * WIDTH + _GAP)
        self._shown = [bytearray(len(self._columns)) for _ in range(ROWS)]

    def forget(self, row: int) -> None:
        """Treat row 1..4 of the display as empty."""
        shown = self._shown[row - FIRST_ROW]
        for column in range(len(shown)):
            shown[column] = 0

    def show(self, row: int) -> None:
        """Compose row 1..4 of the display, and send it if it has changed."""
        columns = self._columns
        for foot in range(FEET):
            self._place(foot)
            self._prints[foot].compose(row - FIRST_ROW, columns, foot * (WIDTH + _GAP))
        if columns != self._shown[row - FIRST_ROW]:
            self._columns = self._shown[row - FIRST_ROW]
            self._shown[row - FIRST_ROW] = columns
            self._device.draw(row, _LEFT_AT, columns)

    def _place(self, foot: int) -> None:
        """Set the positions of the tools on a foot."""
        setpoints = self._status.scheduler.setpoints
        rollers = self._drives.rollers
        base = foot * AXES_PER_FOOT
        top = rollers[foot * ROLLERS_PER_FOOT].position_um if setpoints[base + TOP_PRESS] > 0 else _LIFTED
        sole = rollers[foot * ROLLERS_PER_FOOT + 1].position_um if setpoints[base + SOLE_PRESS] > 0 else _LIFTED
        is_at_toes = setpoints[base + TOE_REACH] != HOME[TOE_REACH]
        station = setpoints[base + TOE_SELECT] if is_at_toes else _LIFTED
        self._prints[foot].place(top, sole, self._status.fitting.fit.length_um[foot], station)
