"""The rows that a watching laptop gets: changed ones, in turn, each once."""

from instep.axes import DISPLAY_COLUMNS
from instep.link.display_rows import DisplayRows
from instep.link.frames import BODY_MAX, DATA_AT


def display(*texts):
    return [bytearray(text.ljust(DISPLAY_COLUMNS).encode()) for text in texts]


def sent(rows, count):
    """Return the data of the next `count` rows, None for an unchanged one."""
    body = bytearray(BODY_MAX)
    found = []
    for _ in range(count):
        size = rows.write_next(body)
        found.append((body[DATA_AT], bytes(body[DATA_AT + 1 : DATA_AT + size]).decode().rstrip()) if size else None)
    return found


def test_every_row_is_sent_once_and_then_only_when_it_changes():
    shown = display("one", "two", "three")
    rows = DisplayRows(shown)
    assert sent(rows, 3) == [(0, "one"), (1, "two"), (2, "three")]
    assert sent(rows, 3) == [None] * 3
    shown[1][:] = "other".ljust(DISPLAY_COLUMNS).encode()
    assert sent(rows, 3) == [None, (1, "other"), None]


def test_a_row_that_changes_again_and_again_does_not_hold_up_the_others():
    shown = display("one", "two")
    rows = DisplayRows(shown)
    sent(rows, 2)
    shown[1][:] = b"x" * DISPLAY_COLUMNS
    found = []
    for letter in b"abc":
        shown[0][:] = bytes([letter]) * DISPLAY_COLUMNS
        found += sent(rows, 1)
    assert [data[0] for data in found if data] == [0, 1, 0]


def test_a_new_watch_gets_all_rows_again():
    rows = DisplayRows(display("one", "two"))
    sent(rows, 2)
    rows.resend()
    assert sent(rows, 2) == [(0, "one"), (1, "two")]
