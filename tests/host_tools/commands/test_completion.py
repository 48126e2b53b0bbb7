"""Completion in the shell: what is typed leads to the names that fit."""

import shlex

import pytest
from click.shell_completion import BashComplete

from host_tools import cli
from host_tools.command_table import COMMANDS


def completed(line):
    """Return what fits the last word of a line."""
    words = shlex.split(line) + ([""] if line.endswith(" ") else [])
    complete = BashComplete(cli.instep, {}, "instep", "_INSTEP_COMPLETE")
    return [item.value for item in complete.get_completions(words[:-1], words[-1]) if item.type != "file"]


@pytest.mark.parametrize(
    ("line", "fitting"),
    [
        ("fl", ["flash"]),
        ("sim qu", ["quick"]),
        ("sim --person s", ["sensitive", "small"]),
        ("sim --fault roller_b", ["roller_blocked@"]),
        ("sim --heat l", ["low"]),
        ("sea", ["search"]),
        ("search ev", ["even"]),
        ("search --like qu", ["quick"]),
        ("program ch", ["check"]),
        ("program show cl", ["classic"]),
        ("program check quick cl", ["classic"]),
        ("run cl", ["classic"]),
        ("board check pico", ["pico", "pico2"]),
        ("flash --board pico2", ["pico2"]),
        ("flash --for", ["--force"]),
        ("settings inten", ["intensity"]),
        ("jog left.top_s", ["left.top_stroke"]),
        ("--ver", ["--version"]),
    ],
)
def test_the_names_that_fit_are_offered(line, fitting):
    assert completed(line) == fitting


def test_every_subcommand_is_offered():
    assert set(COMMANDS) <= set(completed(" "))


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_the_script_of_a_shell_asks_instep(capsys, shell):
    assert cli.run(["completion", shell]) == 0
    assert "_INSTEP_COMPLETE" in capsys.readouterr().out
