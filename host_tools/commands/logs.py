"""`instep logs`: print the machine's journal of sessions and faults."""

import json
from typing import Any

import click
from rich.console import Group
from rich.table import Table
from rich.text import Text

from host_tools.commands.options import port_option
from host_tools.console import wide_console
from host_tools.link.client import Client
from host_tools.own_command import as_typed
from host_tools.words import HOW_TO_REPORT, asks_for_report
from instep.guard import faults
from instep.levels import FEET_NAMES, HEAT_NAMES
from instep.session import states
from instep.session.outcome import RESULT_NAMES, STOP_REASONS
from instep.storage.journal import Journal
from instep.units import CENTI, MN_PER_N, S_PER_MINUTE

# A lower value is no temperature: the session ended before the first measurement.
_MIN_CENTI_C = -5_000
# The result of a session that has not ended; one that a power cut ended gets a result at the next start.
_RUNNING = "running"

# Wide enough to print every sentence on one line.
_COLUMNS = 160


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@port_option
def logs(as_json: bool, port: str) -> None:
    """Show the machine's last sessions and faults, newest first."""
    with Client(port) as client:
        journal = client.journal()
    sessions, found = sessions_of(journal), faults_of(journal)
    if as_json:
        click.echo(json.dumps({"sessions": sessions, "faults": found}, indent=2))
    else:
        wide_console(_COLUMNS).print(_tables(sessions, found))
        if asks_for_report(entry["advice"] for entry in found):
            click.echo(as_typed(HOW_TO_REPORT))


def sessions_of(journal: Journal) -> list[dict[str, Any]]:
    """Return the sessions, newest first, with names instead of numbers and in newtons and degrees Celsius."""
    return [_session(journal.session(back)) for back in range(journal.session_count())]


def faults_of(journal: Journal) -> list[dict[str, Any]]:
    """Return the faults, newest first, with names instead of numbers."""
    return [_fault(journal.fault(back)) for back in range(journal.fault_count())]


def _session(entry: dict[str, Any]) -> dict[str, Any]:
    skin_centi_c = entry["highest_skin_centi_c"]
    return {
        "order": entry["order"],
        "program": entry["program"],
        "result": _name(RESULT_NAMES, entry["result"]) or _RUNNING,
        "reason": _reason(entry),
        "duration_s": entry["duration_s"],
        "highest_force_n": entry["highest_force_mn"] / MN_PER_N,
        "highest_skin_c": skin_centi_c / CENTI if skin_centi_c > _MIN_CENTI_C else None,
        "late_ticks": entry["late_ticks"],
        "intensity": entry["intensity"],
        "pace": entry["pace"],
        "heat": _name(HEAT_NAMES, entry["heat"]),
        "minutes": entry["minutes"],
        "feet": _name(FEET_NAMES, entry["feet"]),
    }


def _reason(entry: dict[str, Any]) -> str:
    """Return the name of the reason why a session ended early, "" if it did not."""
    if entry["fault"]:
        return _fault_name(entry["fault"])
    return _name(STOP_REASONS, entry["stop_reason"])


def _fault(entry: dict[str, int]) -> dict[str, Any]:
    number = entry["fault"]
    is_known = number < faults.count()
    return {
        "session": entry["order"],
        "second": entry["second"],
        "state": _name(states.NAMES, entry["state"]),
        "fault": _fault_name(number),
        "what": faults.sentence(number) if is_known else "",
        "advice": faults.advice(number) if is_known else "",
    }


def _fault_name(number: int) -> str:
    return faults.name(number) if number < faults.count() else f"fault {number}"


def _name(names: tuple[str, ...], number: int) -> str:
    """Return a number's name, or the number itself if a newer firmware wrote it."""
    return names[number] if number < len(names) else str(number)


def _tables(sessions: list[dict[str, Any]], found: list[dict[str, Any]]) -> Group:
    parts: list[Text | Table] = [Text("Sessions, newest first", style="bold")]
    parts.append(_session_table(sessions) if sessions else Text("none yet"))
    parts += [Text(), Text("Faults, newest first", style="bold")]
    parts.append(_fault_table(found) if found else Text("none"))
    return Group(*parts)


def _session_table(sessions: list[dict[str, Any]]) -> Table:
    table = Table("no.", "program", "result", "time", "force", "skin", "levels", "late", box=None, header_style="dim")
    for entry in sessions:
        minutes, seconds = divmod(entry["duration_s"], S_PER_MINUTE)
        skin_c = entry["highest_skin_c"]
        levels = f"intensity {entry['intensity']}, pace {entry['pace']}, heat {entry['heat']}, {entry['feet']}"
        why = f" ({entry['reason'].replace('_', ' ')})" if entry["reason"] else ""
        table.add_row(
            str(entry["order"]),
            entry["program"],
            entry["result"] + why,
            f"{minutes}:{seconds:02d}",
            f"{entry['highest_force_n']:.1f} N",
            "" if skin_c is None else f"{skin_c:.1f} °C",
            levels,
            str(entry["late_ticks"]),
        )
    return table


def _fault_table(found: list[dict[str, Any]]) -> Table:
    table = Table("session", "second", "while", "what", "what to do", box=None, header_style="dim")
    for entry in found:
        what = entry["what"] or entry["fault"]
        table.add_row(str(entry["session"]), str(entry["second"]), entry["state"], what, entry["advice"])
    return table
