"""Several endings of one beginning: a copy of the whole process, emulated machine and all, plays each."""

import os
import pickle
import traceback
import warnings
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


class SceneError(AssertionError):
    """A scene has failed; the text is its traceback."""


def played(scene: Callable[[], Result]) -> Result:
    """Return what `scene` returns, a value that can be pickled; what it does to the machine is forgotten.

    Raises SceneError when it raises, OSError when there cannot be another process.
    """
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Newer Pythons warn of threads' locks in the copy: it uses nothing but the machine and the pipe.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process == 0:
        _play(scene, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        has_ended, value = pickle.load(pipe)
    os.waitpid(process, 0)
    if not has_ended:
        raise SceneError(value)
    return value  # type: ignore[no-any-return]


def _play(scene: Callable[[], object], writing: int) -> None:
    """Play it, write what came of it, and end without anything that the original's end would do."""
    try:
        told = pickle.dumps((True, scene()))
    except BaseException:  # noqa: BLE001 - told in the original
        told = pickle.dumps((False, traceback.format_exc()))
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(told)
    os._exit(0)
