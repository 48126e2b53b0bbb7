"""Keep the output streams usable: characters that a stream's encoding lacks, a closed pipe, a full disk."""

import codecs
import contextlib
import errno
import io
import os
import sys
from typing import Any, NoReturn

from host_tools.errors import InstepError

# What is printed and common terminals of old encodings lack; anything else becomes a question mark.
_LOOKALIKES = {
    "−": "-",
    "–": "-",
    "—": "-",
    "×": "x",
    "·": ".",
    "•": "*",
    "…": "...",
    "‰": "/1000",
    "°": " deg ",
    "²": "2",
    "³": "3",
    "Ω": "Ohm",
    "µ": "u",
    "μ": "u",
    "≤": "<=",
    "≥": ">=",
    "→": "->",
    "“": '"',
    "”": '"',
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{NO-BREAK SPACE}": " ",
}
_HANDLER = "instep.lookalike"
_REASONS = {
    errno.EPIPE: "the program that read it has ended",
    errno.EINVAL: "the program that read it has ended",  # Windows
}


def _lookalike(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    replaced = "".join(_LOOKALIKES.get(character, "?") for character in text)
    return replaced, error.end


class OutputError(InstepError):
    """Standard output or error takes nothing any more."""

    def __init__(self, error: OSError) -> None:
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        super().__init__(f"The output was not written to its end: {reason}.")


class _Output(io.BufferedWriter):
    """The bytes of a stream; what cannot be written raises OutputError once, and nothing after it."""

    def __init__(self, raw: io.RawIOBase, is_unbuffered: bool) -> None:
        super().__init__(raw)
        self._is_unbuffered = is_unbuffered
        self._is_lost = False

    def write(self, data: Any, /) -> int:
        """Write all of `data`."""
        if self._is_lost:
            return len(data)
        try:
            written = super().write(data)
            if self._is_unbuffered:
                super().flush()
        except OSError as error:
            self._lose(error)
        return written

    def flush(self) -> None:
        """Write what is held."""
        if self._is_lost:
            return
        try:
            super().flush()
        except OSError as error:
            self._lose(error)

    def _lose(self, error: OSError) -> NoReturn:
        """Send what is held nowhere: Python would complain about it when it ends."""
        self._is_lost = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        super().flush()
        raise OutputError(error) from None


def prepare_streams() -> None:
    """Let standard output and error replace the characters that their encoding lacks, and fail by OutputError."""
    codecs.register_error(_HANDLER, _lookalike)
    sys.stdout = _prepared(sys.stdout)
    sys.stderr = _prepared(sys.stderr)


def _prepared(stream: Any) -> Any:
    """Return another stream of the same file; None, for a stream that was closed from the start, stays None."""
    if stream is None:
        return None
    stream.flush()
    raw = open(stream.fileno(), "wb", buffering=0, closefd=False)  # noqa: SIM115 (open until Python ends)
    is_unbuffered = isinstance(stream.buffer, io.RawIOBase)
    return io.TextIOWrapper(
        _Output(raw, is_unbuffered),
        encoding=stream.encoding,
        errors=_HANDLER,
        line_buffering=stream.line_buffering,
        write_through=is_unbuffered,
    )


def say_error(text: str) -> None:
    """Print on standard error; if nobody can read it there, the exit code alone tells."""
    with contextlib.suppress(OutputError):
        print(text, file=sys.stderr, flush=True)
