"""`instep settings`: show or change the machine's stored settings."""

from collections.abc import Iterable, Sequence

import click
from click.shell_completion import CompletionItem
from rich.table import Table

from host_tools.commands.options import port_option
from host_tools.console import wide_console
from host_tools.errors import InstepError
from host_tools.link.client import Client
from host_tools.shell_names import fitting
from host_tools.words import techniques_in
from instep.levels import BALANCE_MAX, FEET_NAMES, HEAT_NAMES, SOUND_NAMES
from instep.panel.words import BALANCES, WORDS
from instep.people import AS_PROGRAMMED, NUMBERS, PEOPLE_NAMES, UNCLEANED_TICKS
from instep.session.session_clock import TICKS_PER_MINUTE
from instep.storage.settings import PROGRAM, PROGRAM_MAX_BYTES
from instep.stroke.program import TECHNIQUES

_ALLOWED = {key: allowed for key, allowed, _ in NUMBERS}


def _numbered(names: Iterable[str], first: int = 0) -> dict[str, str]:
    """Return names by the machine's numbers, as text."""
    return {str(number): name for number, name in enumerate(names, first)}


_AS_PROGRAMMED = {str(AS_PROGRAMMED): "program's"}
# Settings whose numbers have names, as the display says them.
_NAMES = {
    "who": _numbered(PEOPLE_NAMES),
    "waits_warm": _numbered(("no", "yes")),
    "uncleaned": _numbered(f"{UNCLEANED_TICKS // TICKS_PER_MINUTE * units} min" for units in _ALLOWED["uncleaned"]),
    "feet": _numbered(FEET_NAMES),
    "balance": _numbered([WORDS.get(BALANCES + at) for at in range(2 * BALANCE_MAX + 1)], -BALANCE_MAX),
    "sound": _numbered(SOUND_NAMES),
    "heat": _numbered(HEAT_NAMES) | _AS_PROGRAMMED,
    "minutes": _AS_PROGRAMMED,
}
# Settings that are a set of techniques, a bit each: shown as their names with commas between them.
_OF_TECHNIQUES = ("skipped_once", "skipped_twice", "left_out")
_NO_TECHNIQUE = "none"
KEYS = (*_ALLOWED, PROGRAM)

# More numbers than this are given as first and last.
_LISTED_MAX = 12
# Wide enough to print every sentence on one line.
_COLUMNS = 160


def _keys(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return fitting(KEYS, incomplete)


@click.command()
@click.argument("key", required=False, shell_complete=_keys)
@click.argument("value", required=False)
@port_option
def settings(key: str | None, value: str | None, port: str) -> None:
    """Show the stored settings of the machine and of the person at it, or change one.

    Without KEY show all settings; without VALUE show the setting KEY. `who` is the person: A, B, C or D.
    """
    if key is not None and key not in KEYS:
        raise InstepError(f"There is no setting {key!r}.", f"The settings are {', '.join(KEYS)}.")
    with Client(port) as client:
        if key is not None and value is not None:
            client.change_setting(key, number_of(key, value))
        stored = client.settings()
    if key is None:
        wide_console(_COLUMNS).print(_table(stored))
    else:
        click.echo(text_of(key, stored[key]))


def number_of(key: str, value: str) -> str:
    """Return the machine's number for a value that is given by name."""
    if key in _OF_TECHNIQUES:
        return str(_mask_of(value))
    numbers = {name: number for number, name in _NAMES.get(key, {}).items()}
    number = numbers.get(value.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"), value)
    if key in _ALLOWED and number not in map(str, _ALLOWED[key]):
        raise InstepError(f"The setting {key} cannot be {value!r}.", f"Allowed: {_allowed(key)}.")
    return number


def text_of(key: str, value: str) -> str:
    """Return the name of a value, or the value itself if it has none."""
    if key in _OF_TECHNIQUES and value.isdecimal():
        return ",".join(techniques_in(int(value))) or _NO_TECHNIQUE
    return _NAMES.get(key, {}).get(value, value)


def _mask_of(names: str) -> int:
    """Return the techniques with these names, a bit each."""
    mask = 0
    for name in names.split(",") if names != _NO_TECHNIQUE else ():
        if name.strip() not in TECHNIQUES:
            listed = ", ".join(TECHNIQUES)
            raise InstepError(
                f"There is no technique {name.strip()!r}.",
                f"Give one or more of {listed}, with commas between them, or {_NO_TECHNIQUE}.",
            )
        mask |= 1 << TECHNIQUES.index(name.strip())
    return mask


def _allowed(key: str) -> str:
    """Return the values that a setting may have, in words."""
    if key in _OF_TECHNIQUES:
        return f"{_NO_TECHNIQUE}, or some of {','.join(TECHNIQUES)}"
    numbers: Sequence[int] = _ALLOWED.get(key, ())
    if len(numbers) > _LISTED_MAX:
        return f"{text_of(key, str(numbers[0]))} to {text_of(key, str(numbers[-1]))}"
    listed = ", ".join(text_of(key, str(number)) for number in numbers)
    return listed or f"a name, at most {PROGRAM_MAX_BYTES} characters"


def _table(stored: dict[str, str]) -> Table:
    table = Table("setting", "value", "allowed", box=None, header_style="dim")
    for key, value in stored.items():
        table.add_row(key, text_of(key, value), _allowed(key))
    return table
