"""`instep faults`, and a scenario file with options and faults for `instep sim`."""

import pytest

from host_tools import cli
from host_tools.errors import InstepError
from sim.faults import FAULTS, parse
from tests.sim.commands.test_sim import chosen, refusal

__all__ = ["chosen", "refusal"]  # fixtures


def test_every_fault_is_listed_with_its_budget_reaction_and_example(capsys):
    assert cli.run(["faults"]) == 0
    printed = capsys.readouterr().out
    for fault in FAULTS.values():
        assert fault.example in printed
        row = next(line for line in printed.splitlines() if line.strip().startswith(f"{fault.name} "))
        assert fault.reaction.replace("_", " ") in row
        assert fault.danger in row
    assert "300 ms" in printed and "60 s" in printed


def test_faults_given_one_by_one_reach_the_simulation_in_order(chosen):
    texts = ["skin_sensor_open@120s,left", "stop_button@run+30s"]
    options = chosen("quick", "--fault", texts[0], "--fault", texts[1])
    assert options.faults == tuple(parse(text) for text in texts)


def test_without_a_fault_nothing_goes_wrong(chosen):
    assert chosen().faults == ()


def test_a_bad_fault_is_refused_with_the_sentence_of_the_parser(refusal):
    with pytest.raises(InstepError) as sentence:
        parse("skin_hut@run")
    assert sentence.value.message in refusal("--fault", "skin_hut@run")


def scenario(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


WHOLE = """
program = "quick"
person = "large"
minutes = 10
ambient = 12.5
headless = true
answers = { gout = true, consent = true }
faults = ["supply_low@run,severity=0.5"]
"""


def test_a_scenario_gives_options_program_and_faults(chosen, tmp_path):
    options = chosen("--scenario", scenario(tmp_path, WHOLE))
    assert (options.program.stem, options.person.stem, options.minutes) == ("quick", "large", 10)
    assert (options.ambient_c, options.headless) == (12.5, True)
    assert options.answers["gout"] and options.answers["consent"] and not options.answers["numb"]
    assert options.faults == (parse("supply_low@run,severity=0.5"),)


def test_the_command_line_overrides_a_scenario(chosen, tmp_path):
    options = chosen("demo", "--scenario", scenario(tmp_path, WHOLE), "--person", "small")
    assert (options.program.stem, options.person.stem, options.minutes) == ("demo", "small", 10)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('programme = "quick"', "there is no 'programme'; allowed are"),
        ("a = ", "is not valid TOML"),
        ("pace = “2”", "has a left double quotation mark"),
        ("pace = 9", "1<=x<=3"),
        ('faults = ["nonsense@1s"]', "There is no fault 'nonsense'"),
    ],
)
def test_a_bad_scenario_is_refused_with_the_allowed_values(refusal, tmp_path, text, sentence):
    printed = refusal("--scenario", scenario(tmp_path, text))
    assert sentence in printed


def test_a_scenario_that_is_not_there_is_refused(refusal):
    assert "There is no scenario none.toml" in refusal("--scenario", "none.toml")
