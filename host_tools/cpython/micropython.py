"""What MicroPython builds in and the firmware uses, for CPython."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def const(value: T) -> T:
    """Return `value`; MicroPython's compiler folds it in place."""
    return value


def alloc_emergency_exception_buf(size: int) -> None:
    """Do nothing: CPython has room for an exception at any time."""


def heap_lock() -> None:
    """Allow as much as ever; on MicroPython nothing may be allocated from now on."""


def heap_unlock() -> int:
    """Return that nothing is locked."""
    return 0


def native(function: Callable[..., T]) -> Callable[..., T]:
    """Return `function`; MicroPython compiles it to machine code."""
    return function
