"""A scenario file holds the options of a command: its values are the defaults, a wrong key is refused."""

import click
import pytest

from sim.commands.scenario import take_scenario


@click.command
@click.argument("program")
@click.option("--person")
@click.option("--answers")
@click.option("--trace-every-tick", is_flag=True)
@click.option("--fault", multiple=True)
def command(**options):
    """Do nothing."""


@pytest.fixture
def taken(tmp_path):
    """Return a function that returns the defaults of a scenario's text."""

    def take(text):
        path = tmp_path / "scenario.toml"
        path.write_text(text, encoding="utf-8")
        context = click.Context(command)
        take_scenario(context, command.params[1], path)
        return context.default_map

    return take


def test_keys_are_the_options_with_a_dash_or_an_underscore(taken):
    assert taken('program = "quick"\ntrace-every-tick = true\nfaults = ["a@1s"]\n') == {
        "program": "quick",
        "trace_every_tick": True,
        "fault": ["a@1s"],
    }
    assert taken("trace_every_tick = true\n") == {"trace_every_tick": True}


def test_answers_are_written_as_on_the_command_line(taken):
    assert taken("answers = { gout = true, pain = false }\n") == {"answers": "gout=yes,pain=no"}


def test_without_a_file_nothing_changes():
    context = click.Context(command)
    take_scenario(context, command.params[1], None)
    assert context.default_map is None


@pytest.mark.parametrize(
    ("text", "words"), [("programm = 1\n", "there is no 'programm'; allowed are"), ("a = \n", "is not valid TOML")]
)
def test_a_wrong_file_is_refused_with_the_allowed_keys(taken, text, words):
    with pytest.raises(click.BadParameter, match=words):
        taken(text)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(click.BadParameter, match="There is no scenario"):
        take_scenario(click.Context(command), command.params[1], tmp_path / "no.toml")
