"""MicroPython's raw REPL over the emulated cable: run code on the board, get back what it printed."""

from tests.emulator.pico import Pico

_INTERRUPT = b"\r\x03\x03"
_RAW = b"\x01"
_RUN = b"\x04"
_FRIENDLY = b"\x02"
_BANNER = b"raw REPL; CTRL-B to exit\r\n>"


class BoardError(AssertionError):
    """The code has raised on the board; the text is MicroPython's traceback."""


def run_code(pico: Pico, code: str, within_ms: float = 2000) -> str:
    """Interrupt whatever runs, run `code` and return what it printed; raise BoardError with its traceback."""
    pico.run_until(lambda: pico.usb.is_enumerated, within_ms)
    pico.usb.take()
    pico.usb.send(_INTERRUPT + _RAW)
    pico.run_until(lambda: _BANNER in pico.usb.received, within_ms)
    pico.usb.take()
    pico.usb.send(code.encode() + _RUN)
    pico.run_until(lambda: pico.usb.received.count(_RUN) >= 2, within_ms)
    printed, error = pico.usb.take().removeprefix(b"OK").split(_RUN)[:2]
    pico.usb.send(_FRIENDLY)
    if error:
        raise BoardError(error.decode())
    return printed.decode().replace("\r\n", "\n")
