"""The summary of a session: every figure of it, none that was not measured."""

import json

import pytest

from sim.faults.parse import parse
from sim.summary import summarise
from tests.scenarios.machine import finish, simulate

SUMMARY_KEYS = {
    *("program", "program_crc32", "seed", "person", "result", "reason", "duration_s", "ticks", "setpoint_crc32"),
    *("fit_mm", "techniques", "max_force_n", "max_skin_c", "faults", "fault_roller", "wall_s", "real_time_ratio"),
}


def test_the_summary_is_one_json_object_with_every_figure(demo):
    summary = summarise(demo, 2.0)
    assert set(summary) >= SUMMARY_KEYS
    assert json.loads(json.dumps(summary)) == summary
    assert (summary["program"], summary["program_asked_for"], summary["result"]) == ("demo", "demo", "done")
    assert (summary["person"], summary["seed"]) == ("average", 1)
    assert summary["duration_s"] == demo.ticks / 100
    assert summary["real_time_ratio"] == pytest.approx(summary["duration_s"] / 2.0, abs=0.1)
    assert summary["setpoint_crc32"] == f"{demo.recorder.setpoint_crc32:08x}"
    assert summary["program_crc32"] == f"{demo.app.session.selection.library.chosen().crc32:08x}"
    assert summary["fit_mm"] == {"left": pytest.approx(262, abs=2), "right": pytest.approx(260.5, abs=2)}
    first = summary["techniques"][0]
    assert set(first) == {"technique", "foot", "strokes", "start_s", "end_s"}


def test_the_summary_s_peaks_are_at_least_those_of_the_samples(demo, seen):
    summary = summarise(demo, 2.0)
    assert summary["max_force_n"] == pytest.approx(seen.force_mn.max() / 1000, abs=0.002)
    assert summary["max_skin_c"] == pytest.approx(seen.skin_c.max(), abs=0.002)


def test_the_roller_of_a_fault_is_named(demo):
    assert summarise(demo, 2.0)["fault_roller"] is None
    fault = parse("roller_blocked@sole+2s,right,sole")
    simulation = finish(simulate("quick", faults=(fault,)))
    assert summarise(simulation, 1.0)["fault_roller"] == "right_sole"


def test_feet_that_were_not_measured_have_no_length():
    simulation = finish(simulate(answers={"swollen": True}))
    assert summarise(simulation, 1.0)["fit_mm"] == {"left": None, "right": None}
