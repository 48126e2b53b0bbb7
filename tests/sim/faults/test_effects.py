"""Injected faults, seen on the plant itself: what they do, when, for how long, and that they can be mended."""

from pathlib import Path

import numpy as np
import pytest

from sim.factory import prepare
from sim.faults import FAULTS, parse
from sim.faults.inject import detected, injector_of
from sim.plant import heat, motor
from sim.plant.machine import BUS_V, CONTACT_N, MOTOR, WELL
from tests.scenarios.machine import options, state_of, until

FIGURES = Path(__file__).resolve().parents[3] / "boards/reference"
LEFT_SOLE = 1


def faulty(*texts, program="quick", **choices):
    """Return a session that has not begun, with faults to come."""
    return prepare(options(program, heat="low", **choices), None, injections=[parse(text) for text in texts])


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


def test_a_fault_lasts_as_long_as_it_is_told_to_and_is_mended():
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
    assert simulation.plant.state[CONTACT_N + 2 : CONTACT_N + 4].max() > 60
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


def film_w(simulation, foot):
    return float(simulation.plant.state[WELL + foot * heat.STATE_SIZE + heat.POWER_W])


def test_a_shorted_switch_heats_while_the_relay_is_closed_and_not_else():
    simulation = faulty("heater_stuck_on@0s,right")
    simulation.advance(50)
    assert film_w(simulation, 1) == 0.0
    until(simulation, "fit")
    assert film_w(simulation, 1) > 11
    assert film_w(simulation, 0) == 0.0
    assert simulation.plant.commands.heat[1] == 0, "what the firmware has asked for stays as it was"


def test_a_dead_heater_stays_cold_whatever_it_is_asked_for():
    simulation = until(faulty("heater_dead@warm,right"), "warm")
    simulation.advance(400)
    assert simulation.plant.commands.heat[1] > 900
    assert film_w(simulation, 1) == 0.0
    assert film_w(simulation, 0) > 9


def test_an_emergency_stop_opens_the_relay_whatever_the_firmware_asks_for(monkeypatch):
    simulation = until(faulty("emergency_stop@warm"), "warm")
    monkeypatch.setattr(simulation.app, "tick", lambda: None)
    simulation.advance(2)
    assert simulation.plant.commands.relay[0] == 1
    assert simulation.plant.readings.relay[0] == 0


def test_a_lifted_foot_feels_no_roller():
    simulation = faulty("foot_out@sole+3s,left")
    until(simulation, "paused")
    assert not simulation.plant.state[CONTACT_N : CONTACT_N + 2].any()


def test_a_stopped_loop_is_started_anew_by_the_watchdog_after_a_second():
    simulation = faulty("loop_stopped@sole+1s")
    first = simulation.app
    until(simulation, "run")
    while simulation.is_loop_running:
        simulation.advance(1)
    stopped = simulation.ticks
    while not simulation.is_loop_running:
        assert simulation.app is first
        simulation.advance(1)
    assert 98 <= simulation.ticks - stopped <= 101
    assert simulation.app is not first and state_of(simulation) == "idle"
    last = simulation.recorder.techniques[-1]
    assert last.start_tick < last.end_tick <= simulation.ticks


@pytest.mark.parametrize(
    ("name", "readings"), [("heat_adc_silent", slice(12, 16)), ("force_adc_silent", slice(8, 12))]
)
def test_a_silent_converter_gives_its_last_conversions(monkeypatch, name, readings):
    simulation = until(faulty(f"{name}@self-test"), "self-test")
    seen = []
    monkeypatch.setattr(
        simulation.app, "tick", lambda: seen.append(simulation.plant.readings.array[readings].tolist())
    )
    simulation.advance(10)
    assert seen == [seen[0]] * 10
    assert simulation.hal.bus_faults() != 0


def test_a_silent_servo_chip_goes_on_with_its_last_pulses_until_it_is_disabled(monkeypatch):
    simulation = until(faulty("servos_silent@sole+3s"), "run")
    while not simulation.hal.bus_faults():
        simulation.advance(1)
    monkeypatch.setattr(simulation.app, "tick", lambda: None)
    pressed_n = float(simulation.plant.state[CONTACT_N + LEFT_SOLE])
    for servo in simulation.hal.servos:
        servo.set_us(600)
    simulation.advance(3)
    assert simulation.plant.state[CONTACT_N + LEFT_SOLE] == pytest.approx(pressed_n, rel=0.1)
    assert pressed_n > 5
    simulation.hal.enable_servos(False)
    simulation.advance(1)
    simulation.advance(1)
    assert simulation.plant.state[CONTACT_N + LEFT_SOLE] < pressed_n * 0.9


def test_silent_buttons_and_a_silent_display_stay_as_they_were(monkeypatch):
    simulation = until(faulty("buttons_silent@fit", "display_silent@fit"), "fit")
    simulation.advance(1)
    rows = list(simulation.hal.display.rows)
    seen = []
    tick = simulation.app.tick

    def noting_tick():
        seen.append(simulation.hal.buttons.read_mask())
        tick()

    monkeypatch.setattr(simulation.app, "tick", noting_tick)
    simulation.press("stop")
    simulation.advance(50)
    assert not any(seen)
    assert simulation.hal.buttons.held
    assert simulation.hal.display.rows == rows


def test_the_same_seed_gives_the_same_run_with_faults_too():
    texts = ("wild_supply@warm", "wild_encoder@warm,right", "sensors_disagree@run+2s,right")
    first, again, other = (faulty(*texts, seed=seed) for seed in (3, 3, 4))
    for simulation in (first, again, other):
        until(simulation, "run")
        simulation.advance(1_000)
    assert first.plant.snapshot() == again.plant.snapshot() != other.plant.snapshot()
    assert detected(first) == detected(again)


def codes_under(text, seconds=1.0, **choices):
    """Return what the firmware reads of all NTCs, and the wells' true film and pad, after a fault's first time."""
    simulation = faulty(text, **choices)
    simulation.advance(round(seconds * 100))
    for incident in injector_of(simulation).incidents:
        incident.effect.before_tick()
    wells = simulation.plant.state[WELL : WELL + 2 * heat.STATE_SIZE].reshape(2, heat.STATE_SIZE)
    return list(simulation.plant.readings.ntc_code), wells[:, [heat.ELEMENT_C, heat.PAD_C]]


def code_of(celsius):
    """Return the code of a temperature, to a conversion's noise."""
    figures = heat.load_heater(FIGURES / "heater.toml").pack()
    return pytest.approx(heat.ntc_ratio(celsius, figures) * heat.FULL_CODE, abs=5)


def test_a_skin_side_that_reads_its_film_has_a_noise_of_its_own():
    simulation = faulty("sensor_crosstalk@0s", program="demo")
    differences = set()
    for _ in range(50):
        simulation.advance(1)
        for incident in injector_of(simulation).incidents:
            incident.effect.before_tick()
        codes = simulation.plant.readings.ntc_code
        differences.add(codes[heat.SKIN_NTC] - codes[heat.ELEMENT_NTC])
    assert len(differences) > 2
    assert max(map(abs, differences)) < 10


@pytest.mark.parametrize(
    ("name", "ntc"), [("skin_sensor_off", heat.SKIN_NTC), ("element_sensor_off", heat.ELEMENT_NTC)]
)
def test_a_sensor_that_came_off_reads_the_room_in_the_end(name, ntc):
    codes, wells = codes_under(f"{name}@0s", 60, ambient_c=12.0)
    assert codes[ntc] == code_of(12.0)
    assert wells[0][ntc] > 18.0
    assert codes[1 - ntc] == code_of(wells[0][1 - ntc])


def test_crossed_wells_read_each_other():
    simulation = faulty("wells_crossed@0s")
    simulation.advance(10)
    codes = list(simulation.plant.readings.ntc_code)
    injector_of(simulation).before_tick()
    crossed = list(simulation.plant.readings.ntc_code)
    assert crossed == codes[2:] + codes[:2]


@pytest.mark.parametrize(("severity", "share"), [(0.0, 0.95), (1.0, 0.80)])
def test_a_weak_heater_gives_less_than_is_asked_for(severity, share):
    simulation = faulty(f"heater_weak@0s,severity={severity}")
    until(simulation, "warm")
    simulation.advance(10)
    powers = [simulation.plant.state[WELL + well * heat.STATE_SIZE + heat.POWER_W] for well in range(2)]
    while powers[1] == 0.0:
        simulation.advance(10)
        powers = [simulation.plant.state[WELL + well * heat.STATE_SIZE + heat.POWER_W] for well in range(2)]
    assert powers[0] / powers[1] == pytest.approx(share, abs=0.01)


def test_slow_heaters_lead_by_more():
    leads = []
    for text in ("heater_weak@3000s", "heaters_slow@0s"):
        simulation = faulty(text)
        until(simulation, "warm")
        simulation.advance(1000)
        well = simulation.plant.state[WELL : WELL + heat.STATE_SIZE]
        leads.append(well[heat.ELEMENT_C] - well[heat.PAD_C])
    assert 1.15 < leads[1] / leads[0] < 1.3
