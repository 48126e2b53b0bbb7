"""The rows of the page of choices: a mark before the row that - and + change, its name, its value."""

from instep.levels import BALANCE_MAX, PACE_MIN
from instep.panel import words
from instep.panel.words import WORDS
from instep.people import LEFT_OUT, SKIPPED_TWICE
from instep.session.choose_page import (
    ROW_AGAIN,
    ROW_BALANCE,
    ROW_FEET,
    ROW_MINUTES,
    ROW_PACE,
    ROW_SOUND,
    ROW_TECHNIQUES,
    ROW_WHO,
)
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.panel.figures import Figures
    from instep.panel.text import Row
    from instep.session.status import Status

_CHOSEN = b">"
_OTHER = b" "
_VALUE_AT = const(12)
# The longest technique, TOP OF FOOT, ends where other values begin.
_SKIP_AT = const(13)
# The display's last row says what the buttons do.
_ROWS_SHOWN = const(7)


def compose(row: "Row", figures: "Figures", status: "Status", at: int) -> None:
    """Compose row `at` of the page into `row`."""
    page = status.page
    at += max(0, page.at + 1 - _ROWS_SHOWN)
    if at >= page.count:
        return
    number = page.rows[at]
    row.put(_CHOSEN if at == page.at else _OTHER)
    choices = status.selection.choices
    if number >= ROW_TECHNIQUES:
        people = status.selection.people
        number -= ROW_TECHNIQUES
        row.put_text(WORDS, words.TECHNIQUES + number)
        row.go_to(_SKIP_AT)
        skip = people.get(SKIPPED_TWICE) >> number & 1
        row.put_text(WORDS, words.SKIPS + (2 if people.get(LEFT_OUT) >> number & 1 else skip))
        return
    row.put_text(WORDS, words.ROWS + number)
    row.go_to(_VALUE_AT)
    if number == ROW_AGAIN:
        row.put_text(WORDS, words.NO_YES + (1 if status.scheduler.is_again else 0))
    elif number == ROW_WHO:
        figures.put_person()
    elif number == ROW_MINUTES:
        figures.put_length(is_short=True)
    elif number == ROW_PACE:
        row.put_text(WORDS, words.PACES + choices.pace - PACE_MIN)
    elif number == ROW_FEET:
        row.put_text(WORDS, words.FEET + choices.feet)
    elif number == ROW_BALANCE:
        row.put_text(WORDS, words.BALANCES + choices.balance + BALANCE_MAX)
    elif number == ROW_SOUND:
        row.put_text(WORDS, words.SOUNDS + choices.sound)
    else:
        row.put_text(WORDS, words.CLEANS + (1 if status.feet.are_wells_empty() else 0))
