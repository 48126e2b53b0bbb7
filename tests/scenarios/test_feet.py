"""One foot, the other, and feet that the machine is not made for."""

import re

import numpy as np
import pytest

from instep.axes import AXES_PER_FOOT, HOME
from sim.people import FOLDER
from sim.reasons import reason_of
from tests.scenarios.machine import finish, is_let_go, is_powered_off, recording, simulate, truth

WARM_TO_DONE = ("warm", "run", "closing", "retract", "done")


@pytest.mark.parametrize(("feet", "used"), [("left", 0), ("right", 1)])
def test_a_session_for_one_foot_leaves_the_other_alone(feet, used):
    simulation = finish(simulate("demo", feet=feet, every=1))
    seen = recording(simulation)
    assert seen.summary["result"] == "done"
    assert {run["foot"] for run in seen.summary["techniques"]} == {feet}
    other = 1 - used
    setpoints = seen.setpoint.reshape(-1, 2, AXES_PER_FOOT)
    assert np.ptp(setpoints[:, used], axis=0).all()
    assert (setpoints[:, other] == np.array(HOME)).all()
    force = seen.force_mn.reshape(-1, 2, 2)
    assert force[:, used].max() > 2_000 and not force[:, other].any()
    assert seen.length_mm[used] is not None and seen.length_mm[other] is None


def test_both_feet_are_measured_to_two_millimetres_each():
    simulation = finish(simulate("demo", person="large"))
    person = simulation.figures.person
    fit = recording_fit(simulation)
    assert fit == pytest.approx((person.length_left_mm, person.length_right_mm), abs=2)


def recording_fit(simulation):
    """Return the measured lengths, left and right."""
    return tuple(length / 1000 for length in simulation.app.session.status.fitting.fit.length_um)


def _person(tmp_path, left_mm, right_mm, instep_mm=None):
    """Return a person's file, average but for the lengths, and the height of the insteps if it is given."""
    text = (FOLDER / "average.toml").read_text(encoding="utf-8")
    if instep_mm is not None:
        text = re.sub(r"instep_height_mm = [\d.]+", f"instep_height_mm = {instep_mm}", text)
    text = re.sub(r"length_left_mm = [\d.]+", f"length_left_mm = {left_mm}", text)
    text = re.sub(r"length_right_mm = [\d.]+", f"length_right_mm = {right_mm}", text)
    path = tmp_path / "person.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("left_mm", "right_mm", "reason"),
    [(345.0, 260.0, "foot_too_long"), (260.0, 345.0, "foot_too_long"), (196.0, 204.0, "foot_too_short")],
)
def test_a_foot_outside_the_range_ends_the_session_safely_and_says_so(tmp_path, left_mm, right_mm, reason):
    # An instep that is right for the shorter foot: as high as the average one it would be too high first.
    person = _person(tmp_path, left_mm, right_mm, instep_mm=52.0)
    simulation = finish(simulate(person=person, heat="low", every=5))
    seen = recording(simulation)
    assert (seen.summary["result"], seen.summary["reason"], seen.summary["faults"]) == ("fault", reason, [reason])
    assert is_let_go(simulation) and is_powered_off(simulation)
    assert not seen.heat_permille.any() and not seen.summary["techniques"]
    assert seen.force_mn.max() < 10_000
    assert abs(truth(simulation).roller_m[-1]).max() < 0.36


def test_a_well_without_a_foot_but_with_its_switch_pressed_is_not_massaged(tmp_path):
    simulation = finish(simulate(person=_person(tmp_path, 152.0, 260.0, instep_mm=40.0), heat="low"))
    assert (simulation.result, reason_of(simulation.app)) == ("fault", "foot_not_found")


def test_without_feet_the_session_waits_a_minute_and_stops():
    simulation = simulate()
    simulation.hal.foot_switches[0].is_on = False
    finish(simulation, 200)
    assert (simulation.result, reason_of(simulation.app)) == ("stopped", "no_feet")
    assert simulation.recorder.techniques == []
