"""`instep calibrate heat` on machines with wrong thermistors: each is named; sound parts pass."""

import random

import pytest

from host_tools import cli
from host_tools.calibrate.heat import NAMES
from host_tools.commands import calibrate_heat
from instep.axes import FOOT_NAMES
from sim.grades import TYPICAL, WORST
from sim.hooks import Hook
from sim.options import AMBIENT_DEFAULT_C
from tests.host_tools.virtual_machine import VirtualMachine, plug_in

MACHINES = 20
STRAIGHT = (0, 1, 2, 3)


class Plugs(Hook):
    """Let the converter's input i show the thermistor `order[i]`, in the order of NAMES."""

    def __init__(self, simulation, order):
        self.codes = simulation.plant.readings.ntc_code
        self.order = order

    def after_step(self):
        given = list(self.codes)
        for index, at in enumerate(self.order):
            self.codes[index] = given[at]


class Bench:
    """A machine that was left alone, and a person who does as asked; `order` are the thermistors' plugs."""

    def __init__(self, faults=(), order=STRAIGHT, feet=FOOT_NAMES, **choices):
        self.machine = VirtualMachine(faults=faults, **choices)
        self.feet = feet
        simulation = self.machine.simulation
        simulation.hand_over()
        simulation.attach(Plugs(simulation, order))
        self.machine.pass_ticks(200)

    def do(self, what):
        """Put the foot in that is asked for, or take both out."""
        for foot, switch in zip(FOOT_NAMES, self.machine.simulation.hal.foot_switches, strict=True):
            switch.is_on = f"the {foot} well" in what and foot in self.feet
        self.machine.pass_ticks(20)


@pytest.fixture
def run(monkeypatch, capsys):
    """Return a function that runs the command on a bench: exit code, output, errors."""

    def judged(bench, *arguments, room=AMBIENT_DEFAULT_C):
        plug_in(monkeypatch, bench.machine)
        monkeypatch.setattr(calibrate_heat, "ask", bench.do)
        code = cli.run(["calibrate", "heat", "--port", "virtual", "--room", str(room), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return judged


@pytest.mark.parametrize("grade", [TYPICAL, WORST])
@pytest.mark.parametrize("seed", range(MACHINES // 2))
def test_machines_with_sound_parts_pass(grade, seed, run):
    room_c = random.Random(seed).uniform(15.0, 26.0)
    code, said, error = run(Bench(parts=grade, seed=seed, ambient_c=room_c), room=room_c)
    assert (code, error) == (0, "")
    assert "All thermistors are right." in said and "left film " in said


@pytest.mark.parametrize(
    ("fault", "names", "words"),
    [
        ("skin_sensor_open@0s,left", ["left skin side"], "a wire is broken"),
        ("element_sensor_short@0s,right", ["right film"], "its wires touch"),
        ("skin_sensor_offset@0s,right,value=3", ["right skin side"], "in a room of 22.0 °C, allowed are 1.5 K"),
        ("skin_sensor_drift@0s,left,value=0.1", ["left skin side"], "in these readings, allowed are 0.3 K"),
        ("ntc_other_type@0s,value=100", NAMES, "It reads like an NTC of 100 k"),
        ("ntc_other_pull_up@0s,value=4.7", NAMES, "a pull-up of 4.7 k: check both parts."),
        ("ntc_reference_shift@0s,value=1.1", NAMES, "Then check this NTC (10 k, B3950)"),
        ("ntc_common_ground@0s,left,value=1500", ["left film", "left skin side"], "and their ground"),
    ],
)
def test_a_wrong_thermistor_is_named(fault, names, words, run):
    code, said, error = run(Bench([fault]))
    assert code == 1 and "All thermistors are right" not in said
    assert [line.partition(":")[0] for line in error.splitlines()[:-1]] == list(names)
    assert words in error and error.endswith("Correct this, then run the command again.\n")


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ((2, 1, 0, 3), "left film: the foot in the left well shows at right film: plugs are crossed"),
        ((0, 3, 2, 1), "left skin side: the foot in the left well shows at right skin side: plugs are crossed"),
        ((2, 3, 0, 1), "left film: the foot in the left well shows at right film and right skin side"),
    ],
)
def test_crossed_plugs_are_named(order, words, run):
    code, _, error = run(Bench(order=order))
    assert code == 1 and words in error


def test_a_foot_that_shows_nowhere_is_said(run):
    code, _, error = run(Bench(feet=("left",)))
    assert code == 1
    assert "right film: it rises by 0.0 K with a foot in the well, at least 1 K are due" in error
    assert "left" not in error


def test_a_well_with_a_foot_in_is_said_before_anything_is_judged(run, monkeypatch):
    bench = Bench()
    monkeypatch.setattr(bench, "do", lambda what: None)
    bench.machine.simulation.hal.foot_switches[1].is_on = True
    bench.machine.pass_ticks(20)
    code, said, error = run(bench)
    assert code == 1 and "The right well's switch says that a foot is in." in error
    assert "°C" not in said


def test_a_converter_that_does_not_answer_is_named(run):
    code, _, error = run(Bench(["heat_adc_silent@0s"]))
    assert code == 1 and "The heat sensors' converter does not answer." in error


def test_a_room_is_asked_for_in_bounds(capsys):
    for room, words in (("9", "10.0<=x<=35.0"), ("warm", "not a valid float")):
        assert cli.run(["calibrate", "heat", "--room", room, "--port", "socket://127.0.0.1:1"]) == 1
        assert words in capsys.readouterr().err
