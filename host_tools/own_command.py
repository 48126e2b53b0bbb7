"""Make the commands that are printed work as printed: started as this one was, with the options that it was given."""

import re
import shlex
import shutil
import sys
from pathlib import Path

import click

from host_tools.command_table import COMMANDS

_NAME = "instep"
_PORT = "port"
# The commands that talk to a board; `instep page --port` is another port.
_TALK_TO_BOARD = {"calibrate", "doctor", "flash", "jog", "logs", "monitor", "run", "settings"}
_QUOTED = re.compile(rf"\b{_NAME} (?P<command>{'|'.join(COMMANDS)})\b(?P<rest>[^`\n]*)")


def as_typed(text: str, context: click.Context | None = None) -> str:
    """Return `text` with every `instep …` in it as the person has to type it.

    context: of the running command, else the current one. The command itself keeps the options that were given;
    another one keeps the port.
    """
    context = context or click.get_current_context(silent=True)
    return _QUOTED.sub(lambda found: _typed(found["command"], found["rest"], context), text)


def started_as() -> str:
    """Return how this command was started: `instep`, a path to it, or Python with a module."""
    program = Path(sys.argv[0])
    if program.name == "__main__.py" and program.parent.name == "host_tools":
        return f"{shlex.quote(_short(Path(sys.executable)))} -m host_tools"
    if program.stem != _NAME:
        return _NAME
    found = shutil.which(_NAME)
    if found is not None and program.exists() and Path(found).samefile(program):
        return _NAME
    return shlex.quote(_short(program))


def _short(path: Path) -> str:
    """Return a path relative to the current folder if it is inside, else unchanged."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _typed(command: str, rest: str, context: click.Context | None) -> str:
    words = rest.split()
    options = "" if "--help" in words or context is None else _given(command, words, context)
    return f"{started_as()} {command}{options}{rest}"


def _given(command: str, words: list[str], context: click.Context) -> str:
    """Return the given options that the printed command takes too, unless it names them itself."""
    own = _below_root(context)
    parts: list[str] = []
    for option in context.command.params:
        name = option.name or ""
        is_given = context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
        is_for_it = own == command or (name == _PORT and {command, own} <= _TALK_TO_BOARD)
        is_named = any(word.partition("=")[0] in option.opts for word in words)
        if isinstance(option, click.Option) and is_given and is_for_it and not is_named:
            parts += [option.opts[-1]] if option.is_flag else [option.opts[-1], str(context.params[name])]
    return "".join(f" {shlex.quote(part)}" for part in parts)


def _below_root(context: click.Context) -> str:
    """Return the command's name; `calibrate` for `calibrate force`."""
    while context.parent is not None and context.parent.parent is not None:
        context = context.parent
    return context.info_name or ""
