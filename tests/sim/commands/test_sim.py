"""`instep sim`: every option reaches the simulation, and a value outside its range is refused with the range."""

import math
import sys
from pathlib import Path
from types import ModuleType

import pytest

from host_tools import cli
from sim.commands.parameters import Speed
from sim.options import ANSWERS
from sim.run_options import LIVE_SPEED, STDOUT, RunOptions


@pytest.fixture
def chosen(monkeypatch):
    """Return a function that runs `instep sim` up to the simulation and returns the options that would run."""
    runs: list[RunOptions] = []

    def run(options: RunOptions) -> int:
        runs.append(options)
        return 0

    command = ModuleType("sim.command")
    command.__dict__["run"] = run
    monkeypatch.setitem(sys.modules, "sim.command", command)

    def choose(*arguments: str) -> RunOptions:
        assert cli.run(["sim", *arguments]) == 0
        return runs[-1]

    return choose


@pytest.fixture
def refusal(capsys):
    """Return a function that runs `instep sim` with bad arguments and returns what it printed."""

    def refuse(*arguments: str) -> str:
        assert cli.run(["sim", *arguments]) == 1
        printed: str = capsys.readouterr().err
        return printed

    return refuse


def test_without_options_it_is_the_classic_session_of_an_average_person(chosen):
    options = chosen()
    assert (options.program.stem, options.person.stem) == ("classic", "average")
    assert (options.minutes, options.intensity, options.pace, options.feet, options.heat) == (None, 3, 2, "both", None)
    assert (options.json_to, options.trace_to, options.report_to) == (None, None, None)
    assert options.answers == ANSWERS


def test_every_level_reaches_the_simulation(chosen):
    options = chosen(
        *("demo", "--person", "large", "--minutes", "30", "--intensity", "5", "--pace", "1", "--feet", "left"),
        *("--heat", "off", "--ambient", "12.5", "--seed", "7"),
    )
    assert (options.program.stem, options.person.stem) == ("demo", "large")
    assert (options.minutes, options.intensity, options.pace, options.feet) == (30, 5, 1, "left")
    assert (options.heat, options.ambient_c, options.seed) == ("off", 12.5, 7)


def test_a_program_and_a_person_can_be_files(chosen, tmp_path):
    mine = tmp_path / "mine.toml"
    mine.touch()
    options = chosen(str(mine), "--person", str(mine))
    assert options.program == options.person == mine


def test_one_answer_can_be_given_alone(chosen):
    assert chosen("--answers", "gout=yes").answers == {**ANSWERS, "gout": True}


def test_outputs_reach_the_simulation(chosen, tmp_path):
    trace, report = tmp_path / "t.mcap", tmp_path / "r.html"
    options = chosen("--json", "-", "--trace", str(trace), "--trace-every-tick", "--report", str(report))
    assert (options.json_to, options.trace_to, options.report_to) == (STDOUT, trace, report)
    assert options.trace_every_tick


def test_without_a_terminal_it_runs_headless_and_as_fast_as_it_goes(chosen):
    options = chosen()
    assert options.headless
    assert options.speed is None


@pytest.mark.parametrize(
    ("arguments", "headless", "speed"),
    [
        ([], False, 1.0),
        (["--auto"], False, LIVE_SPEED),
        (["--answers", "gout=yes"], False, LIVE_SPEED),
        (["--speed", "2.5"], False, 2.5),
        (["--speed", "max"], False, None),
        (["--headless"], True, None),
        (["--headless", "--speed", "1"], True, 1.0),
        (["--json", "-"], True, None),
    ],
)
def test_in_a_terminal_the_view_is_live_unless_headless_is_given(chosen, monkeypatch, arguments, headless, speed):
    monkeypatch.setattr("sim.commands.sim.is_terminal", lambda: True)
    options = chosen(*arguments)
    assert (options.headless, options.speed) == (headless, speed)


@pytest.mark.parametrize(
    ("arguments", "is_yours"),
    [
        ([], True),
        (["quick", "--speed", "5"], True),
        (["--auto"], False),
        (["--answers", "swollen=no"], False),
        (["--headless"], False),
        (["--json", "-"], False),
        (["--serve", "0"], False),
    ],
)
def test_in_a_terminal_the_person_is_you_unless_somebody_else_is_asked_for(chosen, monkeypatch, arguments, is_yours):
    monkeypatch.setattr("sim.commands.sim.is_terminal", lambda: True)
    assert chosen(*arguments).is_yours is is_yours


@pytest.mark.parametrize(
    ("arguments", "intensity"), [([], 2), (["--intensity", "3"], 3), (["--auto"], 3), (["--headless"], 3)]
)
def test_you_sit_at_a_new_machine_which_begins_softer_than_its_programs(chosen, monkeypatch, arguments, intensity):
    monkeypatch.setattr("sim.commands.sim.is_terminal", lambda: True)
    assert chosen(*arguments).intensity == intensity


def test_answers_in_a_scenario_bring_the_simulated_person_too(chosen, monkeypatch, tmp_path):
    monkeypatch.setattr("sim.commands.sim.is_terminal", lambda: True)
    scenario = tmp_path / "mine.toml"
    scenario.write_text("answers = { gout = true }\n")
    assert not chosen("--scenario", str(scenario)).is_yours
    scenario.write_text('program = "quick"\n')
    assert chosen("--scenario", str(scenario)).is_yours


def test_without_a_terminal_nobody_sits_at_the_buttons(chosen):
    assert not chosen().is_yours


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nope"], "there is no program 'nope'; choose from classic, "),
        (["nope.toml"], "there is no file nope.toml"),
        (["--person", "nobody"], "there is no person 'nobody'; choose from average, large, "),
        (["--minutes", "12"], "'10', '15', '20', '30'"),
        (["--intensity", "6"], "1<=x<=5"),
        (["--pace", "0"], "1<=x<=3"),
        (["--feet", "middle"], "'left', 'right', 'both'"),
        (["--heat", "hot"], "'off', 'low', 'medium', 'high'"),
        (["--ambient", "9.9"], "10.0<=x<=35.0"),
        (["--ambient", "nan"], "is not a temperature"),
        (["--seed", "-1"], "0<=x<="),
        (
            ["--answers", "age=yes"],
            "the questions are swollen, warts, blisters, clot, injury, gout, diabetes, numb, pregnant, thinners,",
        ),
        (["--answers", "gout=perhaps"], "write gout=yes or gout=no"),
        (["--answers", "gout"], "write gout=yes or gout=no"),
        (["--answers", ""], "there is no question ''"),
        (["--answers", "gout=yes,gout=no"], "gout is answered twice"),
        (["--speed", "0"], "neither a number above 0"),
        (["--speed", "nan"], "neither a number above 0"),
        (["--speed", "inf"], "neither a number above 0"),
        (["--json", "no/such/folder.json"], "there is no folder no/such."),
        (["--trace", "."], ". cannot be written: it is a folder."),
        (["--report", "report.pdf"], "does not end in .html"),
        (["--trace-every-tick"], "--trace-every-tick needs --trace FILE"),
        (["--json", "one", "--trace", "one"], "need a file each"),
    ],
)
def test_a_wrong_value_is_refused_with_the_allowed_ones(refusal, arguments, sentence):
    assert sentence in refusal(*arguments)


def test_the_fastest_speed_is_infinite():
    assert Speed().convert("max", None, None) == math.inf


def test_paths_are_relative_to_where_the_person_stands(chosen, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    Path("mine.toml").touch()
    assert chosen("mine.toml").program == Path("mine.toml")
