"""Write a file whole or not at all."""

import os
import tempfile
from pathlib import Path

from host_tools.errors import InstepError
from host_tools.program.violations import printable

_MODE = 0o644
_ADVICE = "Give another file to write to."


def write_whole(path: Path, data: bytes, source: Path) -> None:
    """Put `data` in place of `path` in one move; raise InstepError and leave nothing behind when that fails.

    What is not an ordinary file is not replaced, and neither is `source`, which the data was made from.
    """
    try:
        target = path.resolve()
        if target == source.resolve():
            raise InstepError(f"{path} is the file that it is made from.", _ADVICE)
        if target.exists() and not target.is_file():
            raise InstepError(f"{path} cannot be written: it is not a file.", _ADVICE)
        _replace(target, data)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InstepError(f"{printable(str(path))} cannot be written: {reason}.", _ADVICE) from None


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".instep-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, _MODE)
        os.replace(name, path)
    except OSError:
        os.unlink(name)
        raise
