"""Detect whether a key is held down: a terminal only reports that it repeats."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Protocol

from host_tools.console import is_terminal

SPACE = " "

# A keyboard waits before its first repeat, then repeats quickly. A key counts as held for this long after it was seen.
_FIRST_S = 0.7
_REPEAT_S = 0.2


class Keys(Protocol):
    """A source of pressed keys; `take` does not wait."""

    def take(self) -> str:
        """Return the keys pressed since the last call."""


class Held:
    """Detect whether the space bar is held, by its repetition; any other key sets `is_over`."""

    def __init__(self, keys: Keys, now_s: Callable[[], float]) -> None:
        self._keys = keys
        self._now_s = now_s
        self._until_s = 0.0
        self.is_over = False

    def look(self) -> bool:
        """Return True while the space bar is held."""
        now_s = self._now_s()
        pressed = self._keys.take()
        if pressed.strip(SPACE):
            self.is_over = True
            self._until_s = 0.0
        elif pressed:
            was_held = now_s < self._until_s
            self._until_s = now_s + (_REPEAT_S if was_held else _FIRST_S)
        return now_s < self._until_s


class TerminalKeys:
    """The keys of this terminal, read without Enter and without echo while the context lasts."""

    def __enter__(self) -> "TerminalKeys":
        if os.name != "nt":
            import termios
            import tty

            self._saved = termios.tcgetattr(sys.stdin)
            tty.setcbreak(sys.stdin)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if os.name != "nt":
            import termios

            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._saved)

    def take(self) -> str:
        """Return the keys pressed since the last call."""
        return _take_windows() if sys.platform == "win32" else _take_posix()


@contextmanager
def any_key() -> Iterator[Callable[[], bool]]:
    """Yield a function that returns True if a key was pressed since its last call: never without a terminal."""
    if not is_terminal():
        yield lambda: False
        return
    with TerminalKeys() as keys:
        yield lambda: bool(keys.take())


def _take_posix() -> str:
    import select

    came = b""
    while select.select([sys.stdin], [], [], 0)[0]:
        more = os.read(sys.stdin.fileno(), 64)
        if not more:
            break
        came += more
    return came.decode("utf-8", "replace")


def _take_windows() -> str:
    if sys.platform != "win32":
        return ""
    import msvcrt

    came = ""
    while msvcrt.kbhit():
        came += msvcrt.getwch()
    return came
