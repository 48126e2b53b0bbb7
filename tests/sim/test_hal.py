"""The simulated devices: they pass on commands, refuse values out of range, and expire."""

import pytest

from instep import user_events as buttons
from instep.hal.interface import Hal
from sim.hal import OutOfRangeError, SimDisplay, SimHal
from sim.people import load_person
from sim.plant.figures import load_figures
from sim.plant.machine import TICK_S, Plant

EXPIRES_TICKS = 5
NOISE_CODES = 10
HALF_A_MINUTE_TICKS = round(30 / TICK_S)


@pytest.fixture
def plant():
    return Plant(load_figures(load_person("average"), 1), 22.0, 1)


@pytest.fixture
def hal(plant):
    return SimHal(plant)


def test_it_has_every_device_of_the_contract(hal):
    assert set(Hal.__annotations__) <= set(vars(hal))
    counts = {name: len(getattr(hal, name)) for name in ("motors", "encoders", "forces", "servos", "heaters")}
    assert counts == {"motors": 4, "encoders": 4, "forces": 4, "servos": 16, "heaters": 2}
    assert len(hal.elements) == len(hal.skins) == len(hal.foot_switches) == 2


@pytest.mark.parametrize("index", range(4))
def test_a_motor_is_driven_or_open(plant, hal, index):
    hal.motors[index].set_duty_permille(-1000)
    assert (plant.commands.duty[index], plant.commands.driven[index]) == (-1000, 1)
    hal.motors[index].coast()
    assert (plant.commands.duty[index], plant.commands.driven[index]) == (0, 0)
    others = [other for other in range(4) if other != index]
    assert not any(plant.commands.driven[other] for other in others)


@pytest.mark.parametrize("duty", [-1001, 1001])
def test_no_motor_gives_more_than_everything(plant, hal, duty):
    with pytest.raises(OutOfRangeError, match=rf"motor 2: duty {duty} permille"):
        hal.motors[2].set_duty_permille(duty)
    assert not any(plant.commands.driven)


@pytest.mark.parametrize("duty", [-1, 1001])
def test_no_heater_cools_or_gives_more_than_everything(hal, duty):
    with pytest.raises(OutOfRangeError, match=rf"heater 1: duty {duty} permille"):
        hal.heaters[1].set_duty_permille(duty)


@pytest.mark.parametrize("pulse_us", [0, 499, 2501])
def test_no_servo_takes_a_pulse_outside_its_range(hal, pulse_us):
    with pytest.raises(OutOfRangeError, match=rf"servo 15: pulse {pulse_us} us"):
        hal.servos[15].set_us(pulse_us)


@pytest.mark.parametrize("index", range(16))
def test_a_servo_gets_its_own_pulse_until_it_is_released(plant, hal, index):
    hal.servos[index].set_us(1_234)
    assert [pulse for pulse in plant.commands.pulse_us if pulse] == [1_234]
    assert plant.commands.pulse_us[index] == 1_234
    hal.servos[index].release()
    assert not any(plant.commands.pulse_us)


def test_every_reading_comes_from_its_own_place(plant, hal):
    for place in range(len(plant.readings.array)):
        plant.readings.array[place] = 1_000 + place
    assert [encoder.read_counts() for encoder in hal.encoders] == [1_000, 1_001, 1_002, 1_003]
    assert [motor.read_ma() for motor in hal.motors] == [1_004, 1_005, 1_006, 1_007]
    assert [force.read_mn() for force in hal.forces] == [1_008, 1_009, 1_010, 1_011]
    assert [hal.elements[0].read_code(), hal.skins[0].read_code()] == [1_012, 1_013]
    assert [hal.elements[1].read_code(), hal.skins[1].read_code()] == [1_014, 1_015]
    assert hal.supply.read_mv() == 1_016
    assert all(type(force.read_mn()) is int for force in hal.forces)


def test_the_relay_closes_one_tick_later_and_opens_within_50_ms(plant, hal):
    assert not hal.relay.read()
    hal.relay.set(True)
    assert not hal.relay.read()
    plant.step(True, True)
    assert hal.relay.read()
    hal.relay.set(False)
    for _ in range(5):
        plant.step(True, True)
    assert not hal.relay.read()


def test_a_relay_that_nobody_asks_for_any_more_opens_by_itself(plant, hal):
    hal.relay.set(True)
    closed = []
    for _ in range(9):
        hal.pass_tick()
        plant.step(True, True)
        closed.append(hal.relay.read())
    assert closed == [True] * 3 + [False] * 6


def test_nothing_is_heated_through_an_open_relay(plant, hal):
    start = hal.elements[0].read_code()
    hal.heaters[0].set_duty_permille(1000)
    for _ in range(HALF_A_MINUTE_TICKS):
        plant.step(False, False)
    cold = hal.elements[0].read_code()
    assert cold == pytest.approx(start, abs=NOISE_CODES)
    hal.relay.set(True)
    for _ in range(HALF_A_MINUTE_TICKS):
        plant.step(False, False)
    assert hal.elements[0].read_code() < cold - 500


def test_the_buttons_are_those_that_are_held(hal):
    hal.buttons.held = buttons.STOP | buttons.HEAT
    assert hal.buttons.read_mask() == buttons.STOP | buttons.HEAT


def test_the_display_shows_its_rows_and_refuses_text_that_is_too_long(hal):
    hal.display.write_row(7, bytearray(b"START pause  STOP end"))
    assert hal.display.rows[7] == "START pause  STOP end"
    for row, text in ((8, b"x" * 21), (-1, b"x" * 21), (0, b""), (0, b"x" * 22)):
        with pytest.raises(OutOfRangeError):
            hal.display.write_row(row, bytearray(text))


def test_short_text_and_pictures_leave_the_rest_of_their_row():
    display = SimDisplay()
    display.write_row(2, bytearray(b"START pause  STOP end"))
    display.draw(2, 100, bytearray(b"\xff\x01"))
    display.write_row(2, bytearray(b"BEGIN"))
    assert display.rows[2] == "BEGIN pause  STOP end"
    assert display.pictures[2] == {100: b"\xff\x01"}
    display.write_row(2, bytearray(21))
    assert not display.pictures[2]
    for row, column in ((8, 0), (-1, 0), (0, -1), (0, 127)):
        with pytest.raises(OutOfRangeError):
            display.draw(row, column, bytearray(2))


def _drive_everything(hal):
    for motor in hal.motors:
        motor.set_duty_permille(500)
    for servo in hal.servos:
        servo.set_us(1_500)
    for heater in hal.heaters:
        heater.set_duty_permille(500)
    hal.relay.set(True)
    hal.enable_servos(True)


def test_outputs_without_refresh_stay_on_for_50_ms_and_no_longer(plant, hal):
    _drive_everything(hal)
    hal.refresh()
    for _ in range(EXPIRES_TICKS):
        hal.relay.set(True)
        hal.pass_tick()
        assert all(plant.commands.array)
    hal.pass_tick()
    assert not any(plant.commands.array)


def test_refreshed_outputs_stay_on(plant, hal):
    _drive_everything(hal)
    for _ in range(100):
        hal.refresh()
        for _ in range(EXPIRES_TICKS):
            hal.relay.set(True)
            hal.pass_tick()
    assert all(plant.commands.array)


def test_refreshing_late_does_not_bring_outputs_back(plant, hal):
    _drive_everything(hal)
    for _ in range(10):
        hal.pass_tick()
    hal.refresh()
    hal.pass_tick()
    assert not any(plant.commands.array)
