"""Every row of the fault table, injected where it can show: noticed in its time, with the reaction it must have."""

import pytest

from sim.factory import prepare
from sim.faults import parse
from sim.faults.inject import detected
from sim.reasons import reason_of
from tests.scenarios.machine import finish, is_let_go, options, press, state_of

# A notice is shown in turns, within 11 s; a fault is looked at for 5 s anyway.
AFTERWARDS_TICKS = 1_200
PHASES = ("idle", "screening", "self-test", "fit", "warm", "run", "sole+3s", "retract")


def begin(text, **choices):
    """Return a session with a fault to come; what comes at its end need not wait for ten minutes of strokes."""
    is_late = "@closing" in text or "@retract" in text
    program = choices.pop("program", "demo" if is_late else "quick")
    return prepare(options(program, **{"heat": "low", **choices}), None, injections=[parse(text)])


def assert_noticed(text, **choices):
    """Require that the fault shows, and the right reaction in time; return the session some seconds after."""
    simulation = begin(text, **choices)
    while not simulation.is_over and not is_judged(detected(simulation), simulation.ticks):
        simulation.advance(10)
    detection = detected(simulation)
    assert detection.onset_tick is not None, "the fault never showed"
    assert detection.reaction_ok, detection.wrong
    budget_ms = parse(text).fault.budget_ms
    assert detection.delay_ms is not None and budget_ms is not None
    assert detection.delay_ms <= budget_ms
    return simulation


def is_judged(detection, tick):
    """Return True if the reaction has had its time to last and to be reported."""
    return detection.noticed_tick is not None and tick > detection.noticed_tick + AFTERWARDS_TICKS


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize(
    "fault", ["emergency_stop", "supply_low", "skin_hot", "element_hot", "force_sensor_wild", "force_adc_nonsense"]
)
def test_what_must_make_the_machine_safe_does_so_in_every_phase(fault, phase):
    assert is_let_go(assert_noticed(f"{fault}@{phase}"))


@pytest.mark.parametrize("fault", ["force_adc_nonsense", "force_adc_silent", "buttons_silent", "heat_adc_silent"])
def test_a_converter_that_fails_while_a_foot_is_held_lets_it_go(fault):
    assert is_let_go(assert_noticed(f"{fault}@top+3s"))


@pytest.mark.parametrize("phase", PHASES)
def test_stop_switches_motors_and_heaters_off_in_its_tick_in_every_phase(phase):
    assert_noticed(f"stop_button@{phase},for=0.2s")


@pytest.mark.parametrize("fault", ["supply_low", "skin_hot", "element_hot"])
def test_the_mildest_degree_is_noticed_too(fault):
    assert_noticed(f"{fault}@sole+3s,severity=0")


@pytest.mark.parametrize("severity", ["0", "1"])
def test_a_spring_that_jams_over_60_n_is_noticed_in_two_conversions(severity):
    assert is_let_go(assert_noticed(f"spring_jammed@sole+3s,severity={severity}"))


@pytest.mark.parametrize("place", ["left,top", "left,sole", "right,top", "right,sole"])
def test_every_force_sensor_is_watched(place):
    assert_noticed(f"force_sensor_wild@run,{place}")


@pytest.mark.parametrize("fault", ["force_sensor_frozen", "press_servo_limp"])
@pytest.mark.parametrize("place", ["left,top", "right,sole"])
@pytest.mark.parametrize("phase", ["idle", "warm", "run"])
def test_a_force_that_does_not_follow_is_noticed_before_it_is_too_much(fault, place, phase):
    """The person takes a first doubt for a foot that has moved, and goes on."""
    simulation = begin(f"{fault}@{phase},{place}", program="quick", heat="off")
    while not simulation.is_over:
        simulation.advance(1)
        if simulation.app.guard.has_foot_moved and not simulation.app.scheduler.is_letting_go():
            press(simulation, "start")
    assert simulation.result == "fault"
    assert reason_of(simulation.app) in parse(f"{fault}@{phase},{place}").fault.expects
    assert detected(simulation).onset_tick is None, "it was felt"


@pytest.mark.parametrize("fault", ["skin_hot", "element_hot"])
def test_the_right_well_is_watched_too(fault):
    assert_noticed(f"{fault}@warm,right")


@pytest.mark.parametrize("foot", ["left", "right"])
@pytest.mark.parametrize("phase", ["run", "sole+3s", "closing"])
def test_a_foot_that_is_lifted_out_pauses_the_strokes(phase, foot):
    assert state_of(assert_noticed(f"foot_out@{phase},{foot},for=3s")) == "paused"


@pytest.mark.parametrize("fault", ["relay_welded", "relay_not_closing"])
def test_a_relay_that_does_not_obey_allows_no_session(fault):
    simulation = assert_noticed(f"{fault}@0s")
    assert not any(event.text == "fit" for event in simulation.recorder.events)


@pytest.mark.parametrize("phase", ["self-test+1s", "fit", "warm", "run", "sole+3s", "closing"])
def test_a_relay_that_drops_out_at_any_time_makes_the_machine_safe(phase):
    assert is_let_go(assert_noticed(f"relay_opens@{phase}"))


@pytest.mark.parametrize("phase", ["idle", "screening", "closing", "retract"])
def test_a_welded_relay_is_noticed_when_it_should_open(phase):
    assert is_let_go(assert_noticed(f"relay_welds@{phase}"))


@pytest.mark.parametrize("device", ["servos", "heat_adc", "force_adc", "buttons", "display"])
@pytest.mark.parametrize("phase", ["idle", "self-test", "fit", "sole+3s", "retract"])
def test_a_silent_device_makes_the_machine_safe(device, phase):
    assert is_let_go(assert_noticed(f"{device}_silent@{phase}"))


@pytest.mark.parametrize("phase", ["self-test", "fit", "warm", "sole+3s", "closing"])
def test_a_loop_that_stops_is_cut_off_in_50_ms_and_restarts_in_idle_with_the_cause_shown(phase):
    simulation = assert_noticed(f"loop_stopped@{phase}")
    assert (
        state_of(simulation),
        simulation.result,
        reason_of(simulation.app),
    ) == ("idle", "fault", "loop_stopped")
    assert is_let_go(simulation)
    for _ in range(300):
        simulation.advance(1)
    shown = " ".join(" ".join(simulation.hal.display.rows).split())
    assert "The controller has restarted by itself." in shown


@pytest.mark.parametrize("place", ["left,top", "left,sole", "right,top", "right,sole"])
@pytest.mark.parametrize("fault", ["roller_blocked", "finger_trapped", "encoder_lost", "encoder_reversed"])
def test_a_roller_that_is_held_or_not_measured_coasts_at_once(fault, place):
    assert is_let_go(assert_noticed(f"{fault}@run,{place}"))


@pytest.mark.parametrize("severity", [0.0, 0.5])
def test_a_finger_that_leaves_some_way_is_felt_when_the_way_ends(severity):
    assert_noticed(f"finger_trapped@sole+2s,severity={severity}")


@pytest.mark.parametrize("phase", ["self-test", "fit"])
@pytest.mark.parametrize("fault", ["encoder_lost", "encoder_stuck", "encoder_reversed"])
def test_an_encoder_that_fails_before_the_strokes_ends_the_session(fault, phase):
    assert_noticed(f"{fault}@{phase}")


def goes_on(simulation):
    """Return True if the session has gone on without heat."""
    return state_of(simulation) not in ("fault", "idle") and not any(simulation.plant.commands.heat)


@pytest.mark.parametrize("phase", ["screening", "warm", "run"])
@pytest.mark.parametrize(
    "wire", ["skin_sensor_open", "skin_sensor_short", "element_sensor_open", "element_sensor_short"]
)
def test_a_broken_sensor_wire_takes_the_heat_and_nothing_else(wire, phase):
    assert goes_on(assert_noticed(f"{wire}@{phase},right"))


@pytest.mark.parametrize("heat", ["off", "high"])
def test_a_broken_sensor_wire_is_noticed_with_the_heat_off_and_on(heat):
    assert goes_on(assert_noticed("skin_sensor_open@run", heat=heat))


@pytest.mark.parametrize(
    "text",
    [
        "sensors_disagree@run",
        "sensors_disagree@run,right,severity=0",
        "skin_sensor_frozen@run",
        "skin_sensor_frozen@idle,right",
        "element_sensor_frozen@warm",
        "element_sensor_frozen@run,right",
        "sensor_crosstalk@warm",
        "sensor_crosstalk@run,right",
        "sensor_crosstalk@idle",
        "skin_sensor_off@warm+20s",
        "skin_sensor_off@run,right",
        "element_sensor_off@warm",
        "wells_crossed@idle",
        "heater_dead@warm",
        "heater_dead@run,right",
    ],
)
def test_sensors_that_lie_and_heaters_that_do_not_heat_take_the_heat_and_nothing_else(text):
    assert goes_on(assert_noticed(text))


@pytest.mark.parametrize("text", ["self-test", "fit,right", "warm", "warm+20s", "run,right", "sole+3s", "closing"])
def test_a_heater_that_stays_on_opens_the_relay(text):
    # The closing strokes of "quick" last longer than it takes to be sure.
    simulation = assert_noticed(f"heater_stuck_on@{text}", program="quick")
    assert simulation.plant.readings.relay[0] == 0


@pytest.mark.parametrize("text", ["button_stuck@run", "button_bouncing@run,for=20s"])
def test_a_button_that_is_stuck_or_bounces_is_said_and_the_strokes_go_on(text):
    assert state_of(assert_noticed(text)) == "run"


@pytest.mark.parametrize("phase", ["idle", "screening"])
@pytest.mark.parametrize("fault", ["program_damaged", "firmware_damaged", "supply_weak", "relay_welded"])
def test_what_the_self_test_finds_is_found_at_boot_and_before_a_session(fault, phase):
    simulation = assert_noticed(f"{fault}@{phase}")
    states_seen = [event.text for event in simulation.recorder.events if event.kind == "state"]
    assert ("self-test" in states_seen) == (phase == "screening" and fault != "relay_welded")
    assert "fit" not in states_seen


def test_a_damaged_program_is_not_begun():
    simulation = assert_noticed("program_damaged@screening")
    assert not any(event.text == "fit" for event in simulation.recorder.events)


@pytest.mark.parametrize(
    "text",
    [
        "wild_encoder@run",
        "wild_force@run",
        "wild_force@sole+3s",
        "wild_current@screening,right",
        "wild_skin@screening",
        "wild_element@screening,right",
        "wild_supply@screening",
        "wild_foot_switch@screening",
        "heater_weak@idle",
        "heaters_slow@idle",
    ],
)
def test_single_wild_samples_and_lawful_heaters_change_nothing(text):
    simulation = finish(begin(text))
    detection = detected(simulation)
    assert detection.onset_tick is not None
    assert detection.reaction_ok, detection.wrong
    assert simulation.result == "done"
    assert "paused" not in [event.text for event in simulation.recorder.events if event.kind == "state"]
