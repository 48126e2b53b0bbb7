"""Write result files whole or not at all, and only where there is no file yet or an ordinary one."""

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from host_tools.errors import InstepError
from host_tools.program.violations import visible

_ADVICE = "Give another file to write to."
_NO_FOLDER = "Make the folder first, or give another file."
_NO_ROOM = "Free some space, or give a file on another disk."
_ADVICE_BY_ERROR = {
    errno.EACCES: "Give a file in a folder that you may write to.",
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: _NO_ROOM,
}

# A file of another kind is refused: replacing `/dev/null` by a result would break every program that uses it.
_KINDS = (
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
)


class ResultFileError(InstepError):
    """A result file that cannot be written; the text says why."""


@contextmanager
def result_file(path: str | Path) -> Iterator[BinaryIO]:
    """Yield a stream that replaces `path` when the block ends well; any exception, Ctrl-C too, leaves nothing behind.

    Raise ResultFileError if `path` is no ordinary file, or if the disk refuses the file.
    """
    target = Path(path)
    require_writable_kind(target)
    with _as_sentences(target):
        # A short name: one made from the target's name could be too long where that one is not.
        partial = target.with_name(f".instep-{secrets.token_hex(8)}.part")
        try:
            with partial.open("xb") as stream:
                yield stream
            require_writable_kind(target)
            os.replace(partial, target)
        finally:
            partial.unlink(missing_ok=True)


def write_result(path: str | Path, data: bytes, source: Path | None = None) -> None:
    """Write `data` to `path`; raise ResultFileError, also if `path` is the file `source` that `data` is made from."""
    target = Path(path)
    require_writable_kind(target)
    if source is not None and target.exists() and target.samefile(source):
        raise ResultFileError(f"{visible(str(path))} is the file that it is made from.", _ADVICE)
    with result_file(target) as stream:
        stream.write(data)


def require_writable_kind(path: Path) -> None:
    """Raise ResultFileError unless `path` is free or an ordinary file, in an existing folder; ask before long work."""
    with _as_sentences(path):
        mode = _mode(path)
        if mode is None and not path.parent.is_dir():
            raise _refusal(path, f"there is no folder {visible(str(path.parent))}", _NO_FOLDER)
    for is_kind, kind in _KINDS:
        if mode is not None and is_kind(mode):
            raise _refusal(path, f"it is {kind}")


def _mode(path: Path) -> int | None:
    """Return the mode of what stands at `path`, links not followed; None if nothing does."""
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return None
    except ValueError as error:  # a name with a zero byte
        raise _refusal(path, str(error)) from None


@contextmanager
def _as_sentences(path: Path) -> Iterator[None]:
    """Raise ResultFileError in place of an error of the file system."""
    try:
        yield
    except OSError as error:
        advice = _ADVICE_BY_ERROR.get(error.errno or 0, _ADVICE)
        raise _refusal(path, error.strerror or str(error), advice) from None


def _refusal(path: Path, reason: str, advice: str = _ADVICE) -> ResultFileError:
    return ResultFileError(f"{visible(str(path))} cannot be written: {reason}.", advice)
