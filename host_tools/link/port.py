"""The serial line to a board: a device, COM3, socket:// or rfc2217://; found by itself when there is just one."""

import errno
import os
from typing import Protocol

import serial
from serial.tools import list_ports

from host_tools.link.errors import LinkError

AUTO = "auto"
# Raspberry Pi's number at the USB forum; MicroPython on its chips uses it.
_VENDOR = 0x2E8A
_BAUD = 115_200
_WRITE_S = 1.0


class Line(Protocol):
    """What the link needs of a serial port: reading does not wait."""

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes that have come."""

    def write(self, data: bytes, /) -> object:
        """Send all of `data`."""

    def close(self) -> None:
        """Let the port go."""


def open_line(port: str) -> Line:
    """Open a port (AUTO: the one board that is plugged in); raise LinkError with the cause and the next step."""
    name = _find() if port == AUTO else port
    try:
        # Two programs on one port would garble each other; a URL's other end sees to that itself.
        alone = {} if "://" in name else {"exclusive": True}
        line: Line = serial.serial_for_url(name, baudrate=_BAUD, timeout=0, write_timeout=_WRITE_S, **alone)
        return line
    except (serial.SerialException, OSError, ValueError) as error:
        raise _cannot_open(name, error) from None


def _find() -> str:
    found = [info.device for info in list_ports.comports() if info.vid == _VENDOR]
    if not found:
        raise LinkError("No board is plugged in.", "Plug it in with a USB data cable, or name its port with --port.")
    if len(found) > 1:
        raise LinkError(f"Several boards are plugged in: {', '.join(found)}.", "Name one of them with --port.")
    return str(found[0])


def _cannot_open(name: str, error: Exception) -> LinkError:
    number = getattr(error, "errno", None)
    text = str(error)
    if number == errno.EACCES or "PermissionError" in text:
        if os.name == "nt":
            return LinkError(f"{name} is in use by another program.", "Close that program and try again.")
        return LinkError(
            f"You may not use {name}.", "Add yourself to its group: sudo usermod -aG dialout $USER, then log in again."
        )
    if number == errno.EBUSY or "exclusively lock" in text:
        return LinkError(f"{name} is in use by another program.", "Close that program and try again.")
    if number == errno.ENOENT or "FileNotFoundError" in text:
        return LinkError(f"There is no port {name}.", "Plug the board in, or name another port with --port.")
    if "://" in name:
        return LinkError(f"Nothing answers at {name}.", "Start what should listen there, or name another port.")
    return LinkError(f"{name} cannot be opened: {text}.", "Unplug the board, plug it in again, and try again.")
