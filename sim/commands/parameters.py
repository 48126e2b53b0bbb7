"""The types of the options that start the simulator: each checks its text and names the allowed values."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from host_tools.errors import InstepError
from host_tools.result_file import ResultFileError, require_writable_kind
from host_tools.shell_names import fitting, names_or_files
from sim.faults import Injection, parse
from sim.faults.catalogue import FAULTS
from sim.options import ANSWERS
from sim.run_options import STDOUT

_WORDS = {"yes": True, "no": False}


class ShippedOrFile(click.ParamType[Path]):
    """The name of a shipped .toml file of one folder, or the path of any .toml file; converted to its path."""

    name = "name or file"

    def __init__(self, folder: Path, noun: str) -> None:
        self.folder = folder
        self.noun = noun

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the file's path; refuse a missing file and name the shipped ones."""
        if isinstance(value, Path):
            return value
        if value.endswith(".toml"):
            path = Path(value)
            if not path.is_file():
                self.fail(f"there is no file {value}.", param, ctx)
            return path
        shipped = self._shipped()
        if value not in shipped:
            names = ", ".join(sorted(shipped))
            self.fail(f"there is no {self.noun} {value!r}; choose from {names}, or give a .toml file.", param, ctx)
        return shipped[value]

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the shipped names, and let the shell add its files."""
        return names_or_files(lambda: sorted(self._shipped()))(ctx, param, incomplete)

    def _shipped(self) -> dict[str, Path]:
        """Return the shipped files by name."""
        return {path.stem: path for path in self.folder.glob("*.toml")}


class Answers(click.ParamType[Mapping[str, bool]]):
    """Answers to the screening: KEY=yes|no, separated by commas; those not given keep their default."""

    name = "answers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Mapping[str, bool]:
        """Return an answer for every question."""
        if isinstance(value, Mapping):
            return value
        given: dict[str, bool] = {}
        for part in value.split(","):
            key, _, word = part.strip().partition("=")
            if key not in ANSWERS:
                self.fail(f"there is no question {key!r}; the questions are {', '.join(ANSWERS)}.", param, ctx)
            if word not in _WORDS:
                self.fail(f"{key} is {word!r}; write {key}=yes or {key}=no.", param, ctx)
            if key in given:
                self.fail(f"{key} is answered twice.", param, ctx)
            given[key] = _WORDS[word]
        return {**ANSWERS, **given}


class FaultText(click.ParamType[Injection]):
    """A fault to inject; see `sim.faults.parse`."""

    name = "fault"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Injection:
        """Return the injection."""
        if isinstance(value, Injection):
            return value
        try:
            return parse(value)
        except InstepError as error:
            self.fail(f"{error.message} {error.advice}".strip(), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the names of faults, before their onset."""
        return fitting((f"{name}@" for name in FAULTS), incomplete)


class Speed(click.ParamType[float]):
    """Times real time, or `max`, converted to infinity."""

    name = "speed"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the speed, > 0."""
        if value == "max":
            return math.inf
        try:
            speed = float(value)
        except ValueError:
            speed = 0.0
        if not 0.0 < speed < math.inf:
            self.fail(f"{value!r} is neither a number above 0 (times real time) nor 'max'.", param, ctx)
        return speed


class Ambient(click.FloatRange):
    """The room's temperature, °C; NaN is refused."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the temperature."""
        ambient_c: float = super().convert(value, param, ctx)
        if math.isnan(ambient_c):
            self.fail(f"{value!r} is not a temperature.", param, ctx)
        return ambient_c


class NewFile(click.ParamType[Path | str]):
    """A file to write; its folder must exist before the simulation starts."""

    name = "file"

    def __init__(self, *, endings: tuple[str, ...] = (), stdout: bool = False) -> None:
        self.endings = endings
        self.stdout = stdout

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """Return the path, or STDOUT if allowed."""
        if self.stdout and value == STDOUT:
            return STDOUT
        path = Path(value)
        if self.endings and path.suffix not in self.endings:
            self.fail(f"{value!r} does not end in {' or '.join(self.endings)}.", param, ctx)
        try:
            require_writable_kind(path)
        except ResultFileError as error:
            self.fail(f"{error.message} {error.advice}", param, ctx)
        return path


class Names(click.ParamType[tuple[str, ...]]):
    """Names from a list, separated by commas."""

    name = "names"

    def __init__(self, known: tuple[str, ...], noun: str) -> None:
        self.known = known
        self.noun = noun

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Return the names, each once, in the order of the list."""
        if isinstance(value, tuple):
            return value
        asked_for = {part.strip() for part in value.split(",")}
        for name in sorted(asked_for.difference(self.known)):
            self.fail(f"there is no {self.noun} {name!r}; choose from {', '.join(self.known)}.", param, ctx)
        return tuple(name for name in self.known if name in asked_for)
