"""Printed commands: started as this one was, with the options that the person gave."""

import shlex
import sys

import click
import pytest

from host_tools import cli
from host_tools.commands.calibrate import calibrate
from host_tools.errors import InstepError
from host_tools.own_command import as_typed, started_as


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    """Start as `instep` on the PATH, unless a test says otherwise."""
    monkeypatch.setattr("host_tools.own_command.started_as", lambda: "instep")


def context(*arguments):
    """Return the context of a command line."""
    command = cli.instep.get_command(click.Context(cli.instep), arguments[0])
    assert command is not None
    return command.make_context(arguments[0], list(arguments[1:]), resilient_parsing=True)


@pytest.mark.parametrize(
    ("given", "text", "typed"),
    [
        ("flash --board pico2", "then run: instep flash", "then run: instep flash --board pico2"),
        ("flash --board=pico2 --force", "instep flash", "instep flash --board pico2 --force"),
        ("flash --board pico2", "instep flash --board pico", "instep flash --board pico"),
        ("flash --board pico2", "instep flash --force", "instep flash --board pico2 --force"),
        ("flash --patience 3", "instep flash --patience 100", "instep flash --patience 100"),
        ("flash --board 'my board.toml'", "instep flash", "instep flash --board 'my board.toml'"),
        ("flash", "instep flash", "instep flash"),
        ("monitor --port COM3", "run `instep flash`, or unplug it.", "run `instep flash --port COM3`, or unplug it."),
        ("flash --board pico2 --port COM3", "`instep monitor` shows it", "`instep monitor --port COM3` shows it"),
        ("page --port 80", "`instep flash`", "`instep flash`"),
        ("page --port 80", "instep page --port N", "instep page --port N"),
        ("jog left.top_stroke 9 --port COM3", "See `instep jog --help`.", "See `instep jog --help`."),
        ("sim demo", "foot.instep_height_mm is 9; an instep is high", "foot.instep_height_mm is 9; an instep is high"),
    ],
)
def test_a_printed_command_keeps_what_was_given_and_fits_it(given, text, typed):
    assert as_typed(text, context(*shlex.split(given))) == typed


def test_without_a_command_nothing_is_added():
    assert as_typed("run `instep flash`") == "run `instep flash`"


def test_an_error_of_a_command_is_printed_with_its_options(capsys):
    assert cli.run(["flash", "--board", "pico2", "--port", "/dev/none-such"]) == 1
    assert "instep flash" not in capsys.readouterr().err.replace(
        "instep flash --board pico2 --port /dev/none-such", ""
    )


def test_an_error_of_a_command_within_a_command_is_printed_with_its_port(monkeypatch, capsys):
    def fail(**_):
        raise InstepError("The board is silent.", "Run `instep doctor`.")

    monkeypatch.setattr(calibrate.commands["force"], "callback", fail)
    assert cli.run(["calibrate", "force", "--port", "COM3"]) == 1
    assert capsys.readouterr().err == "The board is silent.\nRun `instep doctor --port COM3`.\n"


@pytest.mark.parametrize(
    ("program", "folder", "path", "started"),
    [
        ("bin/instep", ".", "bin", "instep"),
        ("bin/instep", ".", "elsewhere", "bin/instep"),
        ("bin/instep", "elsewhere", "elsewhere", "{}/bin/instep"),
        ("a test", ".", "elsewhere", "instep"),
    ],
)
def test_a_printed_command_starts_as_this_one_was_started(monkeypatch, tmp_path, program, folder, path, started):
    for name in ("bin", "elsewhere"):
        (tmp_path / name).mkdir()
    (tmp_path / "bin" / "instep").write_text("#!/bin/sh\n")
    (tmp_path / "bin" / "instep").chmod(0o755)
    monkeypatch.chdir(tmp_path / folder)
    monkeypatch.setenv("PATH", str(tmp_path / path))
    monkeypatch.setattr(sys, "argv", [str(tmp_path / program)])
    assert started_as() == started.format(tmp_path)


def test_started_by_python_a_printed_command_starts_python(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "host_tools" / "__main__.py")])
    assert started_as().endswith("-m host_tools")
