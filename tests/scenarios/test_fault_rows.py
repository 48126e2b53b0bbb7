"""Every row of the fault table, injected where it can show: noticed in its time, with the reaction it must have."""

import pytest

from sim.faults import detected, parse
from sim.prepare import prepare
from tests.scenarios.machine import finish, is_let_go, options

PHASES = ("idle", "screening", "self-test", "fit", "warm", "run", "sole+3s", "closing", "retract")


def outcome(text, program="quick", **choices):
    """Run a session with one fault to its end."""
    injection = parse(text)
    simulation = finish(prepare(options(program, **{"heat": "low", **choices}), None, injections=[injection]))
    return injection.fault, detected(simulation), simulation


def assert_noticed(text, program="quick", **choices):
    """Require that the fault shows, and the right reaction in time; return the session."""
    fault, detection, simulation = outcome(text, program, **choices)
    assert detection.onset_tick is not None, "the fault never showed"
    assert detection.reaction_ok, detection.wrong
    assert detection.delay_ms is not None and fault.budget_ms is not None
    assert detection.delay_ms <= fault.budget_ms
    return simulation


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize(
    "fault", ["emergency_stop", "supply_low", "skin_hot", "element_hot", "force_sensor_wild", "loop_stopped"]
)
def test_what_must_make_the_machine_safe_does_so_in_every_phase(fault, phase):
    assert is_let_go(assert_noticed(f"{fault}@{phase}")) or fault == "loop_stopped"


@pytest.mark.parametrize("phase", PHASES)
def test_stop_switches_motors_and_heaters_off_in_its_tick_in_every_phase(phase):
    assert_noticed(f"stop_button@{phase},for=0.2s")


@pytest.mark.parametrize("fault", ["supply_low", "skin_hot", "element_hot"])
def test_the_mildest_degree_is_noticed_too(fault):
    assert_noticed(f"{fault}@sole+3s,severity=0")


@pytest.mark.parametrize("place", ["left,top", "left,sole", "right,top", "right,sole"])
def test_every_force_sensor_is_watched(place):
    assert_noticed(f"force_sensor_wild@run,{place}")


@pytest.mark.parametrize("fault", ["skin_hot", "element_hot"])
def test_the_right_well_is_watched_too(fault):
    assert_noticed(f"{fault}@warm,right")


@pytest.mark.parametrize("foot", ["left", "right"])
@pytest.mark.parametrize("phase", ["run", "sole+3s", "closing"])
def test_a_foot_that_is_lifted_out_pauses_the_strokes(phase, foot):
    simulation = assert_noticed(f"foot_out@{phase},{foot},for=3s")
    assert simulation.result == "stopped", "nobody presses START again"


@pytest.mark.parametrize("fault", ["relay_welded", "relay_not_closing"])
def test_a_relay_that_does_not_obey_allows_no_session(fault):
    simulation = assert_noticed(f"{fault}@0s")
    assert not any(event.text == "fit" for event in simulation.recorder.events)


@pytest.mark.parametrize(
    "text",
    [
        "wild_encoder@run",
        "wild_current@screening,right",
        "wild_skin@screening",
        "wild_element@screening,right",
        "wild_supply@screening",
        "wild_foot_switch@screening",
    ],
)
def test_single_wild_samples_change_nothing(text):
    _, detection, simulation = outcome(text)
    assert detection.onset_tick is not None
    assert detection.reaction_ok, detection.wrong
    assert simulation.result == "done"
    assert "paused" not in [event.text for event in simulation.recorder.events if event.kind == "state"]
