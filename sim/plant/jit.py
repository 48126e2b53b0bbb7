"""Compile the physics, and choose the folder of the compiled code; no other module imports numba."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])

_FOLDER = Path(__file__).parent
_COMPILED = "*.nbi"


def first_writable(folders: Iterable[Path]) -> Path | None:
    """Return the first folder in which a file can be made, and make the folder; None if there is none."""
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return None


def _folders() -> Iterator[Path]:
    """Yield the folders for compiled code: that of numba's variable, else beside the code, else the user's.

    Every version of the physics has a folder of its own: numba looks for changes in a function's own file alone.
    """
    named: str = cast(Any, numba.config).CACHE_DIR  # made from the environment, so no type knows its names
    if named:
        yield Path(named)
        return
    source = b"".join(path.read_bytes() for path in sorted(_FOLDER.glob("*.py")))
    version = hashlib.sha256(source).hexdigest()[:16]
    yield _FOLDER / "__pycache__" / version
    users = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/.cache")
    if Path(users).is_absolute():  # else the user has no home
        yield Path(users) / "instep" / version


# None: nothing can be kept, and every start compiles.
KEPT_IN = first_writable(_folders())
if KEPT_IN is not None:
    cast(Any, numba.config).CACHE_DIR = str(KEPT_IN)


def compiled(function: F) -> F:
    """Compile `function` with numba on first call, and keep the result if there is a folder for it."""
    return cast(F, numba.njit(cache=KEPT_IN is not None)(function))


def wait_ahead() -> str:
    """Return a sentence for a start that has to compile the physics; empty if that was done before."""
    if KEPT_IN is None:
        return (
            "Compiling the physics, a minute at every start: no folder for compiled code can be written."
            " Set NUMBA_CACHE_DIR to one that can."
        )
    return "" if any(KEPT_IN.rglob(_COMPILED)) else "Compiling the physics, a minute at the first start only ..."
