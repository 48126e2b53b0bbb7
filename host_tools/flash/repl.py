"""Reach the prompt of a board's MicroPython, whether or not a program runs."""

import time

import serial

from host_tools.errors import InstepError
from host_tools.ports import PortGoneError, open_port

PATIENCE_ADVICE = "An emulated board, or a busy computer, needs more patience, as in: instep flash --patience 100"

_INTERRUPT = b"\r\x03"
_RAW = b"\r\x01"
_RAW_ANSWER = b"raw REPL"
_FRIENDLY = b"\r\x02"

_READ_S = 0.01
_GLANCE_S = 0.3
_TRY_S = 1.0
_TRIES_PER_INTERRUPT = 4
_POLL_S = 0.1


def is_at_prompt(port: str, patience: int) -> bool:
    """Return True if no program runs on the board, without disturbing one that does; raise PortError."""
    return _answers(port, b"", _GLANCE_S * patience)


def reach_repl(port: str, timeout_s: float, patience: int) -> None:
    """Stop the board's program and wait for its prompt; raise PortError, or InstepError if no prompt answers.

    The firmware answers an interrupt by making its outputs safe and resetting into maintenance mode, so the port may
    vanish for a while. Interrupts are spaced out: a second one at once would hit the board while it starts.
    """
    deadline = time.monotonic() + timeout_s * patience
    tries = 0
    while time.monotonic() < deadline:
        try:
            if _answers(port, b"" if tries % _TRIES_PER_INTERRUPT else _INTERRUPT, _TRY_S * patience):
                return
        except (serial.SerialException, PortGoneError):
            time.sleep(_POLL_S)
        tries += 1
    open_port(port).close()
    raise InstepError(
        f"The board at {port} does not answer: no MicroPython prompt appears there.",
        f"Unplug the board and plug it in again, then run the command again.\n{PATIENCE_ADVICE}",
    )


def _answers(port: str, first: bytes, wait_s: float) -> bool:
    with open_port(port, _READ_S) as connection:
        connection.write(first + _RAW)
        heard = b""
        end = time.monotonic() + wait_s
        while time.monotonic() < end:
            heard += connection.read(connection.in_waiting or 1)
            if _RAW_ANSWER in heard:
                connection.write(_FRIENDLY)
                return True
    return False
