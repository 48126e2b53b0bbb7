"""The `instep` command: exit codes, sentences instead of tracebacks, and no slow imports."""

import subprocess
import sys

import click
import pytest

from host_tools import cli
from host_tools.errors import InstepError

SLOW = ("numba", "matplotlib", "textual", "numpy")


def _raising(error):
    @click.command
    def command():
        raise error

    return command


@pytest.fixture
def failing(monkeypatch):
    """Return a function that runs `instep` with a subcommand that raises `error`."""

    def run(error):
        monkeypatch.setattr(cli.LazyGroup, "get_command", lambda *_: _raising(error))
        return cli.run(["broken"])

    return run


@pytest.mark.parametrize("arguments", [["bogus"], ["sim", "--bogus"], ["sim", "--pace", "9"], ["sim", "a", "b"], []])
def test_bad_arguments_leave_with_1(arguments, capsys):
    assert cli.run(arguments) == 1
    assert "--help" in capsys.readouterr().err


def test_help_leaves_with_0(capsys):
    assert cli.run(["--help"]) == 0
    assert "simulated machine" in capsys.readouterr().out


@pytest.mark.parametrize("code", [1, 2, 3])
def test_an_expected_failure_is_a_sentence_and_advice_on_standard_error_and_its_exit_code(failing, capsys, code):
    assert failing(InstepError("The feet are swollen.", "See a physician.", code)) == code
    printed = capsys.readouterr()
    assert printed.err == "The feet are swollen.\nSee a physician.\n"
    assert printed.out == ""


def test_without_advice_no_empty_line_is_printed(failing, capsys):
    failing(InstepError("The file is empty."))
    assert capsys.readouterr().err == "The file is empty.\n"


def test_an_interrupt_is_tidy_and_leaves_with_130(failing, capsys):
    assert failing(KeyboardInterrupt()) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_an_unexpected_failure_is_not_hidden(failing):
    with pytest.raises(ZeroDivisionError):
        failing(ZeroDivisionError())


def test_a_subcommand_chooses_the_exit_code(failing):
    assert failing(click.exceptions.Exit(3)) == 3


@pytest.mark.parametrize("arguments", [["--help"], ["sim", "--help"], ["sim", "--pace", "9"], ["program", "--help"]])
def test_quick_answers_do_not_load_the_physics(arguments):
    code = f"import sys; from host_tools.cli import run; run({arguments}); print('loaded', *sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = run.stdout[run.stdout.rindex("loaded") :].split()
    assert "click" in loaded
    assert not set(SLOW) & set(loaded)


def test_every_subcommand_named_in_the_help_can_be_loaded():
    context = click.Context(cli.instep)
    assert isinstance(cli.instep, cli.LazyGroup)
    for name in cli.instep.list_commands(context):
        command = cli.instep.get_command(context, name)
        assert command is not None and command.name == name
