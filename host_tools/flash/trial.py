"""Watch a board try its new firmware."""

import time

import serial

from host_tools.flash.mpremote import MARK, parse_line
from host_tools.ports import PortGoneError, open_port

# The board gives the new firmware 10 s; before that it restarts.
_WATCH_S = 15.0
_READ_S = 0.1
_POLL_S = 0.1


def watch(port: str, slot: str, patience: int) -> bool:
    """Listen until the firmware in `slot` is confirmed or rejected, or the time is up; raise PortError."""
    deadline = time.monotonic() + _WATCH_S * patience
    while time.monotonic() < deadline:
        try:
            with open_port(port, _READ_S) as connection:
                while time.monotonic() < deadline:
                    line = parse_line(connection.readline().decode("utf-8", "replace"))
                    if line in ({MARK: "confirmed", "slot": slot}, {MARK: "given up", "slot": slot}):
                        return bool(line[MARK] == "confirmed")
        except (serial.SerialException, PortGoneError):
            time.sleep(_POLL_S)  # it restarts
    return False
