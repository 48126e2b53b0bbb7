"""Two traces laid over each other: what counts as a difference, which is named first, and the page."""

from math import cos
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.figure import Figure

from host_tools import cli
from host_tools.compare.differences import Finding
from host_tools.compare.pictures import steps_of, value_axis
from host_tools.compare.quantities import Quantity
from host_tools.trace.read import Series
from instep.session import states
from tests.host_tools.trace.made_up import write


@pytest.fixture
def compare(tmp_path, capsys, monkeypatch):
    """Return a function that compares a plain session with one made otherwise; it returns exit code and output."""
    monkeypatch.chdir(tmp_path)

    def run(*options, **other):
        write(tmp_path / "a.mcap")
        write(tmp_path / "b.mcap", **other)
        code = cli.run(["compare", "a.mcap", "b.mcap", *options])
        return code, capsys.readouterr().out

    return run


def test_a_session_is_like_itself(compare):
    code, said = compare()
    assert code == 0 and "Alike: no wide difference in" in said and "over 1:10" in said


def test_the_values_of_a_step_are_drawn_at_equal_distances_with_their_words():
    quantity = Quantity("left.technique", "technique, left", is_step=True)
    values = np.array([0.0, 6.0, 255.0, 6.0])
    series = Series(np.arange(4.0), values)
    finding = Finding(quantity, series, series, (), 0.0, 0.0, 0.0)
    assert list(steps_of(finding)) == [0.0, 6.0, 255.0]
    axes = Figure().add_subplot()
    value_axis(axes, finding)
    words = [axes.yaxis.get_major_formatter()(rank) for rank in range(3)]
    assert words == ["smoothing", "own stroke", "resting"]
    assert axes.get_ylim() == (-0.5, 2.5)


def test_a_longer_preparation_and_rarer_reports_make_no_difference(compare):
    code, said = compare(before_s=13.0, sample_ticks=10)
    assert code == 0, said


def test_noise_and_a_single_wild_value_make_no_difference(compare):
    def change(massage_s, machine, foot):
        foot["sole_mn"] += 1_500 if int(massage_s * 20) % 2 else -1_500
        if abs(massage_s - 30) < 0.01:
            foot["sole_mn"] = 60_000

    code, said = compare(change=change)
    assert code == 0, said


def test_a_roller_that_is_a_blink_late_makes_no_difference_and_one_that_lags_does(compare):
    def shifted(late_s):
        def change(massage_s, machine, foot):
            foot["sole_um"] = round(200_000 * (1 - cos(massage_s - late_s)) / 2)

        return change

    assert compare(change=shifted(0.1))[0] == 0
    code, said = compare(change=shifted(0.6))
    assert code == 1 and "position of the sole roller" in said.splitlines()[-1]


def test_the_first_wide_difference_is_named_with_time_values_and_limit(compare):
    def change(massage_s, machine, foot):
        if massage_s >= 20:
            foot["sole_mn"] = 26_000
        if massage_s >= 40:
            machine["supply_mv"] = 10_800

    code, said = compare(change=change)
    first = "0:20 into the massage: force of the sole roller, left: 20.0 N in A, 26.0 N in B, more than 3 N apart."
    assert code == 1 and said.splitlines()[-1] == f"First wide difference, {first}"
    assert "supply voltage" in said and "1.2 V" in said


def test_a_cause_is_named_before_its_effect_of_the_same_moment(compare):
    def change(massage_s, machine, foot):
        if massage_s >= 20:
            machine["state"] = states.PAUSED
            foot["sole_mn"] = 0

    code, said = compare(change=change)
    assert code == 1
    assert "0:20 into the massage: state of the session: massage in A, paused in B." in said.splitlines()[-1]


def test_facts_that_differ_are_shown(compare):
    code, said = compare(facts={"program": "another"})
    assert code == 0 and "made-up" in said and "another" in said


def test_the_page_shows_the_first_difference_and_every_quantity(compare, tmp_path):
    def change(massage_s, machine, foot):
        if massage_s >= 20:
            foot["sole_mn"] = 26_000

    compare("--report", "page.html", change=change)
    page = (tmp_path / "page.html").read_text()
    assert page.count("<svg") == 4, "the close-up, both feet, and the machine's state"
    assert "0:20 into the massage: force of the sole roller, left" in page
    for start in (at for at in range(len(page)) if page.startswith("<svg", at)):
        ElementTree.fromstring(page[start : page.index("</svg>", start) + len("</svg>")])
    compare("--report", "again.html", change=change)
    assert (tmp_path / "again.html").read_text() == page


@pytest.mark.parametrize("kind", ["missing", "folder", "empty", "text", "cut", "foreign", "changed"])
def test_a_file_that_is_no_trace_is_refused_in_words(kind, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    whole = write(tmp_path / "a.mcap").read_bytes()
    changed = bytearray(whole)
    changed[10_000:10_064] = bytes(255 - byte for byte in whole[10_000:10_064])  # within the compressed messages
    if kind == "folder":
        (tmp_path / "b.mcap").mkdir()
    elif kind != "missing":
        contents = {"empty": b"", "text": b"time_s,tick\n", "cut": whole[: len(whole) // 2], "changed": bytes(changed)}
        (tmp_path / "b.mcap").write_bytes(contents.get(kind, b"\x89MCAP0\r\n\x89MCAP0\r\n"))
    assert cli.run(["compare", "a.mcap", "b.mcap"]) == 1
    error = capsys.readouterr().err
    assert "b.mcap" in error and "Give a trace" in error and "Traceback" not in error
