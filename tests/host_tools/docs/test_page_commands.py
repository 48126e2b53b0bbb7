"""The commands in the project's pages: each can be typed as it stands, and what needs no board is run."""

import importlib.util
import re
import shutil

import click
import pytest

from host_tools import cli
from host_tools.data_folders import BOARDS, PROGRAMS
from host_tools.docs.imports import ROOT
from tests.host_tools.docs.pages import commands
from tests.host_tools.virtual_machine import VirtualMachine, plug_in

# What a page lets its reader put there.
_PLACEHOLDERS = {"FILE": "my.toml", "FILE.zip": "bundle.zip"}
_BOARD_FILES = ("my-pico.toml",)
_BOARD_COMMANDS = ("board", "calibrate", "flash")
# Cheap, and without a person, a terminal or a browser.
_RUNS = ("--version", "board", "completion", "faults", "program")
_ON_A_MACHINE = ("doctor", "logs", "settings")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the files that the pages speak of."""
    shutil.copytree(PROGRAMS, tmp_path / "firmware" / "programs")
    (tmp_path / "build").mkdir()
    for name in ("my.toml", "arch.toml", "knead.toml"):
        shutil.copy(PROGRAMS / "quick.toml", tmp_path / name)
    for name in _BOARD_FILES:
        shutil.copy(BOARDS / "pico" / "board.toml", tmp_path / name)
    for name in ("a.mcap", "b.mcap", "simulated.mcap", "mine.mcap", "bundle.zip"):
        (tmp_path / name).write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def typed(command):
    """Return a command's arguments, with files in place of placeholders."""
    return [_PLACEHOLDERS.get(word, word) for word in command.words[1:]]


def parsed(group, name, rest):
    """Parse a command line as click does, without running it."""
    command = group.get_command(click.Context(group), name)
    assert command is not None, f"there is no command {name}"
    if isinstance(command, click.Group) and rest:
        parsed(command, rest[0], rest[1:])
    elif not isinstance(command, click.Group):
        command.make_context(name, list(rest))


def once(commands_of_pages):
    """Return each command line once, however many pages have it."""
    return list({command.words: command for command in commands_of_pages}.values())


@pytest.mark.parametrize("command", once(commands("instep")), ids=str)
def test_every_command_that_a_page_names_can_be_typed(command, folder):
    name, *rest = typed(command)
    if name == "--version" or "--help" in rest:
        return
    if name == "board" and "my.toml" in rest:
        shutil.copy("my-pico.toml", "my.toml")
    if "--scenario" in rest:
        (folder / "my.toml").write_text('program = "demo"\n')
    try:
        parsed(cli.instep, name, rest)
    except (click.MissingParameter, click.BadOptionUsage):
        assert not command.is_whole


RUN = [command for command in once(commands("instep")) if command.is_whole and command.words[1] in _RUNS]
ASKED = [command for command in once(commands("instep")) if command.words[1] in _ON_A_MACHINE]


@pytest.mark.parametrize("command", RUN, ids=str)
def test_what_needs_no_board_runs_as_written(command, folder, capsys):
    if command.words[1] == "board":
        shutil.copy("my-pico.toml", "my.toml")
    assert cli.run(typed(command)) == 0, capsys.readouterr().err


@pytest.mark.parametrize("command", ASKED, ids=str)
def test_what_asks_a_machine_runs_as_written(command, folder, monkeypatch, capsys):
    machine = VirtualMachine()
    machine.pass_ticks(100)
    plug_in(monkeypatch, machine)
    assert cli.run(typed(command)) == 0, capsys.readouterr()


def test_the_runs_are_not_empty():
    words = {command.words[1] for command in commands("instep")}
    assert {*_ON_A_MACHINE, "board", "program", "sim", "run", "jog", "flash", "calibrate"} <= words


@pytest.mark.parametrize("command", commands("make"), ids=str)
def test_every_target_that_a_page_names_is_in_the_makefile(command):
    if "-C" in command.words:
        return  # MicroPython's own
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    goals = [word for word in command.words[1:] if "=" not in word]
    assert goals and set(goals) <= {*targets, "TARGET"}


def test_the_commands_that_make_prints_can_be_typed_as_they_stand():
    said = re.findall(r'^\t@echo "(.*)"$', (ROOT / "Makefile").read_text(), re.MULTILINE)
    printed = [words for line in said for words in re.findall(r"(\S*)\binstep ([a-z]+)", line)]
    assert {name for _, name in printed} == {"page", "flash"}
    assert all(folder == "$(BIN)/" for folder, _ in printed)


@pytest.mark.parametrize("command", commands("python"), ids=str)
def test_every_module_that_a_page_runs_is_there(command):
    assert command.words[1] == "-m"
    assert importlib.util.find_spec(command.words[2]) is not None
