"""Heat faults cost the heat and nothing else; bus, buttons and watchdog are said or latched as they must be."""

import pytest

from instep import user_events
from instep.guard import faults
from instep.people import WAITS_WARM
from instep.session import states
from tests.fakes import FakeHal
from tests.firmware.test_app import Bench

OPEN_CODE = 32_767
CODE_25_C = 16_384
WITHIN_300_MS = 30
WITHIN_100_MS = 10
SENSORS = [("skins", 0), ("skins", 1), ("elements", 0), ("elements", 1)]


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def running(bench):
    bench.force_follow()
    return bench


def _lose(bench, kind, foot, ticks=WITHIN_300_MS):
    getattr(bench.hal, kind)[foot].code = OPEN_CODE
    bench.ticks(ticks)


@pytest.mark.parametrize(("kind", "foot"), SENSORS)
def test_a_lost_sensor_costs_the_heat_of_both_wells_within_300_ms_and_not_the_massage(running, kind, foot):
    _lose(running, kind, foot)
    assert running.app.guard.heat_fault == faults.FAULT_HEAT_SENSOR_LOST
    assert not any(heater.duty_permille for heater in running.hal.heaters)
    assert running.ticks(200) == "run"
    assert running.app.guard.fault == faults.NO_FAULT and running.hal.relay.is_closed
    assert any(motor.duty_permille for motor in running.hal.motors)
    assert not any(heater.duty_permille for heater in running.hal.heaters)


@pytest.mark.parametrize(("kind", "foot"), SENSORS)
def test_a_lost_sensor_is_found_with_the_heater_off(bench, kind, foot):
    bench.ticks(100)
    _lose(bench, kind, foot)
    assert bench.app.guard.heat_fault == faults.FAULT_HEAT_SENSOR_LOST
    assert bench.state == "idle"


def test_no_heat_comes_back_within_the_session_when_the_wire_touches_again(running):
    _lose(running, "skins", 0)
    running.hal.skins[0].code = CODE_25_C
    running.ticks(200)
    assert running.app.guard.heat_fault == faults.FAULT_HEAT_SENSOR_LOST
    assert not any(heater.duty_permille for heater in running.hal.heaters)


def test_the_next_session_has_heat_again_if_the_sensor_is_sound(bench):
    _lose(bench, "skins", 0)
    bench.app.guard.begin_session(35_000)
    assert bench.app.guard.heat_fault == faults.FAULT_HEAT_SENSOR_LOST
    bench.hal.skins[0].code = CODE_25_C
    bench.ticks(200)
    bench.app.guard.begin_session(35_000)
    assert bench.app.guard.heat_fault == faults.NO_FAULT


def test_a_session_asks_the_guard_to_look_again(bench):
    _lose(bench, "skins", 0)
    bench.hal.skins[0].code = CODE_25_C
    bench.ticks(200)
    assert bench.screen() == "self-test"
    assert bench.app.guard.heat_fault == faults.NO_FAULT


@pytest.mark.parametrize("fault", faults.LATCHED_HEAT_NOTICES)
def test_a_latched_heat_fault_is_left_by_heat_at_rest_alone(bench, fault):
    bench.ticks(50)
    bench.app.guard.forbid_heat(fault)
    bench.app.guard.begin_session(35_000)
    bench.press(user_events.PLUS, user_events.MINUS, user_events.STOP)
    assert bench.app.guard.heat_fault == fault
    heat = bench.app.session.selection.choices.heat
    bench.press(user_events.HEAT)
    assert bench.app.guard.heat_fault == faults.NO_FAULT
    assert bench.app.session.selection.choices.heat == heat, "the press was used up"


def test_a_latched_heat_fault_stays_while_its_cause_does(bench):
    bench.app.guard.forbid_heat(faults.FAULT_HEAT_SENSORS_DIFFER)
    _lose(bench, "elements", 1)
    bench.press(user_events.HEAT)
    assert bench.app.guard.heat_fault == faults.FAULT_HEAT_SENSORS_DIFFER


def test_heat_in_a_running_session_acknowledges_nothing(running):
    running.ticks(50)
    running.app.guard.forbid_heat(faults.FAULT_HEAT_SENSORS_DIFFER)
    running.press(user_events.HEAT)
    assert running.app.guard.heat_fault == faults.FAULT_HEAT_SENSORS_DIFFER


def test_the_first_heat_fault_stays(running):
    running.app.guard.forbid_heat(faults.FAULT_HEAT_WITHOUT_RISE)
    _lose(running, "skins", 0)
    assert running.app.guard.heat_fault == faults.FAULT_HEAT_WITHOUT_RISE


def test_nobody_waits_for_warmth_that_will_not_come(running):
    session = running.app.session
    session.status.state = states.WARM
    session.status.is_lotion_on = True
    session.selection.choices.heat = 3
    session.selection.people.put(WAITS_WARM, 1)
    assert running.ticks(50) == "warm"
    running.app.guard.forbid_heat(faults.FAULT_HEAT_WITHOUT_RISE)
    assert running.ticks(1) == "run"


@pytest.mark.parametrize(
    ("device", "fault"),
    [(0, faults.FAULT_DEVICE_SILENT), (4, faults.FAULT_DEVICE_SILENT), (8, faults.FAULT_DEVICE_NONSENSE)],
)
def test_a_device_of_the_bus_that_fails_is_safe_within_100_ms(running, device, fault):
    running.hal.bus_fault_mask = 1 << device
    running.ticks(7)
    assert running.app.guard.fault == faults.NO_FAULT
    running.ticks(1)
    assert running.app.guard.fault == fault
    assert running.hal.is_powered_off() and not running.hal.relay.is_closed
    running.ticks(300)
    assert not running.app.guard.acknowledge(), "its cause is not gone"
    running.hal.bus_fault_mask = 0
    running.press(user_events.START)
    assert running.state == "idle"


def test_a_device_that_misses_single_answers_is_left_alone(running):
    for _ in range(20):
        running.hal.bus_fault_mask = 2
        running.ticks(7)
        running.hal.bus_fault_mask = 0
        running.ticks(1)
    assert running.app.guard.fault == faults.NO_FAULT


@pytest.mark.parametrize("force_mn", [-5_001, 250_001])
def test_a_force_that_cannot_be_is_nonsense_or_too_high_within_100_ms(running, force_mn):
    for _ in range(WITHIN_100_MS):
        running.hal.forces[3].force_mn = force_mn
        running.ticks(1)
    expected = faults.FAULT_FORCE_HIGH if force_mn > 0 else faults.FAULT_DEVICE_NONSENSE
    assert running.app.guard.fault == expected


def test_a_supply_of_over_20_v_is_nonsense(running):
    running.hal.supply.voltage_mv = 20_001
    running.ticks(WITHIN_100_MS)
    assert running.app.guard.fault == faults.FAULT_DEVICE_NONSENSE


def test_a_force_just_within_what_can_be_is_no_nonsense(running):
    """It does not change either, so it is a frozen one."""
    running.hal.supply.voltage_mv = 20_000
    for _ in range(WITHIN_100_MS + 10):
        running.hal.forces[3].force_mn = -5_000
        running.ticks(1)
    assert running.app.guard.fault == faults.FAULT_FORCE_FROZEN


def test_a_zero_that_is_off_by_as_much_as_a_sound_one_is_left_alone(running):
    running.hal.forces[3].force_mn = -1_500
    running.hal.supply.voltage_mv = 20_000
    running.ticks(100)
    assert running.app.guard.fault == faults.NO_FAULT


def _look(bench):
    bench.ticks(40)
    return bench.hal.display.text()


def test_a_notice_is_said_at_once_and_leaves_the_levels_to_be_read_in_turn(running):
    assert "intensity" in _look(running)
    _lose(running, "skins", 0)
    assert faults.sentence(faults.FAULT_HEAT_SENSOR_LOST) in _look(running)
    running.ticks(512)
    assert faults.advice(faults.FAULT_HEAT_SENSOR_LOST) in _look(running)
    running.ticks(512)
    assert "intensity" in _look(running)
    running.ticks(512)
    assert faults.sentence(faults.FAULT_HEAT_SENSOR_LOST) in _look(running)


@pytest.mark.parametrize("button", [user_events.START, user_events.PLUS, user_events.HEAT, user_events.STOP])
def test_a_button_that_is_stuck_is_ignored_and_said_within_10_s(bench, button):
    bench.ticks(10)
    bench.hal.buttons.held = button
    bench.ticks(800)
    assert bench.app.guard.notice() == faults.NO_FAULT
    bench.ticks(160)
    assert bench.app.guard.notice() == faults.FAULT_BUTTON_STUCK
    if button == user_events.HEAT:  # which has opened the page of choices, for 10 s
        bench.ticks(200)
    assert faults.sentence(faults.FAULT_BUTTON_STUCK) in bench.hal.display.text()
    bench.hal.buttons.held = 0
    bench.ticks(150)
    assert bench.app.guard.notice() == faults.NO_FAULT


def test_after_the_watchdog_the_machine_is_idle_and_says_why_until_the_next_session():
    hal = FakeHal()
    hal.is_reset_by_watchdog = True
    bench = Bench(hal)
    assert faults.sentence(faults.FAULT_LOOP_STOPPED) in _look(bench)
    assert bench.state == "idle" and not bench.hal.relay.is_closed
    bench.screen()
    assert bench.app.guard.notice() == faults.NO_FAULT


def test_a_held_roller_lifts_then_backs_off_then_opens_the_relay(running):
    roller = next(index for index, motor in enumerate(running.hal.motors) if motor.duty_permille)
    running.hal.motors[roller].current_ma = 2_000
    for _ in range(20):
        if running.app.guard.fault:
            break
        running.ticks(1)
    assert running.app.guard.fault == faults.FAULT_ROLLER_BLOCKED
    assert running.hal.is_powered_off() and running.hal.relay.is_closed
    running.hal.motors[roller].current_ma = 0
    running.ticks(30)
    assert running.hal.is_powered_off()
    running.ticks(1)
    assert abs(running.hal.motors[roller].duty_permille) == 200
    assert [index for index in range(4) if running.hal.motors[index].duty_permille] == [roller]
    running.ticks(100)
    assert running.hal.is_powered_off() and not running.hal.relay.is_closed


@pytest.mark.parametrize("ends", ["stop", "emergency", "force"])
def test_whatever_else_happens_ends_the_backing_off_at_once(running, ends):
    running.app.guard.trip(faults.FAULT_ROLLER_BLOCKED)
    running.app.guard.back_off.begin(0, -1)
    running.ticks(32)
    assert running.hal.motors[0].duty_permille
    if ends == "stop":
        running.hal.buttons.held = user_events.STOP
    elif ends == "emergency":
        running.hal.emergency_stop.is_on = True
    else:
        running.hal.forces[1].force_mn = 70_000
        running.ticks(1)
    running.ticks(1)
    assert running.hal.is_powered_off() and not running.hal.relay.is_closed
    assert running.app.guard.fault == faults.FAULT_ROLLER_BLOCKED
