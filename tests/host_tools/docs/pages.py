"""The commands that the project's pages name, as a reader would type them."""

import re
import shlex
from dataclasses import dataclass

from host_tools.docs.imports import ROOT

_BLOCK = re.compile(r"^ *```(?:sh)?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`((?:\.venv/bin/)?(?:instep|make|python -m)\b[^`\n]*)`")
_COMMENT = re.compile(r"\s+#.*$")
_LEFT_OUT = ("CHANGELOG.md",)  # it names what there was
_FOLDERS_LEFT_OUT = (".venv", "build", "node_modules")


@dataclass(frozen=True)
class Command:
    """A command in a page; one in a block is whole, one in a sentence may leave arguments out."""

    page: str
    words: tuple[str, ...]
    is_whole: bool

    def __str__(self) -> str:
        return f"{self.page}: {' '.join(self.words)}"


def commands(program: str) -> list[Command]:
    """Return the commands of a program: `instep`, `make` or `python`."""
    found = {command: None for page in _pages() for command in _commands_of(page)}
    return [command for command in found if command.words[0] == program]


def _pages() -> list[str]:
    pages = [path.relative_to(ROOT) for path in sorted(ROOT.rglob("*.md"))]
    return [str(page) for page in pages if page.name not in _LEFT_OUT and not set(page.parts) & set(_FOLDERS_LEFT_OUT)]


def _commands_of(page: str) -> list[Command]:
    text = (ROOT / page).read_text(encoding="utf-8")
    lines = [line for block in _BLOCK.findall(text) for line in block.splitlines()]
    whole = [part.strip() for line in lines for part in _COMMENT.sub("", line).split("&&")]
    found = [(line, True) for line in whole] + [(inline, False) for inline in _INLINE.findall(_BLOCK.sub("", text))]
    return [Command(page, tuple(_words(line)), is_whole) for line, is_whole in found if len(_words(line)) > 1]


def _words(line: str) -> list[str]:
    """Return the words of a command, its program without the folder; empty for another line."""
    program, _, rest = line.removeprefix("$ ").removeprefix(".venv/bin/").partition(" ")
    return [program, *shlex.split(rest)] if program in ("instep", "make", "python") else []
