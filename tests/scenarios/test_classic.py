"""The whole classic session, as the massage describes it."""

import itertools

import pytest

from instep.axes import HOME
from sim.recorder import SAMPLE_TICKS
from tests.scenarios.machine import MINUTE, finish, recording, simulate

ORDER = [(technique, foot) for technique in ("smooth", "top", "sole", "pull", "slide") for foot in ("left", "right")]
TOES = 5
GAPS = 4
SKIN_LIMIT_C = 43.0
FORCE_LIMIT_N = 60.0
LOW_C = 37.0


@pytest.fixture(scope="module")
def classic():
    return finish(simulate(every=5))


@pytest.fixture(scope="module")
def summary(classic):
    return recording(classic).summary


def test_it_is_done_within_its_fifteen_minutes(classic, summary):
    assert (summary["result"], summary["reason"], summary["faults"]) == ("done", "", [])
    clock = classic.app.session.status.clock
    assert 14.5 * MINUTE < clock.active_ticks <= 15 * MINUTE
    assert clock.ticks <= 16 * MINUTE


def test_it_gives_every_technique_to_each_foot_in_the_massage_s_order(summary):
    first = [(run["technique"], run["foot"]) for run in summary["techniques"][: len(ORDER)]]
    assert first == ORDER


def test_it_gives_every_stroke_of_the_first_cycle(summary):
    strokes = {(run["technique"], run["foot"]): run["strokes"] for run in summary["techniques"][: len(ORDER)]}
    for foot in ("left", "right"):
        assert min(strokes[technique, foot] for technique in ("smooth", "top", "sole")) >= 2
        assert strokes["pull", foot] == TOES
        assert strokes["slide", foot] >= GAPS and strokes["slide", foot] % GAPS == 0


def test_a_technique_begins_after_the_one_before_it_has_ended(summary):
    runs = summary["techniques"][: len(ORDER)]
    for before, after in itertools.combinations(runs, 2):
        if before["technique"] != after["technique"]:
            assert before["start_s"] < before["end_s"] <= after["start_s"]


def test_it_ends_with_closing_smooth_strokes_on_both_feet(summary):
    assert [run["technique"] for run in summary["techniques"][-2:]] == ["smooth", "smooth"]
    assert {run["foot"] for run in summary["techniques"][-2:]} == {"left", "right"}


def test_it_never_presses_or_heats_too_much(classic, summary):
    seen = recording(classic)
    assert 20 < summary["max_force_n"] < FORCE_LIMIT_N
    assert summary["max_force_n"] * 1000 >= seen.force_mn.max() - 1
    assert LOW_C - 1 < summary["max_skin_c"] <= LOW_C + 0.5 < SKIN_LIMIT_C


def test_the_strokes_follow_their_setpoints(classic):
    seen = recording(classic)
    running = seen.state == seen.state_names.index("run")
    error_um = abs(seen.setpoint - seen.measured)[running][:, [0, 1, 10, 11]]
    assert error_um.max() < 2_000


def test_everything_is_back_home(classic):
    # The last sample may be from just before the end: let one more be taken.
    for _ in range(SAMPLE_TICKS):
        classic.advance(1)
    seen = recording(classic)
    assert list(classic.app.scheduler.setpoints) == list(HOME * 2)
    assert not seen.force_mn[-1].any() and not seen.heat_permille[-1].any() and not seen.duty_permille[-1].any()
