"""Find the board among the serial ports and open a port, with a plain sentence for each failure."""

import errno
import sys
from collections.abc import Iterable
from typing import Protocol

import serial
from serial.tools import list_ports

from host_tools.errors import InstepError

AUTO = "auto"

# Raspberry Pi's vendor number; MicroPython on an RP2 answers with this product number, whatever the chip.
_VENDOR = 0x2E8A
_PRODUCT = 0x0005

_GONE = (errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO)
_DENIED = (errno.EACCES, errno.EPERM)
_BUSY = (errno.EBUSY, errno.EAGAIN)


class PortError(InstepError):
    """A port cannot be used."""


class PortGoneError(PortError):
    """Nothing is at the port, or no longer."""


class _Found(Protocol):
    """The used attributes of a port that pyserial lists."""

    device: str
    vid: int | None
    pid: int | None
    serial_number: str | None


def find_port(port: str) -> str:
    """Return the port that `port` means: `auto`, `id:SERIAL`, `port:NAME`, a device or a URL; raise PortError."""
    kind, _, rest = port.partition(":")
    if kind == "port" and rest:
        return rest
    if port != AUTO and kind != "id":
        return port
    boards = [found for found in _ports() if (found.vid, found.pid) == (_VENDOR, _PRODUCT)]
    if kind == "id":
        boards = [found for found in boards if found.serial_number == rest]
    if not boards:
        raise PortGoneError(
            "No board was found: none with MicroPython is plugged in.",
            "Plug it in, with a cable that carries data.",
        )
    if len(boards) > 1:
        raise _several(boards)
    return boards[0].device


def open_port(port: str, timeout_s: float = 0.0) -> serial.SerialBase:
    """Open a port for this program alone, with reads that wait up to `timeout_s`; raise PortError."""
    try:
        return serial.serial_for_url(port, timeout=timeout_s, write_timeout=2, exclusive=True)
    except ValueError:
        raise PortError(f"{port} is no port that can be opened.", "Give one as in: --port /dev/ttyACM0") from None
    except OSError as error:
        raise _refusal(port, _number_of(error)) from None


def _ports() -> Iterable[_Found]:
    return sorted(list_ports.comports())


def _number_of(error: OSError) -> int | None:
    """Return the error number; pyserial puts that of a socket into the cause."""
    cause = error.__context__
    return error.errno or (cause.errno if isinstance(cause, OSError) else None)


def _refusal(port: str, number: int | None) -> PortError:
    if number in _DENIED and not sys.platform.startswith("win"):
        advice = "Let yourself use serial ports, then log in again: sudo usermod -aG dialout $USER"
        return PortError(f"{port} may not be opened: you have no right to use it.", advice)
    if number in (*_BUSY, *_DENIED):
        return PortError(
            f"{port} is busy: another program has it open.",
            "Close that program (a monitor, Thonny, a terminal), then run the command again.",
        )
    if number in _GONE:
        return PortGoneError(
            f"There is no board at {port}: nothing is plugged in there.",
            "Plug the board in, then run the command again, or look for it with: --port auto",
        )
    if number == errno.ECONNREFUSED:
        return PortGoneError(
            f"There is no board at {port}: nobody listens there.",
            "Start what should listen there, then run the command again.",
        )
    return PortError(
        f"{port} cannot be opened: it is busy, gone, or not a serial port.",
        "Close other programs that use it, or look for the board with: --port auto",
    )


def _several(boards: list[_Found]) -> PortError:
    names = ", ".join(f"{found.device} ({found.serial_number})" for found in boards)
    return PortError(
        f"{len(boards)} boards were found, and only one can be meant: {names}.",
        f"Say which, as in: --port {boards[0].device}",
    )
