"""What MicroPython builds in and the firmware uses, for CPython."""

from typing import TypeVar

T = TypeVar("T")


def const(value: T) -> T:
    """Return `value`; MicroPython's compiler folds it in place."""
    return value


def alloc_emergency_exception_buf(size: int) -> None:
    """Do nothing: CPython has room for an exception at any time."""


def heap_lock() -> None:
    """Do nothing; on MicroPython nothing may be allocated from now on."""


def heap_unlock() -> int:
    """Return the depth of the lock, which CPython does not have."""
    return 0


def viper(function: T) -> T:
    """Return `function`; MicroPython's compiler makes machine code of a function with this decorator."""
    return function
