"""The walks of docs/first-steps.md, as written."""

import re

import pytest

from host_tools import cli
from host_tools.docs.imports import ROOT
from tests.host_tools.virtual_machine import VirtualMachine, plug_in

PAGE = ROOT / "docs" / "first-steps.md"
STROKE = PAGE.read_text(encoding="utf-8").partition("## A stroke of your own")[2]
(FILE,) = re.findall(r"```toml\n(.*?)```", STROKE, re.DOTALL)
COMMANDS = re.findall(r"^ *\.venv/bin/instep (.*)$", STROKE, re.MULTILINE)


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    """Return a function that types a command in an empty folder; it returns exit code and output."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "arch.toml").write_text(FILE)

    def typed(line):
        code = cli.run(line.split())
        said = capsys.readouterr()
        return code, said.out + said.err

    return typed


def test_a_stroke_of_ones_own_goes_as_written(call, tmp_path, monkeypatch):
    check, first, second, compare, run = COMMANDS
    code, said = call(check)
    assert code == 0 and "28.6" in said
    assert call(first)[0] == 0 and (tmp_path / "before.html").is_file()
    text = (tmp_path / "arch.toml").read_text()
    (tmp_path / "arch.toml").write_text(text.replace("wait_s = 1.5", "wait_s = 3"))
    assert call(second)[0] == 0
    code, said = call(compare)
    assert code == 1 and (tmp_path / "compared.html").is_file(), said
    machine = VirtualMachine()
    machine.ticks_per_look = 25
    plug_in(monkeypatch, machine)
    code, said = call(run)
    assert code == 0 and "The massage is done." in said


def test_a_value_that_is_not_allowed_is_refused_with_its_line_and_range(call, tmp_path):
    (tmp_path / "arch.toml").write_text(FILE.replace("sole_n = 22", "sole_n = 50"))
    code, said = call(COMMANDS[0])
    assert code == 1 and "arch.toml:1" in said and "allowed: 0 to 35 N" in said


def test_the_first_massage_is_what_make_sim_runs():
    (recipe,) = re.findall(r"^sim:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert "build/classic.html" in recipe and "build/classic.html" in PAGE.read_text()
