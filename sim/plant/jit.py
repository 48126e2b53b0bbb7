"""The one place that names the compiler of the physics."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])

_FOLDER = Path(__file__).parent


def _keep_compiled_code_apart() -> None:
    """Give every version of the physics a cache of its own: numba looks for changes in a function's own file alone.

    Where the folder cannot be written, numba chooses the user's cache.
    """
    config: Any = numba.config  # made from the environment, so no type knows its names
    source = b"".join(path.read_bytes() for path in sorted(_FOLDER.glob("*.py")))
    if not config.CACHE_DIR and os.access(_FOLDER, os.W_OK):
        config.CACHE_DIR = str(_FOLDER / "__pycache__" / hashlib.sha256(source).hexdigest()[:16])


_keep_compiled_code_apart()


def compiled(function: F) -> F:
    """Compile `function` with numba on first call and keep the result on disk; IEEE arithmetic, no fast-math."""
    return cast(F, numba.njit(cache=True)(function))
