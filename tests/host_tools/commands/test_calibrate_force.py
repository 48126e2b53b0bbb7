"""`instep calibrate force` on machines with other sensors than the file says: measured, or named and refused."""

import random
import tomllib
from datetime import date

import pytest

from host_tools import cli
from host_tools.board.load import find
from host_tools.commands import calibrate_force
from instep.axes import ROLLERS
from instep.hal.board import ROLLER_NAMES
from instep.units import MN_PER_N
from tests.host_tools.calibrate.bars import SCALE, ZERO, Bench
from tests.host_tools.virtual_machine import plug_in

MACHINES = 20
SHARE_MAX = 0.03
AT_REST_MAX_N = 0.3


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Return a function that calibrates a bench: exit code, output, errors, and the board file's text or None."""

    def calibrated(bench, *arguments):
        plug_in(monkeypatch, bench.machine)
        monkeypatch.setattr(calibrate_force, "ask", bench.do)
        file = tmp_path / "mine.toml"
        code = cli.run(["calibrate", "force", "-o", str(file), "--port", "virtual", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err, file.read_text() if file.exists() else None

    return calibrated


def wrong(**parts):
    """Return figures of all sensors; `parts` has those of the second roller."""
    return {name: (usual, value, usual, usual) for name, (usual, value) in parts.items()}


@pytest.mark.parametrize("seed", range(MACHINES))
def test_on_machines_with_other_bars_the_force_is_within_3_percent_and_the_doctor_content(
    seed, run, monkeypatch, capsys
):
    chance = random.Random(seed)
    zeros = tuple(chance.randrange(1_100, 2_600) for _ in range(ROLLERS))
    scales = tuple(chance.randrange(5_000, 15_000) for _ in range(ROLLERS))
    bench = Bench(zeros=zeros, scales=scales)
    code, _, error, text = run(bench)
    assert (code, error) == (0, "")
    bench.flash(tomllib.loads(text))
    for index in range(ROLLERS):
        for force_n in (5.0, 20.0, 35.0):
            shown_n = bench.bars.shown_mn(index, force_n) / MN_PER_N
            assert shown_n == pytest.approx(force_n, rel=SHARE_MAX, abs=AT_REST_MAX_N if force_n < 10 else 0)
        assert abs(bench.bars.shown_mn(index, 0.0)) / MN_PER_N < AT_REST_MAX_N
    assert cli.run(["doctor", "--port", "virtual"]) == 0, capsys.readouterr().out


def test_the_figures_stand_in_the_file_with_date_and_spread_and_all_comments_stay(run):
    bench = Bench(**wrong(zeros=(ZERO, 1_900), scales=(SCALE, 9_000)))
    code, said, _, text = run(bench)
    assert code == 0 and "left sole: zero 19" in said and "in 3 readings" in said
    assert "flash --port virtual --board " in said and "doctor --port virtual`" in said
    before, after = find("pico").read_text().splitlines(), text.splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 2 * ROLLERS
    assert all(new.startswith(old.partition(" = ")[0]) for old, new in changed)
    assert all(f"# | measured {date.today().isoformat()}, spread 0." in new for _, new in changed)


def test_a_second_measurement_replaces_the_remark_of_the_first(run, tmp_path):
    bench = Bench()
    first = run(bench)[3]
    (tmp_path / "first.toml").write_text(first)
    bench.flash(tomllib.loads(first))
    second = run(bench, "--board", str(tmp_path / "first.toml"))[3]
    assert second.count("measured") == first.count("measured") == 2 * ROLLERS


def test_one_roller_alone_is_measured_and_written(run):
    code, _, _, text = run(Bench(zeros=(1_800,) * ROLLERS), "--roller", "right_top")
    assert code == 0
    zeros = tomllib.loads(text)["force_zero"]
    assert abs(zeros["right_top"] - 1_800) < 20
    assert [zeros[name] for name in ROLLER_NAMES if name != "right_top"] == [ZERO] * 3


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (wrong(zeros=(ZERO, 600)), "makes a broken wire look like a light touch"),
        ({"order": (1, 0, 2, 3)}, "left top: the weight shows at left sole: the plugs are crossed"),
        ({"order": (0, 3, 2, 1)}, "left sole: the weight shows at right sole: the plugs are crossed"),
        (wrong(signs=(1, -1)), "left sole: it does not feel the weight"),
        (wrong(signs=(1, -1), zeros=(ZERO, 3_900)), "left sole: its reading falls under the weight"),
        (wrong(scales=(SCALE, 20_000)), "left sole: its mN per 1024 codes would be"),
        (wrong(zeros=(ZERO, 120)), "left sole: it shows no force under one weight"),
        (wrong(zeros=(ZERO, 4_600)), "left sole: its zero would be 46"),
        ({"swing_n": 1.0}, "between repeats, allowed are 0.3 N"),
        ({"held_n": 4.0}, "its three readings are not on a line"),
    ],
)
def test_a_wrong_sensor_is_named_and_nothing_is_written(parts, words, run):
    code, _, error, text = run(Bench(**parts))
    assert code == 1 and text is None
    assert words in error


def test_the_shipped_board_file_is_never_changed(capsys):
    assert cli.run(["calibrate", "force", "--board", "pico", "--port", "socket://127.0.0.1:1"]) == 1
    assert "--output my-pico.toml" in capsys.readouterr().err


def test_a_converter_that_does_not_answer_is_named(run):
    bench = Bench(faults=["force_adc_silent@0s"])
    bench.machine.pass_ticks(30)
    code, _, error, text = run(bench)
    assert code == 1 and text is None and "converter does not answer" in error
