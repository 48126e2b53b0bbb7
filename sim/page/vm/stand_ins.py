"""Replace a few functions of CPython's library that MicroPython lacks."""

from binascii import crc32
from typing import Any

__all__ = ["MappingProxyType", "crc32", "get_close_matches", "import_module", "replace"]

MappingProxyType = dict


def replace(thing: Any, **changes: Any) -> Any:
    """Return a copy of a dataclass's object with some of its fields changed."""
    return type(thing)(**dict(list(vars_of(thing).items()) + list(changes.items())))


def vars_of(thing: Any) -> dict[str, Any]:
    """Return an object's fields."""
    return dict(thing.__dict__)


def get_close_matches(word: str, choices: Any, n: int = 3, cutoff: float = 0.6) -> list[str]:
    """Return no guess: the page offers a list to choose from."""
    return []


def import_module(name: str) -> Any:
    """Import a module by its whole name and return it."""
    return __import__(name, None, None, ("*",))
