"""A scenario file holds the options of `instep sim`.

    program = "quick"
    person = "large"
    answers = { gout = true }
    faults = ["skin_sensor_open@120s,left", "stop_button@run+30s"]

Keys are the options' names without dashes in front; a dash inside is written as an underscore or a dash.
"""

from pathlib import Path
from typing import Any

import click

from host_tools.errors import InstepError
from host_tools.source_file import decode_source, parse_document, read_source

_WORDS = {True: "yes", False: "no"}


def take_scenario(ctx: click.Context, param: click.Parameter, path: Path | None) -> None:
    """Make the file's values the defaults of the command `ctx`; refuse an unknown key."""
    if path is None:
        return
    try:
        text = decode_source(read_source(path, "scenario", "Give a .toml file."), path)
        table = parse_document(text, str(path), "")
    except InstepError as error:
        raise click.BadParameter(f"{error.message} {error.advice}".rstrip(), ctx, param) from None
    names = _names(ctx)
    for key in table:
        if key.replace("-", "_") not in names:
            raise click.BadParameter(f"{path}: there is no {key!r}; allowed are {', '.join(names)}.", ctx, param)
    ctx.default_map = {names[key.replace("-", "_")]: _as_given(key, value) for key, value in table.items()}


def _names(ctx: click.Context) -> dict[str, str]:
    """Return each allowed key of a scenario with the command's parameter name."""
    names = {}
    for option in ctx.command.params:
        if isinstance(option, click.Argument):
            names[str(option.name)] = str(option.name)
        elif option.expose_value and option.name is not None:
            names[option.opts[0].removeprefix("--").replace("-", "_")] = option.name
    names["faults"] = names.pop("fault")
    return names


def _as_given(key: str, value: Any) -> Any:
    """Return a value in the form of the command line."""
    if key == "answers" and isinstance(value, dict):
        return ",".join(f"{name}={_WORDS.get(answer, answer)}" for name, answer in value.items())
    return value
