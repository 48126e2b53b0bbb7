"""Run `instep search`: simulate on the workers, show the time left, write the nearest program, print its figures."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from rich.console import Console

from host_tools.errors import InstepError
from host_tools.own_command import as_typed
from host_tools.program.check import is_name
from host_tools.program.load import load_program
from host_tools.program.model import Program
from host_tools.program.toml_text import to_toml
from host_tools.result_file import write_result
from sim.code_digest import code_digest
from sim.options import PARTS_DEFAULT, PERSON_DEFAULT, SEED_DEFAULT
from sim.people import FOLDER
from sim.plant.jit import wait_ahead
from sim.progress import counted
from sim.search import optimiser
from sim.search.figures import RIVAL, figures
from sim.search.like import wish_like
from sim.search.options import SearchOptions
from sim.search.search import Search
from sim.search.session import Session, Setting, simulate
from sim.search.wish import load_wish
from sim.workers import Run, workers_for

_NAME = "found"

Begin = Callable[[Run], Search]


def run(options: SearchOptions) -> int:
    """Search a program and write it; return 0. If anything stops the search, the best program so far is written."""
    optimiser.require_installed()
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    begin = _begin(options)
    sentence = wait_ahead()
    if sentence:
        console.print(sentence)
    search: Search | None = None
    try:
        with (
            workers_for(options.scheduler, options.workers, optimiser.BATCH, "search again") as workers,
            counted(console, "search", options.sessions) as advance,
        ):
            search = begin(workers)
            advance(1)
            search.run(workers, options.sessions - 1, advance)
    except (KeyboardInterrupt, InstepError):
        if search is not None and search.best is not None:
            _write(search, search.best, options)
            console.print(f"The best program so far is in {options.output}.")
        raise
    if search.best is None:
        raise InstepError(
            f"None of {len(search.sessions)} programs kept the force below {search.wish.comfort.force_n:g} N.",
            "Allow more force in the wish's comfort, or wish less.",
        )
    _write(search, search.best, options)
    _tell(search, search.best, options)
    return 0


def _begin(options: SearchOptions) -> Begin:
    """Read the files; return the function that simulates the first session and makes the search of it."""
    setting = Setting(_place_of(options.person), options.seed, options.parts)
    name = options.output.stem if is_name(options.output.stem) else _NAME
    first = partial(_first, setting)
    if options.like is not None:
        liked = load_program(str(options.like)).program
        return lambda run: Search(wish_like(liked, first(liked, run)), setting, name)
    assert options.wish is not None
    wish = load_wish(options.wish)
    rival = replace(load_program(RIVAL).program, minutes=wish.minutes, heat=wish.heat)
    return lambda run: Search(wish, setting, name, first(rival, run))


def _first(setting: Setting, program: Program, run: Run) -> Session:
    session: Session
    (session,) = run(partial(simulate, setting, code_digest()), [to_toml(program)])
    if not session.is_whole:
        raise InstepError(f"The session with {program.name} was cut short.", "Try another person, or another seed.")
    return session


def _place_of(person: Path) -> str:
    """Return the name of a shipped person, which every computer has, or the path of a file."""
    return person.stem if person.parent == FOLDER else str(person.absolute())


def _write(search: Search, best: Session, options: SearchOptions) -> None:
    """Write a program with its figures as a comment."""
    setting = search.setting
    lines = [
        f"Found by instep search: the nearest of {len(search.sessions)} programs, in sessions of {setting.person}, "
        f"seed {setting.seed}, {setting.parts} parts.",
        *figures(best, search.wish, search.rival),
    ]
    comment = "".join(f"# {line}".rstrip() + "\n" for line in lines)
    write_result(options.output, (comment + best.text).encode())


def _tell(search: Search, best: Session, options: SearchOptions) -> None:
    """Print the figures, and how to look at the program."""
    console = Console(highlight=False, soft_wrap=True)
    for line in figures(best, search.wish, search.rival):
        console.print(line)
    console.print(f"program: {options.output}")
    setting = search.setting
    usual = {
        f" --person {setting.person}": setting.person == PERSON_DEFAULT,
        f" --seed {setting.seed}": setting.seed == SEED_DEFAULT,
        f" --parts {setting.parts}": setting.parts == PARTS_DEFAULT,
    }
    chosen = "".join(option for option, is_usual in usual.items() if not is_usual)
    report = options.output.with_suffix(".html")
    console.print("To look at it:")
    for command in (f"program show {options.output}", f"sim {options.output}{chosen} --headless --report {report}"):
        console.print(f"  {as_typed(f'instep {command}')}", style="bold")
