"""Inspect a board, send the missing files, and explain failures in between."""

import zlib
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress

from host_tools.errors import InstepError
from host_tools.flash.checks import full_disk
from host_tools.flash.image import Image
from host_tools.flash.mpremote import MARK, NOTHING_HEARD, Line, ScriptError, run_scripts
from host_tools.flash.plan import Plan
from host_tools.flash.repl import PATIENCE_ADVICE
from host_tools.flash.report import BoardReport
from host_tools.flash.scripts import script
from host_tools.ports import PortError, PortGoneError, open_port

_CHUNK_BYTES = 4096
_WINDOW_BITS = 12  # as `firmware/maintenance/receive.py` expects
_NO_SPACE = 28  # ENOSPC on the board; the laptop's number may differ
_IDLE_S = 30.0

RESTART = script("restart") + "restart()\n"
_RESTART_WHEN_SAME = script("restart") + "if is_same:\n    restart()\n"
_MAINTAIN = "import ab_boot\nab_boot.maintain()\n"


class BoardLostError(InstepError):
    """The board is there, but its script did not end."""


def inspect(port: str, image: Image, if_frozen: Image, patience: int) -> BoardReport:
    """Return the report of the board at its prompt, which restarts if it is up to date; raise InstepError.

    if_frozen: the image that a board with frozen firmware is to have.
    """
    lines: list[Line] = []
    wanted = ", ".join(repr((one.digest, one.root_digests)) for one in (image, if_frozen))
    ask = f"is_same = inspect({wanted})\n"
    _run(port, [script("tree", "inspect") + ask], lines.append, _RESTART_WHEN_SAME, patience)
    for line in lines:
        if line[MARK] == "board":
            return BoardReport.of(line)
    raise _odd(port, "it told nothing about itself")


def send(port: str, image: Image, plan: Plan, on_sent: Callable[[int], None], patience: int) -> None:
    """Execute a plan, then restart the board; raise InstepError. `on_sent` gets the number of bytes sent so far."""
    results: list[str] = []

    def hear(line: Line) -> None:
        results.append(line[MARK])
        if line[MARK] == "received":
            on_sent(line["bytes"])

    sizes = [(path, len(data)) for path, data in plan.incoming.items()]
    begin = (
        f"receiver = Receiver({plan.slot!r}, {plan.settled!r})\n"
        f"receiver.prepare({plan.kept!r}, {plan.source!r}, {plan.copied!r}, {sizes!r})\n"
    )
    chunks = [f"receiver.put({pack(chunk)!r})\n" for chunk in chunks_of(b"".join(plan.incoming.values()))]
    finish = f"receiver.finish({image.digest!r}, {plan.roots!r}, {plan.pointer!r})\n"
    _run(port, [script("tree", "receive") + begin, *chunks, finish], hear, RESTART, patience)
    if "committed" not in results:
        raise InstepError(
            f"The firmware arrived damaged at {port}: a file's SHA-256 is wrong on the board.",
            "The old firmware stays. Use another cable or port, then run the command again.",
        )


def restart(port: str, patience: int) -> None:
    """Restart the board into the slot of its pointer; raise InstepError."""
    _run(port, [], lambda line: None, RESTART, patience)


def maintain(port: str, patience: int) -> None:
    """Reset the board at its prompt into maintenance mode, if it has Instep; its answer is ignored."""
    with suppress(ScriptError):
        run_scripts(port, [], lambda line: None, _MAINTAIN, _IDLE_S * patience)


def chunks_of(data: bytes) -> list[bytes]:
    """Return `data` in chunks of the board's size."""
    return [data[at : at + _CHUNK_BYTES] for at in range(0, len(data), _CHUNK_BYTES)]


def pack(chunk: bytes) -> bytes:
    """Return a chunk packed for sending: base64 of raw deflate."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -_WINDOW_BITS)
    return b64encode(packer.compress(chunk) + packer.flush())


def _run(port: str, scripts: list[str], on_line: Callable[[Line], None], then: str, patience: int) -> None:
    try:
        run_scripts(port, scripts, on_line, then, _IDLE_S * patience)
    except ScriptError as error:
        raise _cause(port, error) from None


def _cause(port: str, error: ScriptError) -> InstepError:
    if error.errno == _NO_SPACE:
        return full_disk("it ran out of room while files were written")
    if error.errno is not None:
        return InstepError(
            f"The board's files cannot be written: its file system says error {error.errno}.",
            "The old firmware stays. Run the command again; if this comes again, the board's flash is worn out.",
        )
    try:
        open_port(port).close()
    except PortGoneError:
        return InstepError(
            f"The board at {port} was unplugged half way: the connection is gone.",
            "The old firmware stays. Plug the board in, then run the command again.",
        )
    except PortError as refused:
        return refused
    return _odd(port, error.text)


def _odd(port: str, text: str) -> BoardLostError:
    advice = "The old firmware stays. Run the command again; if this comes again, unplug the board and plug it in."
    if text in ("", NOTHING_HEARD):
        advice += f"\n{PATIENCE_ADVICE}"
    return BoardLostError(
        f"The board at {port} was reset, or stopped answering: {text or NOTHING_HEARD}.",
        advice,
    )
