"""One axis moved by hand from the laptop: within its range, after the self-test, while it is asked for."""

import pytest

from host_tools import cli
from host_tools.commands import jog as jog_command
from instep.guard import faults
from tests.host_tools.virtual_machine import VirtualMachine


def test_an_axis_is_jogged_for_a_time_and_then_off(machine, call):
    code, said, _ = call(machine, "jog", "left.sole_press", "3", "--for", "1")
    assert code == 0 and "Off. sole force" in said
    machine.wait_for(lambda: machine.app.jog.state == 0)
    assert not machine.simulation.plant.commands.relay[0]


def test_a_roller_is_jogged_both_ways(machine, call):
    rollers = machine.app.drives.rollers
    call(machine, "jog", "right.top_stroke", "15", "--for", "0.5")
    there_um = rollers[2].position_um
    assert there_um > 5_000
    call(machine, "jog", "right.top_stroke", "-10", "--for", "0.5")
    assert rollers[2].position_um < there_um
    assert machine.app.guard.fault == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("left.top_stroke", "20.1", "--for", "1"), "Allowed are -20 to 20 % of the supply."),
        (("left.toe_grip", "nan", "--for", "1"), "Allowed are 0 to 2 N."),
        (("left.toe_grip", "-1", "--for", "1"), "Allowed are 0 to 2 N."),
        (("left.nose", "1", "--for", "1"), "left.nose"),
        (("left.toe_grip", "1", "--for", "11"), "11"),
        (("left.toe_grip", "1"), "--for SECONDS"),
    ],
)
def test_a_jog_that_is_not_allowed_is_refused_before_anything_is_sent(machine, call, arguments, words):
    code, _, error = call(machine, "jog", *arguments)
    assert code == 1 and words in error


def test_the_help_of_jog_lists_every_axis_with_its_range(capsys):
    assert cli.run(["jog", "--help"]) == 0
    said = capsys.readouterr().out
    for line in ("top_stroke: -20 to 20 % of the supply", "hold_heel: 0 to 5 N", "toe_turn: -10 to 10 degrees"):
        assert line in said
    assert "toe_select: 0 to 8 stations (0 is toe 1" in said and "toe_reach: 0 to 60 mm" in said


def test_a_jog_whose_self_test_fails_moves_nothing_and_says_so(call):
    machine = VirtualMachine(faults=["relay_not_closing@0s"])
    machine.pass_ticks(30)
    code, _, error = call(machine, "jog", "left.toe_grip", "0.5", "--for", "1")
    assert code == 3
    assert f"The machine has stopped: {faults.sentence(faults.FAULT_RELAY_OPEN)}" in error
    assert faults.advice(faults.FAULT_RELAY_OPEN) in error


class Keys:
    """A terminal's keys: a list with the keys that each call returns."""

    def __init__(self, looks):
        self.looks = looks

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def take(self):
        return self.looks.pop(0) if self.looks else "x"


def test_an_axis_runs_while_the_space_bar_is_held(machine, call, monkeypatch):
    monkeypatch.setattr(jog_command, "TerminalKeys", lambda: Keys([" "] * 25 + [""] * 15))
    monkeypatch.setattr(jog_command, "is_terminal", lambda: True)
    code, said, _ = call(machine, "jog", "left.toe_grip", "0.5")
    assert code == 0 and "\rtesting" in said and "\rasked for 0.5 N" in said
    assert said.endswith("Off. asked for 0.5 N\n")
    machine.wait_for(lambda: machine.app.jog.state == 0)
