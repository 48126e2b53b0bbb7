"""`instep calibrate rollers` on machines with wrong wires: named, corrected in the board file, or refused."""

import random
import tomllib

import pytest

from host_tools import cli
from host_tools.board.load import find
from host_tools.calibrate.nudge import COAST_S, look
from host_tools.calibrate.rollers import LOOK_PERMILLE, LOOK_S
from host_tools.commands import calibrate
from host_tools.link import hold
from instep.axes import ROLLERS
from instep.guard import faults
from instep.hal.board import ROLLER_NAMES
from sim.hooks import Hook
from tests.host_tools.calibrate.wiring import STRAIGHT, Bench
from tests.host_tools.virtual_machine import plug_in

SEEDS = 6


class StopWhileDriven(Hook):
    """Press the emergency stop as soon as a roller is driven."""

    def __init__(self, simulation):
        self.simulation = simulation

    def before_tick(self):
        if self.simulation.plant.commands.driven[0]:
            self.simulation.hal.emergency_stop.is_on = True


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Return a function that calibrates a bench: exit code, output, errors, and the board file's text or None."""

    def calibrated(bench, board="pico"):
        plug_in(monkeypatch, bench.machine)
        monkeypatch.setattr(calibrate, "ask", bench.see)
        file = tmp_path / "mine.toml"
        code = cli.run(["calibrate", "rollers", "--board", board, "-o", str(file), "--port", "virtual"])
        said = capsys.readouterr()
        return code, said.out, said.err, file.read_text() if file.exists() else None

    return calibrated


def signs(*wrong):
    return tuple(-1 if index in wrong else 1 for index in range(ROLLERS))


def swapped(one, other):
    order = list(STRAIGHT)
    order[one], order[other] = other, one
    return tuple(order)


def test_a_rightly_wired_machine_needs_no_correction(run):
    bench = Bench()
    code, said, error, text = run(bench)
    assert (code, error) == (0, "") and "nothing to correct" in said
    assert text == find("pico").read_text()
    for name in ROLLER_NAMES:
        assert f"{name.replace('_', ' ')}: motor right, encoder right" in said
    assert said.count("of the nominal counts, spread") == ROLLERS


@pytest.mark.parametrize("seed", range(SEEDS))
def test_reversed_pairs_are_found_and_written_with_comments_kept(seed, run):
    chance = random.Random(seed)
    motors = {index for index in range(ROLLERS) if chance.random() < 0.5}
    encoders = {index for index in range(ROLLERS) if chance.random() < 0.5}
    code, _, error, text = run(Bench(motor_signs=signs(*motors), encoder_signs=signs(*encoders)))
    assert (code, error) == (0, "")
    document = tomllib.loads(text)
    assert document["bridges"]["reversed"] == [ROLLER_NAMES[index] for index in sorted(motors)]
    assert document["encoders"]["reversed"] == [ROLLER_NAMES[index] for index in sorted(encoders)]
    kept = [line for line in find("pico").read_text().splitlines() if not line.startswith("reversed")]
    assert [line for line in text.splitlines() if not line.startswith("reversed")] == kept
    if motors:
        assert "rollers whose motor is wired the other way round | seen 2" in text


@pytest.mark.parametrize("part", ["motor", "encoder"])
@pytest.mark.parametrize(("one", "other"), [(0, 1), (1, 3)])
def test_crossed_plugs_are_named_and_nothing_is_written(part, one, other, run):
    code, _, error, text = run(Bench(**{f"{part}s": swapped(one, other)}))
    first, second = (ROLLER_NAMES[index].replace("_", " ") for index in (one, other))
    assert code == 1 and text is None
    assert f"{first}: its {part} plug and that of {second} are crossed" in error
    assert "Nothing was written" in error


@pytest.mark.parametrize("scale", [11 / 16, 1.5])
def test_an_encoder_of_another_ratio_is_named(scale, run):
    code, _, error, text = run(Bench(scales=(1.0, scale, 1.0, 1.0)))
    assert code == 1 and text is None
    assert error.startswith("left sole: its encoder counts ") and "roller.toml" in error
    assert float(error.split("counts ")[1].split(" times")[0]) == pytest.approx(scale, rel=0.12)


def test_the_rated_voltage_is_that_of_the_machines_motor(run, monkeypatch):
    monkeypatch.setattr(calibrate, "table", lambda machine, name: {"gearmotor": {"voltage_v": 24.0}})
    code, _, error, text = run(Bench())
    assert code == 1 and text is None
    # At 12 V such a motor would run at half its speed: as fast as this one it has twice the counts.
    assert float(error.split("counts ")[1].split(" times")[0]) == pytest.approx(2.0, rel=0.12)


def test_nothing_moves_while_a_foot_is_in(run):
    bench = Bench()
    bench.machine.simulation.hal.foot_switches[1].is_on = True
    before = bench._now()
    code, _, error, text = run(bench)
    assert code == 1 and text is None and "A foot is in its well" in error
    assert bench._now() == before


def test_a_key_stops_the_movement_and_nothing_is_written(run, monkeypatch):
    bench = Bench()

    class Pressed:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def take(self):
            return "x" if bench.machine.simulation.plant.commands.driven[0] else ""

    monkeypatch.setattr(hold, "is_terminal", lambda: True)
    monkeypatch.setattr(hold, "TerminalKeys", Pressed)
    code, _, error, text = run(bench)
    assert code == 1 and text is None and "Stopped by a key" in error
    bench.machine.pass_ticks(50)
    assert not any(bench.machine.simulation.plant.commands.driven)


def test_the_guards_stop_is_told_with_the_roller_the_fault_and_its_remedy(run):
    bench = Bench()
    bench.machine.simulation.attach(StopWhileDriven(bench.machine.simulation))
    code, _, error, text = run(bench)
    assert code == 3 and text is None
    fault = faults.FAULT_EMERGENCY_STOP
    assert f"left top: the guard has stopped the machine: {faults.sentence(fault)}" in error
    assert faults.advice(fault) in error


def test_only_after_driving_a_look_waits_until_the_roller_stands(monkeypatch):
    machine = Bench().machine
    waits = []
    sleep = machine.sleep

    def wait(seconds):
        waits.append(seconds)
        sleep(seconds)

    monkeypatch.setattr(machine, "sleep", wait)
    with machine.client() as client:
        look(client, 0, LOOK_PERMILLE, LOOK_S, lambda: False)
    assert waits.count(COAST_S) == 1


def test_the_shipped_board_file_is_never_changed(capsys):
    assert cli.run(["calibrate", "rollers", "--board", "pico", "--port", "socket://127.0.0.1:1"]) == 1
    assert "--output my-pico.toml" in capsys.readouterr().err


def test_a_table_in_braces_is_refused_before_anything_moves(run, tmp_path):
    board = tmp_path / "braces.toml"
    head, _, rest = find("pico").read_text().partition("[encoders]")
    _, _, after = rest.partition("\n[")
    board.write_text(f"encoders = {{ reversed = [] }}\n{head}[{after}")
    bench = Bench()
    before = bench.machine.simulation.ticks
    code, _, error, text = run(bench, str(board))
    assert code == 1 and text is None and "encoders is written in braces" in error
    assert bench.machine.simulation.ticks == before
