"""The commands that talk to a board, as a person uses them, against a simulated machine in virtual time."""

import json

import pytest

from host_tools import cli
from host_tools.commands import jog as jog_command
from host_tools.link.errors import RefusedError
from instep.guard import faults
from tests.host_tools.served import served
from tests.host_tools.virtual_machine import VirtualMachine, plug_in


@pytest.fixture(scope="module")
def machine():
    """A machine at rest, for commands that leave it so."""
    return VirtualMachine()


@pytest.fixture
def call(capsys, monkeypatch):
    """Return a function that runs a command on a machine and returns exit code, output and errors."""

    def run(machine, *arguments):
        plug_in(monkeypatch, machine)
        code = cli.run([*arguments, "--port", "virtual"])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_settings_are_shown_with_their_allowed_values(machine, call):
    code, said, _ = call(machine, "settings")
    assert code == 0
    for word in ("intensity", "1, 2, 3, 4, 5", "feet", "left, right, both", "off, low, medium, high"):
        assert word in said


def test_a_setting_is_changed_by_name_and_takes_effect_at_once(machine, call):
    assert call(machine, "settings", "feet", "left")[:2] == (0, "left\n")
    assert machine.app.session.selection.choices.feet == 0
    assert call(machine, "settings", "feet", "both")[:2] == (0, "both\n")
    assert call(machine, "settings", "feet")[1] == "both\n"


@pytest.mark.parametrize("key", ["heat", "minutes"])
def test_every_value_that_the_table_lists_is_accepted(machine, call, key):
    assert call(machine, "settings", key, "program's")[:2] == (0, "program's\n")


def test_a_setting_that_no_program_has_is_not_the_programs(machine, call):
    assert call(machine, "settings", "pace", "program's")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("intensity", "9"), "intensity: 9 is not one of 1, 2, 3, 4, 5"),
        (("nonsense",), "There is no setting 'nonsense'"),
        (("program", "nonsense"), "no program of that name"),
    ],
)
def test_a_setting_that_is_not_allowed_is_refused_in_words(machine, call, arguments, words):
    code, said, error = call(machine, "settings", *arguments)
    assert (code, said) == (1, "") and words in error


def test_the_doctor_finds_a_sound_machine_well_and_moves_nothing(machine, call):
    before = [roller.position_um for roller in machine.app.drives.rollers]
    code, said, _ = call(machine, "doctor")
    assert code == 0 and "All is well." in said
    for what in ("safety relay opens", "safety relay closes", "left skin temperature", "supply", "buttons"):
        assert what in said
    assert [roller.position_um for roller in machine.app.drives.rollers] == before


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("emergency_stop@0s", "The emergency stop was pressed."),
        ("supply_low@0s", "supply"),
        ("skin_sensor_open@0s,left", "left skin temperature"),
        ("relay_welded@0s", "The safety relay does not open."),
    ],
)
def test_the_doctor_names_the_problem_and_its_remedy(call, fault, words):
    machine = VirtualMachine(faults=[fault])
    machine.pass_ticks(30)
    code, said, _ = call(machine, "doctor")
    assert code == 1 and "FAILED" in said and words in said


def test_what_is_to_be_reported_comes_with_the_way_to_report_it(machine, call):
    assert "open an issue" not in call(machine, "doctor")[1]
    machine.app.note_late_ticks(3)
    machine.pass_ticks(1)
    said = call(machine, "doctor")[1]
    assert "report it." in said and "open an issue where you got Instep" in said


def test_an_axis_is_jogged_for_a_time_and_then_off(machine, call):
    code, said, _ = call(machine, "jog", "left.sole_press", "3000", "--for", "1")
    assert code == 0 and "Off. sole force" in said
    machine.wait_for(lambda: machine.app.jog.state == 0)
    assert not machine.simulation.plant.commands.relay[0]


def test_a_roller_is_jogged_both_ways(machine, call):
    rollers = machine.app.drives.rollers
    call(machine, "jog", "right.top_stroke", "150", "--for", "0.5")
    there_um = rollers[2].position_um
    assert there_um > 5_000
    call(machine, "jog", "right.top_stroke", "-100", "--for", "0.5")
    assert rollers[2].position_um < there_um
    assert machine.app.guard.fault == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("left.top_stroke", "201", "--for", "1"), "Allowed are -200 to 200 permille of the supply."),
        (("left.toe_grip", "-1", "--for", "1"), "Allowed are 0 to 2000 mN."),
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
    assert "top_stroke: -200 to 200 permille of the supply" in said and "hold_heel: 0 to 5000 mN" in said


def test_a_jog_whose_self_test_fails_moves_nothing_and_says_so(call):
    machine = VirtualMachine(faults=["relay_not_closing@0s"])
    machine.pass_ticks(30)
    code, _, error = call(machine, "jog", "left.toe_grip", "500", "--for", "1")
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
    code, said, _ = call(machine, "jog", "left.toe_grip", "500")
    assert code == 0 and "\rtesting" in said and "\rasked for 500 mN" in said
    assert said.endswith("Off. asked for 500 mN\n")
    machine.wait_for(lambda: machine.app.jog.state == 0)


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


def test_a_machine_under_a_session_is_not_restarted_unless_forced():
    machine = VirtualMachine()
    with machine.client() as client:
        client.start()
        assert client.is_session_running()
        with pytest.raises(RefusedError, match="under way"):
            client.enter_maintenance()
        app = machine.app
        client.enter_maintenance(force=True)
        machine.wait_for(lambda: machine.app is not app)
        client.reconnect()
        assert not client.is_session_running()


def test_a_command_reaches_a_machine_at_a_network_port(capsys):
    with served() as (server, _):
        assert cli.run(["settings", "pace", "--port", server.url]) == 0
    assert capsys.readouterr().out == "2\n"


@pytest.mark.parametrize(
    "command", [["settings"], ["logs"], ["doctor"], ["run", "demo"], ["jog", "left.toe_grip", "1"]]
)
def test_without_a_board_every_command_says_so(command, capsys):
    for_a_time = ["--for", "1"] if command[0] == "jog" else []
    assert cli.run([*command, *for_a_time, "--port", "socket://127.0.0.1:9"]) == 1
    error = capsys.readouterr().err
    assert "There is no board at socket://127.0.0.1:9" in error and "Traceback" not in error


def test_monitor_needs_a_terminal(capsys):
    assert cli.run(["monitor", "--port", "socket://127.0.0.1:9"]) == 1
    assert "There is no terminal" in capsys.readouterr().err
