"""A pause lifts the rollers, holds the place and goes on at the start of the stroke that it interrupted."""

import numpy as np
import pytest

from instep.axes import HOLD_ARCH, HOLD_HEEL, SOLE_STROKE, TOP_STROKE
from instep.drive.press import TRAVEL
from tests.scenarios.machine import (
    LIFT_TICKS,
    finish,
    into_stroke,
    is_powered_off,
    press,
    simulate,
    state_of,
    true_now,
    truth,
)

LEFT_TOP = 0
LEFT_SOLE = 1
FOOT_OUT_TICKS = 10
PLACE_WITHIN_M = 0.003
DEEP_UM = 100_000
HOLDS = slice(HOLD_ARCH, HOLD_HEEL + 1)


@pytest.fixture
def stroking():
    """A session in the middle of a stroke along the left sole, pressing."""
    simulation = into_stroke(simulate("quick", heat="off", every=1), SOLE_STROKE, DEEP_UM)
    assert true_now(simulation).contact_n[0, LEFT_SOLE] > 5
    return simulation


def test_a_pause_releases_the_foot_quickly_and_keeps_it_free(stroking):
    begun = stroking.ticks
    press(stroking, "start")
    stroking.advance(300)
    assert state_of(stroking) == "paused"
    force_n = truth(stroking).contact_n[begun:, LEFT_SOLE]
    lifted = int(np.argmax(force_n == 0))
    assert 0 < lifted <= LIFT_TICKS
    assert not force_n[lifted:].any()
    # Once it gives, it never presses again.
    assert np.diff(force_n[5:lifted]).max() < 0.5


def test_a_pause_holds_the_place_and_resumes_with_the_same_stroke_from_its_start():
    stroking = into_stroke(simulate("quick", heat="off"), TOP_STROKE, DEEP_UM)
    player = stroking.app.scheduler.players[0]
    stroke, done = player.begun, player.done
    holds = list(stroking.app.scheduler.setpoints)[HOLDS]
    assert any(holds)
    place_m = true_now(stroking).roller_m[0, LEFT_TOP]
    press(stroking, "start")
    stroking.advance(1_000)
    assert true_now(stroking).roller_m[0, LEFT_TOP] == pytest.approx(place_m, abs=0.01)
    settled_m = true_now(stroking).roller_m[0, LEFT_TOP]
    stroking.advance(1_000)
    assert true_now(stroking).roller_m[0, LEFT_TOP] == pytest.approx(settled_m, abs=1e-4)
    press(stroking, "start")
    assert state_of(stroking) == "run"
    while player.begun < stroke:
        stroking.advance(1)
    assert (player.begun, player.done) == (stroke, done)
    assert list(stroking.app.scheduler.setpoints)[HOLDS] == holds
    assert true_now(stroking).roller_m[0, LEFT_TOP] == pytest.approx(0.0, abs=PLACE_WITHIN_M)
    assert true_now(stroking).contact_n[0, LEFT_TOP] == pytest.approx(0.0, abs=10)
    while player.done == done:
        stroking.advance(1)
    assert player.done == done + 1


def test_a_foot_lifted_out_stops_and_lifts_within_100_ms(stroking):
    stroking.hal.foot_switches[0].is_on = False
    stroking.advance(FOOT_OUT_TICKS)
    assert state_of(stroking) == "paused"
    assert is_powered_off(stroking)
    assert stroking.app.drives.presses[LEFT_SOLE].state[TRAVEL] == 0
    stroking.advance(LIFT_TICKS)
    travel_um = truth(stroking).servo_value[:, LEFT_SOLE]
    assert travel_um[-1] < 1_000
    assert travel_um[-LIFT_TICKS:].max() <= travel_um[-LIFT_TICKS - FOOT_OUT_TICKS]


def test_a_foot_that_is_back_goes_on_only_when_start_is_pressed(stroking):
    stroking.hal.foot_switches[1].is_on = False
    stroking.advance(300)
    press(stroking, "start")
    assert [event.text for event in stroking.recorder.events].count("run") == 1
    assert state_of(stroking) == "paused"
    stroking.hal.foot_switches[1].is_on = True
    stroking.advance(300)
    assert state_of(stroking) == "paused"
    press(stroking, "start")
    assert state_of(stroking) == "run"


def test_a_paused_demo_still_gives_every_stroke_once_and_ends_at_home():
    simulation = into_stroke(simulate("demo"), SOLE_STROKE)
    press(simulation, "start")
    simulation.advance(300)
    press(simulation, "start")
    finish(simulation, 120)
    assert simulation.result == "done"
    assert [run.strokes for run in simulation.recorder.techniques] == [1, 1, 1, 1]
