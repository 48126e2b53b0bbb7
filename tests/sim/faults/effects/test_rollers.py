"""Faults of the rollers, seen on the plant itself."""

import numpy as np
import pytest

from sim.faults.inject import detected
from sim.plant import motor
from sim.plant.machine import CONTACT_N, MOTOR
from tests.scenarios.machine import until
from tests.sim.faulty import faulty

LEFT_SOLE = 1


def roller_of(simulation, index=LEFT_SOLE):
    at = MOTOR + index * motor.STATES
    return simulation.plant.state[at : at + motor.STATES]


def test_a_blocked_roller_stands_and_draws_current_while_the_others_move():
    simulation = faulty("roller_blocked@sole+1s,left,sole")
    until(simulation, "run")
    while detected(simulation).onset_tick is None:
        simulation.advance(1)
    roller = roller_of(simulation)
    assert roller[motor.LOW_STOP_M] == roller[motor.HIGH_STOP_M] == roller[motor.POSITION_M]
    assert roller[motor.SPEED_M_S] == 0.0
    assert abs(roller[motor.CURRENT_A]) > 0.2


@pytest.mark.parametrize(("severity", "way_m"), [(0.0, 0.005), (1.0, 0.0)])
def test_a_finger_leaves_as_much_way_as_its_severity_says(severity, way_m):
    simulation = faulty(f"finger_trapped@warm,left,top,severity={severity}")
    until(simulation, "warm")
    simulation.advance(1)
    roller = roller_of(simulation, 0)
    assert roller[motor.HIGH_STOP_M] == pytest.approx(roller[motor.POSITION_M] + way_m, abs=1e-6)
    assert roller[motor.LOW_STOP_M] < 0


def test_a_jammed_spring_makes_the_foot_feel_more_than_60_newton():
    simulation = faulty("spring_jammed@run,right")
    until(simulation, "run")
    while detected(simulation).onset_tick is None:
        simulation.advance(1)
    assert simulation.plant.state[CONTACT_N + 2 : CONTACT_N + 4].max() > (60 + 0.4) / 0.95
    assert simulation.plant.state[CONTACT_N : CONTACT_N + 2].max() < 60


@pytest.mark.parametrize(("name", "step"), [("encoder_lost", 0), ("encoder_stuck", 1)])
def test_an_encoder_that_is_lost_or_stuck_counts_no_further(monkeypatch, name, step):
    simulation = faulty(f"{name}@self-test+0.6s")
    seen = read_counts(simulation, monkeypatch)
    assert np.ptp(seen) == step
    assert detected(simulation).onset_tick is not None


def test_a_reversed_encoder_counts_backward_from_where_it_was(monkeypatch):
    simulation = faulty("encoder_reversed@self-test+0.6s")
    seen = read_counts(simulation, monkeypatch)
    assert seen[-1] > seen[0], "homing goes down, and is read as up"


def read_counts(simulation, monkeypatch):
    """Return what the firmware reads of the left sole encoder in the first half second of homing."""
    until(simulation, "self-test")
    simulation.advance(60)
    encoder = simulation.hal.encoders[LEFT_SOLE]
    counts = []
    tick = simulation.app.tick

    def noting_tick():
        counts.append(encoder.read_counts())
        tick()

    monkeypatch.setattr(simulation.app, "tick", noting_tick)
    start_m = float(roller_of(simulation)[motor.POSITION_M])
    simulation.advance(50)
    assert roller_of(simulation)[motor.POSITION_M] < start_m - 0.001
    return counts
