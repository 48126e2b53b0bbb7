"""A program is checked, sent, run and followed to its end from the laptop."""

import json

import pytest

from host_tools import cli
from tests.host_tools.virtual_machine import VirtualMachine


def test_a_program_is_sent_run_and_followed_to_its_end(call, tmp_path):
    text = (cli_program("demo")).read_text().replace('name = "demo"', 'name = "mine"', 1)
    file = tmp_path / "mine.toml"
    file.write_text(text)
    machine = VirtualMachine("classic")
    code, said, _ = call(machine, "run", str(file), "--headless", "--intensity", "2", "--feet", "left")
    session = machine.app.session
    assert session.selection.library.chosen().name == "mine"
    assert (session.selection.choices.intensity, session.selection.choices.feet) == (2, 0)
    logged = json.loads(call(machine, "logs", "--json")[1])
    table = call(machine, "logs")[1]
    again = call(machine, "run", str(file), "--headless")
    assert code == 0 and "The massage is done." in said
    for state in ("screening", "fit", "warm", "run: left path", "done"):
        assert state in said
    assert [entry["program"] for entry in logged["sessions"]] == ["mine"]
    assert logged["sessions"][0]["result"] == "done" and logged["sessions"][0]["intensity"] == 2
    assert "mine" in table and "done" in table
    assert again[0] == 0


def cli_program(name):
    from host_tools.program.load import find

    return find(name)


@pytest.mark.parametrize(
    ("answers", "fault", "code", "words"),
    [
        ({"swollen": True}, None, 2, "Swollen feet must not be massaged."),
        ({}, "emergency_stop@run+1s", 3, "The emergency stop was pressed."),
        ({}, "stop_button@fit", 0, "The session was stopped with STOP."),
    ],
)
def test_the_end_of_a_session_is_printed_and_returned_as_the_exit_code(call, answers, fault, code, words):
    machine = VirtualMachine("demo", answers, [fault] if fault else [])
    returned, said, error = call(machine, "run", "demo", "--headless")
    assert returned == code and words in said + error


def test_a_program_with_violations_is_refused_as_the_checker_does_and_nothing_is_sent(machine, call, tmp_path, capsys):
    file = tmp_path / "bad.toml"
    file.write_text(cli_program("demo").read_text() + "\nnonsense = 1\n")
    assert cli.run(["program", "check", str(file)]) == 1
    checked = capsys.readouterr().err
    before = len(machine.app.session.selection.library.programs)
    code, said, error = call(machine, "run", str(file))
    assert (code, said, error) == (1, "", checked)
    assert len(machine.app.session.selection.library.programs) == before


def test_another_program_named_gentle_is_not_uploaded(machine, call, tmp_path):
    file = tmp_path / "gentle.toml"
    file.write_text(cli_program("demo").read_text().replace('name = "demo"', 'name = "gentle"', 1))
    code, _, error = call(machine, "run", str(file))
    assert code == 1 and "another gentle than the machine's" in error


def test_no_session_is_started_while_another_runs(call):
    machine = VirtualMachine()
    with machine.client() as client:
        client.start()
    machine.wait_for(lambda: machine.state == "screening")
    code, _, error = call(machine, "run", "demo", "--headless")
    assert code == 1 and "A session is under way" in error
