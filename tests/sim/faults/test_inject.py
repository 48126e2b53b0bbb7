"""The time of an injected fault: its onset, its end, and that it repeats."""

import pytest

from sim.faults import FAULTS
from sim.faults.inject import detected
from sim.plant import motor
from sim.plant.machine import BUS_V, MOTOR
from tests.scenarios.machine import until
from tests.sim.faulty import faulty


def tick_of(simulation, state):
    """Return when a session's state began."""
    return next(event.tick for event in simulation.recorder.events if event.kind == "state" and event.text == state)


def test_an_onset_counts_from_the_session_s_start():
    simulation = faulty("emergency_stop@3s")
    simulation.advance(300)
    assert not simulation.hal.emergency_stop.is_on
    simulation.advance(1)
    assert simulation.hal.emergency_stop.is_on
    assert detected(simulation).onset_tick == 300


@pytest.mark.parametrize("state", ["screening", "self-test", "fit", "warm"])
def test_an_onset_can_wait_for_a_state(state):
    simulation = faulty(f"emergency_stop@{state}+1s")
    simulation.run_out()
    assert detected(simulation).onset_tick == tick_of(simulation, state) + 100


def test_an_onset_can_wait_for_a_technique():
    simulation = faulty("emergency_stop@sole")
    simulation.run_out()
    first = next(run for run in simulation.recorder.techniques if run.technique == "sole")
    assert detected(simulation).onset_tick == first.start_tick


def test_a_fault_whose_time_does_not_come_changes_nothing():
    plain, waiting = faulty(program="demo"), faulty("supply_low@3000s", "emergency_stop@pull+999s", program="demo")
    plain.run_out()
    waiting.run_out()
    assert plain.plant.snapshot() == waiting.plant.snapshot()
    assert plain.recorder.setpoint_crc32 == waiting.recorder.setpoint_crc32
    detection = detected(waiting)
    assert (detection.onset_tick, detection.noticed_tick, detection.reaction_ok) == (None, None, True)


def test_a_fault_ends_after_its_duration():
    simulation = faulty("supply_low@1s,for=0.5s,severity=0")
    volts = []
    for _ in range(200):
        simulation.advance(1)
        volts.append(float(simulation.plant.state[BUS_V]))
    assert [tick for tick in range(200) if volts[tick] < 10.5] == list(range(100, 150))
    assert volts[-1] == volts[99]


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_can_begin_and_end_anywhere_and_leaves_no_trace_on_the_plant(name):
    simulation = faulty(f"{name}@idle+0.2s,for=0.3s")
    before = simulation.plant.constants.copy()
    stops = stops_of(simulation)
    simulation.advance(100)
    assert (simulation.plant.constants == before).all()
    assert (stops_of(simulation) == stops).all()
    assert all(switch.is_on for switch in simulation.hal.foot_switches)
    assert not simulation.hal.emergency_stop.is_on
    assert not simulation.hal.buttons.held
    assert simulation.is_loop_running
    assert not simulation.hal.bus_faults()


def stops_of(simulation):
    motors = simulation.plant.state[MOTOR : MOTOR + 4 * motor.STATES].reshape(4, motor.STATES)
    return motors[:, [motor.LOW_STOP_M, motor.HIGH_STOP_M]].copy()


def test_the_same_seed_gives_the_same_run_with_faults_too():
    texts = ("wild_supply@warm", "wild_encoder@warm,right", "sensors_disagree@run+2s,right")
    first, again, other = (faulty(*texts, seed=seed) for seed in (3, 3, 4))
    for simulation in (first, again, other):
        until(simulation, "run")
        simulation.advance(1_000)
    assert first.plant.snapshot() == again.plant.snapshot() != other.plant.snapshot()
    assert detected(first) == detected(again)
