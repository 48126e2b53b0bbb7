"""`instep run`: upload a stroke program, start a session, and follow it to its end."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from host_tools.commands.options import port_option, trace_option
from host_tools.console import is_terminal
from host_tools.errors import InstepError
from host_tools.link.client import Client
from host_tools.link.errors import LinkError, RefusedError
from host_tools.link.follow import Follower
from host_tools.link.recorded import Recorder, recorded
from host_tools.program.load import Loaded, load_program, shipped
from host_tools.shell_names import names_or_files
from host_tools.words import EXIT_CODES, clock
from instep.levels import (
    FEET_NAMES,
    HEAT_NAMES,
    INTENSITY_MAX,
    INTENSITY_MIN,
    MINUTES,
    PACE_MAX,
    PACE_MIN,
)
from instep.link import protocol
from instep.session import states
from instep.session.library import GENTLE
from instep.stroke.program import Program as CompiledProgram

_MENU_S = 2.0
_POLL_S = 0.05
_LOOK_S = 0.25
_GOES_ON = "The session goes on at the machine; its STOP button ends it."
_WHY_NOT = {states.FAULT: protocol.ANSWER_FAULT, states.OFF: protocol.ANSWER_AT_MACHINE}


@click.command()
@click.argument("program", shell_complete=names_or_files(shipped))
@click.option("--minutes", type=click.Choice(MINUTES), help="Length of the session [default: the program's].")
@click.option("--intensity", type=click.IntRange(INTENSITY_MIN, INTENSITY_MAX), help="Level of the rollers' force.")
@click.option("--pace", type=click.IntRange(PACE_MIN, PACE_MAX), help="Level of the strokes' speed.")
@click.option("--feet", type=click.Choice(FEET_NAMES), help="Feet to massage.")
@click.option("--heat", type=click.Choice(HEAT_NAMES), help="Warmth of the wells [default: the program's].")
@click.option("--headless", is_flag=True, help="No live view: print a line for every new state and technique.")
@trace_option
@port_option
@click.pass_context
def run(ctx: click.Context, /, program: str, headless: bool, trace_to: Path | None, port: str, **levels: Any) -> None:
    """Check a program, send it to the machine, start a session, and follow it to its end.

    PROGRAM is a program file (.toml) or the name of a shipped one. Answer the questions before the massage at the
    machine: nothing moves before that. A level that is not given stays as set at the machine. Exit codes: 0 done or
    stopped, 1 bad program or no machine, 2 refused, 3 fault.
    """
    loaded = load_program(program)
    with Client(port) as client:
        go_to_menu(client)
        provide(client, loaded)
        _set_levels(client, levels)
        with recorded(client, trace_to, click.echo) as recorder:
            client.start()
            click.echo(
                f"{loaded.program.title} is ready. Answer the questions at the machine, then keep both feet in."
            )
            ending = _follow(client, headless, recorder)
    if ending is None:
        click.echo(_GOES_ON)
        return
    result, sentences = ending
    click.echo(sentences, err=result in ("refused", "fault"))
    ctx.exit(EXIT_CODES[result])


def go_to_menu(client: Client) -> None:
    """Leave the last session's screen; raise RefusedError if a session runs or a person is needed at the machine."""
    clock = client.clock
    until_s = clock.now_s() + _MENU_S
    state = client.status().state
    while state in (states.DONE, states.REFUSED) and clock.now_s() < until_s:
        client.start()
        clock.sleep(_POLL_S)
        state = client.status().state
    if state != states.IDLE:
        raise RefusedError(_WHY_NOT.get(state, protocol.ANSWER_NOT_IDLE))


def provide(client: Client, loaded: Loaded) -> None:
    """Choose a program on the machine; upload it first unless the machine has the same one."""
    crc32 = CompiledProgram(loaded.data).crc32
    name = loaded.program.name
    if any(program.crc32 == crc32 and program.name == name for program in client.programs()):
        client.choose(name)
        return
    if name == GENTLE:
        raise InstepError(
            f"{loaded.path} is another {GENTLE} than the machine's, which screening may choose.",
            "Give the program another name, or run `instep flash` to replace the machine's.",
        )
    columns = (TextColumn("sending"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("sending", total=len(loaded.data))
        client.install(loaded.data, lambda sent: progress.update(task, completed=sent))


def _set_levels(client: Client, levels: dict[str, Any]) -> None:
    named = {"feet": FEET_NAMES, "heat": HEAT_NAMES}
    for name, value in levels.items():
        if value is not None:
            client.set_level(name, named[name].index(value) if name in named else value)


def _follow(client: Client, headless: bool, recorder: Recorder | None) -> tuple[str, str] | None:
    """Return the session's result and how it ended, in sentences, once it has; None if the person leaves before."""
    try:
        if headless or not is_terminal():
            return _follow_in_lines(client, recorder)
        from host_tools.commands.monitor import watch  # loads the live view, which takes a while

        return watch(client, ends_with_session=True)
    except KeyboardInterrupt:
        click.echo(_GOES_ON, err=True)
        raise
    except LinkError as error:
        error.advice = f"{_GOES_ON} {error.advice}"
        raise


def _follow_in_lines(client: Client, recorder: Recorder | None) -> tuple[str, str]:
    follower = Follower(client)
    printed = ""
    while not follower.is_over:
        follower.look()
        if recorder is not None:
            recorder.keep_watching()
        now = follower.words()
        if now != printed:
            printed = now
            click.echo(f"{clock(int(follower.session_s))}  {now}")
        client.clock.sleep(_LOOK_S)
    return follower.result, follower.ending()
