"""The wirings of the shipped boards, and of boards with moved signals."""

from host_tools.board.check import check_text
from host_tools.board.load import load_board, shipped
from tests.host_tools.board_files import edited

# A board with signals moved from one side of the header to the other, and other addresses.
MOVED = {
    "pins.i2c_sda": "20",
    "pins.i2c_scl": "21",
    "pins.servo_disable": "0",
    "pins.relay": "1",
    "addresses.servos": "0x77",
    "addresses.display": "0x3D",
    "addresses.expander": "0x27",
    "expander.button_first": "8",
    "expander.foot_right": "0",
    "expander.relay_contact": "1",
    "channels.servo_left_first": "8",
    "channels.servo_right_first": "0",
    "title": '"A board with a name of forty characters."',
}

# The bus's lines on either side of the header.
SPLIT = {
    "pins.i2c_scl": "21",
    "pins.relay": "1",
}


def boards():
    """Return every wiring by name."""
    found = {name: load_board(name).wiring for name in shipped()}
    changed = {"moved": MOVED, "split": SPLIT}
    return found | {name: check_text(edited(changes), f"{name}.toml") for name, changes in changed.items()}


WIRINGS = boards()
