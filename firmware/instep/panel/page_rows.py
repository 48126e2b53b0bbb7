"""The rows of the page of choices: a mark before the row that - and + change, its name, its value."""

from instep.levels import BALANCE_MAX
from instep.panel.figures import BALANCES, SOUNDS
from instep.session import choose_page
from instep.session.choose_page import ROW_AGAIN, ROW_BALANCE, ROW_FEET, ROW_MINUTES, ROW_PACE, ROW_SOUND
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.panel.figures import Figures
    from instep.panel.text import Row
    from instep.session.status import Status

# Name and place on the row of the value.
_NAMES = {
    ROW_AGAIN: b"again",
    ROW_MINUTES: b"time",
    ROW_PACE: b"pace",
    ROW_FEET: b"feet",
    ROW_BALANCE: b"left/right",
    ROW_SOUND: b"sound",
}
_CHOSEN = b">"
_OTHER = b" "
_VALUE_AT = const(12)
_PACES = (b"1 slow", b"2 usual", b"3 fast")
_NO_YES = (b"no", b"yes")
_FEET = (b"left", b"right", b"both")


def compose(row: "Row", figures: "Figures", status: "Status", at: int) -> None:
    """Compose row `at` of the page into `row`."""
    rows = choose_page.rows_in(status.state)
    if at >= len(rows):
        return
    number = rows[at]
    row.put(_CHOSEN if number == status.page.row() else _OTHER)
    row.put(_NAMES[number])
    row.go_to(_VALUE_AT)
    choices = status.selection.choices
    if number == ROW_AGAIN:
        row.put(_NO_YES[1 if status.scheduler.is_again else 0])
    elif number == ROW_MINUTES:
        figures.put_length()
    elif number == ROW_PACE:
        row.put(_PACES[choices.pace - 1])
    elif number == ROW_FEET:
        row.put(_FEET[choices.feet])
    elif number == ROW_BALANCE:
        row.put(BALANCES[choices.balance + BALANCE_MAX])
    else:
        row.put(SOUNDS[choices.sound])
