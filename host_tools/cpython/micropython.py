"""What MicroPython builds in and the firmware uses, for CPython."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def const(value: T) -> T:
    """Return `value`; MicroPython's compiler folds it in place."""
    return value


def native(function: Callable[..., T]) -> Callable[..., T]:
    """Return `function`; MicroPython compiles it to machine code."""
    return function
