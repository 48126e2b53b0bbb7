"""Run the `instep` command: find the subcommand, turn every expected failure into a sentence and an exit code.

Exit codes: 0 done, 1 bad arguments or a bad file, 2 session refused, 3 session ended by a fault, 130 interrupted.
"""

import importlib
import sys
from io import StringIO

import click
from click.shell_completion import CompletionItem

from host_tools.command_table import COMMANDS
from host_tools.errors import InstepError
from host_tools.own_command import as_typed
from host_tools.streams import prepare_streams, say_error
from instep.version import VERSION

EXIT_BAD_ARGUMENTS = 1
EXIT_INTERRUPTED = 130


class LazyGroup(click.Group):
    """A click group that imports a subcommand only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all subcommands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a subcommand, or None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the subcommands and options that begin so, without importing the subcommands."""
        fitting = (name for name in COMMANDS if name.startswith(incomplete))
        commands = [CompletionItem(name, help=COMMANDS[name][1]) for name in fitting]
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION)
def instep() -> None:
    """Give foot massages with a machine, real or simulated."""


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code; print errors with their advice on standard error."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code = instep.main(args=arguments, prog_name="instep", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except InstepError as error:
        say_error(as_typed(f"{error.message}\n{error.advice}".rstrip(), _context(given)))
        return error.exit_code
    except click.ClickException as error:
        say_error(_usage(error))
        return EXIT_BAD_ARGUMENTS
    except (click.Abort, KeyboardInterrupt):
        say_error("Interrupted.")
        return EXIT_INTERRUPTED


def _usage(error: click.ClickException) -> str:
    """Return what click says about bad arguments."""
    said = StringIO()
    error.show(said)
    return said.getvalue().rstrip()


def _context(arguments: list[str]) -> click.Context | None:
    """Return the context of the subcommand that was called, with the options that were given; None without one."""
    root = context = click.Context(instep, info_name="instep")
    while isinstance(context.command, click.Group):
        name = next((word for word in arguments if not word.startswith("-")), "")
        command = context.command.get_command(context, name)
        if command is None:
            break
        arguments = arguments[arguments.index(name) + 1 :]
        context = command.make_context(name, list(arguments), parent=context, resilient_parsing=True)
    return None if context is root else context


def main() -> None:
    """Run the command line and exit with its code."""
    prepare_streams()
    sys.exit(run())
