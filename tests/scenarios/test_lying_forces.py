"""Presses that do not obey and force sensors that lie: what a person truly feels, and what the display says."""

import pytest

from instep.guard import faults
from sim.factory import prepare
from sim.faults import parse
from sim.plant.grades import WORST
from tests.scenarios.machine import finish, is_let_go, options, press, true_now, until, wait

GENTLE = {"diabetes": True, "consent": True}
GENTLE_MAX_N = 15.0
STOPPED_TICKS = 300


def begin(text, program="quick", **choices):
    """Return a session with a fault to come."""
    return prepare(options(program, heat="off", **choices), None, injections=[parse(text)])


def peak_n(simulation):
    """Return the greatest true force of a roller so far."""
    return float(simulation.plant.peak_force_n)


def shown(simulation):
    """Return the display's text in one line."""
    return " ".join(" ".join(simulation.hal.display.rows).split())


def test_a_sensor_that_freezes_under_a_gentle_persons_foot_is_noticed_before_it_hurts():
    simulation = finish(begin("force_sensor_frozen@run+5s,left,sole", answers=GENTLE))
    assert simulation.view().reason == "force_frozen"
    assert peak_n(simulation) < GENTLE_MAX_N
    assert is_let_go(simulation)
    assert "presses" not in shown(simulation)


@pytest.mark.parametrize("value", ["2", "1.6"])
def test_a_sensor_that_reads_too_much_is_followed_down_and_never_presses_harder(value):
    simulation = begin(f"force_sensor_gain@run,left,top,value={value}", intensity=5)
    until(simulation, "run")
    wait(simulation, 1_000)
    assert peak_n(simulation) < 1.4 * 10.4 + 5.0


def test_a_press_that_jams_is_noticed_and_the_display_says_how_to_get_out():
    simulation = finish(begin("press_servo_jammed@top+2s,left,top,value=0", intensity=5))
    assert simulation.view().reason in ("press_high", "roller_presses")
    assert true_now(simulation).contact_n.max() > 3.0, "a jammed press cannot lift"
    assert faults.sentence(faults.FAULT_ROLLER_PRESSES) in shown(simulation)
    assert faults.advice(faults.FAULT_ROLLER_PRESSES) in shown(simulation)
    press(simulation, "start")
    assert simulation.app.guard.fault != faults.NO_FAULT, "it cannot be acknowledged while it presses"


def test_after_stop_a_roller_that_still_presses_is_said():
    simulation = begin("press_servo_jammed@top+2s,left,top,value=8")
    until(simulation, "run")
    while true_now(simulation).contact_n[0] < 8.0:
        simulation.advance(1)
    wait(simulation, 5)
    press(simulation, "stop")
    wait(simulation, STOPPED_TICKS)
    assert simulation.app.guard.fault == faults.FAULT_ROLLER_PRESSES
    assert faults.sentence(faults.FAULT_ROLLER_PRESSES) in shown(simulation)


def test_a_press_that_runs_away_is_noticed_within_half_a_second():
    simulation = begin("press_servo_driven@run,left,top")
    until(simulation, "run")
    wait(simulation, 60)
    assert simulation.app.guard.fault in (faults.FAULT_PRESS_HIGH, faults.FAULT_ROLLER_PRESSES)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_firmest_strokes_of_the_worst_sound_parts_are_no_fault(seed):
    simulation = prepare(options("demo", heat="off", intensity=5, pace=3, parts=WORST, seed=seed), None)
    assert finish(simulation).result == "done"
