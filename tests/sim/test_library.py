"""The simulated machine in a Python program: the sessions of `instep sim`, branches, buttons, refusals."""

import re
from pathlib import Path

import numpy as np
import pytest

from host_tools.errors import InstepError
from host_tools.program.load import find
from sim.factory import prepare
from sim.library import BUTTONS, Machine
from sim.options import SimOptions
from sim.people import FOLDER
from sim.summary import summarise

PAGE = Path(__file__).resolve().parents[2] / "docs" / "simulate-in-python.md"


@pytest.fixture(scope="module")
def running():
    """Return a machine whose strokes have begun; use branches of it."""
    machine = Machine("demo", "small", seed=3, parts="typical")
    machine.step_until("run")
    return machine


def test_a_session_is_that_of_the_command(running):
    simulation = prepare(SimOptions(find("demo"), FOLDER / "small.toml", seed=3, parts="typical"))
    simulation.run_out()
    theirs = summarise(simulation, 1.0)
    ours = running.branch().run()
    assert ours == {name: value for name, value in theirs.items() if name in ours}
    assert set(theirs) - set(ours) == {"wall_s", "real_time_ratio"}


def test_a_branch_goes_on_alike_and_leaves_the_first_alone(running):
    first, other = running.branch(), running.branch()
    before = first.read()
    other.press("stop")
    assert other.step_until("idle").state != "run"
    assert first.read() == before
    assert first.step(200) == running.branch().step(200)


def test_a_softer_branch_leaves_less_dose(running):
    firm, soft = running.branch(), running.branch()
    for _ in range(2):
        soft.press("minus")
    doses = []
    for machine in (firm, soft):
        machine.run()
        doses.append(machine.dose("left"))
    assert 0 < doses[1].sole.sum() < doses[0].sole.sum()
    assert np.all(doses[0].top >= 0) and doses[0].toes.shape == doses[0].top.shape


def test_every_press_counts(running):
    machine = running.branch()
    for _ in range(2):
        machine.press("minus")
    assert machine.summary()["intensity"] == running.summary()["intensity"] - 2


def test_you_answer_and_put_your_feet_in_yourself():
    machine = Machine("demo")
    machine.hand_over()
    machine.step(100)
    assert machine.press("start").state == "screening"
    for _ in range(7):
        if machine.read().state == "screening":
            machine.press("minus")
            machine.step(20)
    assert machine.read().state == "refused"  # no physician was asked
    with pytest.raises(InstepError, match="has no end"):
        machine.run()


def test_a_foot_that_is_taken_out_pauses_the_session(running):
    machine = running.branch()
    machine.step(300)
    machine.put_foot("left", False)
    assert machine.step(50).state == "paused"


def test_a_fault_is_injected_as_on_the_command_line():
    assert Machine("demo", faults=["emergency_stop@1s"]).run()["faults"] == ["emergency_stop"]


def test_reset_begins_again_with_the_same_seed_or_another():
    machine = Machine("demo", parts="typical")
    first = machine.step(500)
    machine.reset()
    assert machine.step(500) == first
    machine.reset(seed=9)
    assert machine.step(500).place_mm != first.place_mm


@pytest.mark.parametrize(
    ("wrong", "message", "allowed"),
    [
        (lambda: Machine(intensity=6), "intensity 6", "1, 2, 3, 4, 5"),
        (lambda: Machine(intensity=True), "intensity True", "1, 2"),
        (lambda: Machine(pace=2.0), "pace 2.0", "1, 2, 3"),
        (lambda: Machine(seed=1.5), "seed 1.5", "0 to"),
        (lambda: Machine(ambient_c=40.0), "ambient_c 40.0", "10 to 35"),
        (lambda: Machine(seed="x"), "seed 'x'", "0 to"),
        (lambda: Machine(speed=1), "no choice 'speed'", "minutes"),
        (lambda: Machine("no"), "no", "classic"),
        (lambda: Machine(person="no"), "no", "Give a .toml file"),
        (lambda: Machine(answers={"gut": True}), "no question 'gut'", "gout"),
        (lambda: Machine().press("go"), "no button 'go'", BUTTONS[0]),
        (lambda: Machine().put_foot("middle", True), "no foot 'middle'", "left, right"),
        (lambda: Machine().dose("middle"), "no foot 'middle'", "left, right"),
        (lambda: Machine().step_until("away"), "no state 'away'", "idle"),
        (lambda: Machine().reset(seed=-1), "seed -1", "0 to"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(wrong, message, allowed):
    with pytest.raises(InstepError) as caught:
        wrong()
    assert message in caught.value.message and allowed in caught.value.advice


def test_the_programs_of_the_page_run_as_written(capsys):
    programs = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert programs
    for program in programs:
        exec(compile(program, PAGE.name, "exec"), {})
    assert "N s/cm2" in capsys.readouterr().out
