"""Run the `instep` command: find the subcommand, turn every expected failure into a sentence and an exit code.

Exit codes: 0 done, 1 bad arguments or a bad file, 2 session refused, 3 session ended by a fault, 130 interrupted.
"""

import importlib
import sys

import click

from host_tools.errors import InstepError
from instep.version import VERSION

EXIT_BAD_ARGUMENTS = 1
EXIT_INTERRUPTED = 130

# Subcommand: module and name of its click command, and its line in the help. Modules are imported when the subcommand
# is called, so that the help is quick. A table, and not entry points of the installed package: it is read faster than
# the metadata of all packages, and a new command needs no new installation. Only this table names the simulator.
_COMMANDS = {
    "bench": ("host_tools.commands.bench:bench", "Measure every figure that has a target."),
    "board": ("host_tools.commands.board:board", "Check, show and compile boards."),
    "campaign": ("sim.commands.campaign:campaign", "Inject every fault in every phase of a session."),
    "compare": ("host_tools.commands.compare:compare_traces", "Lay two recorded sessions over each other."),
    "doctor": ("host_tools.commands.doctor:doctor", "Let the machine test itself, and say what to do."),
    "faults": ("sim.commands.faults:faults", "List the simulator's faults."),
    "flash": ("host_tools.commands.flash:flash", "Put the firmware on a board."),
    "jog": ("host_tools.commands.jog:jog", "Move one axis of the machine by hand."),
    "logs": ("host_tools.commands.logs:logs", "Show the machine's last sessions and faults."),
    "monitor": ("host_tools.commands.monitor:monitor", "Watch the machine live."),
    "page": ("sim.commands.page:page", "Open the machine in the browser."),
    "program": ("host_tools.commands.program:program", "Check, build and show stroke programs."),
    "run": ("host_tools.commands.run:run", "Send a program to the machine and follow its session."),
    "settings": ("host_tools.commands.settings:settings", "Show or change what the machine remembers."),
    "sim": ("sim.commands.sim:sim", "Run a massage on the simulated machine."),
}


class LazyGroup(click.Group):
    """A click group that imports a subcommand only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all subcommands."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a subcommand, or None for an unknown name."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION)
def instep() -> None:
    """Give foot massages with a machine, real or simulated."""


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code; print errors with their advice on standard error."""
    try:
        code = instep.main(args=arguments, prog_name="instep", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except InstepError as error:
        click.echo(f"{error.message}\n{error.advice}".rstrip(), err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return EXIT_BAD_ARGUMENTS
    except click.Abort:
        click.echo("Interrupted.", err=True)
        return EXIT_INTERRUPTED


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run())
