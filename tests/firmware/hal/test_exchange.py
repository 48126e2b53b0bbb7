"""The exchange at the start and the end of a tick, and the chips' turn after it: inputs, outputs, time on the bus."""

import pytest

from tests.firmware.hal.board_rig import BOARD, BoardRig


@pytest.fixture
def machine(monkeypatch):
    return BoardRig(monkeypatch)


def test_a_tick_reads_the_encoders_fresh(machine):
    counter = machine.chip.machines[0]
    counter.run(200)
    counter.pins = 1
    original = machine.exchange._expander.read
    # Time passes between draining and fetching: the machine goes on meanwhile.
    machine.exchange._expander.read = lambda: (counter.run(60), original())
    machine.tick()
    assert machine.hal.encoders[0].read_counts() == 1


def test_each_tick_that_asks_for_the_relay_makes_one_pulse_and_no_other_tick_does(machine):
    pin = machine.pin("relay")
    levels = []
    for is_asked in (True, True, False, True, None, None):
        machine.hal.begin_tick()
        levels.append(pin.level)
        if is_asked is not None:
            machine.hal.relay.set(is_asked)
        levels.append(pin.level)
        machine.hal.end_tick()
    assert levels == [0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]


def test_buttons_feet_relay_and_stop_are_read(machine):
    machine.expander.driven = {1: False, BOARD.expander["foot_right"]: False, BOARD.expander["relay_contact"]: False}
    machine.tick(2)
    hal = machine.hal
    assert hal.buttons.read_mask() == 0b10
    assert [switch.read() for switch in hal.foot_switches] == [False, True]
    assert hal.relay.read()
    assert not hal.emergency_stop.read()
    machine.pin("emergency_stop").level = 0
    assert hal.emergency_stop.read()


def test_currents_and_supply_are_measured(machine):
    machine.chip.adcs[BOARD.pins["supply"]].code = round(12_000 / BOARD.ratings["supply_mv_per_v"] / 3.3 * 65_536)
    machine.chip.adcs[BOARD.pins["current_right"]].code = round(
        1_000 / BOARD.ratings["current_ma_per_v"] / 3.3 * 65_536
    )
    machine.tick(2)
    assert machine.hal.supply.read_mv() == pytest.approx(12_000, abs=10)
    assert [motor.read_ma() for motor in machine.hal.motors] == [0, 0, *[pytest.approx(1_000, abs=2)] * 2]


def test_servos_get_their_pulses_when_they_are_enabled(machine):
    machine.tick(2)
    for index, servo in enumerate(machine.hal.servos):
        servo.set_us(1_000 + 20 * index)
    machine.tick(1)
    assert machine.servo_chip.pulses_us() == [0.0] * 16
    machine.hal.enable_servos(True)
    machine.tick(1)
    assert machine.servo_chip.pulses_us() == pytest.approx([1_000 + 20 * index for index in range(16)], abs=3)
    machine.hal.enable_servos(False)
    machine.tick(1)
    assert machine.servo_chip.pulses_us() == [0.0] * 16


def test_the_buzzer_and_the_light_are_switched(machine):
    machine.tick(2)
    machine.hal.set_buzzer(True)
    machine.hal.set_light(True)
    machine.tick(1)
    assert machine.expander.level(BOARD.expander["buzzer"])
    assert machine.pin("status_light").level == 1


def test_a_tick_keeps_the_bus_for_less_than_a_quarter_of_a_ms(machine):
    machine.tick(4)
    for duty in range(20):
        for index in (0, 1, 8, 9):  # the four presses
            machine.hal.servos[index].set_us(1_000 + duty)
        before = machine.chip.bus.now_ns
        machine.hal.begin_tick()
        machine.chip.pass_us(3_000)
        machine.hal.end_tick()
        assert (machine.chip.bus.now_ns - before) / 1_000 - 3_000 < 250
        for _ in range(3):
            before = machine.chip.bus.now_ns
            machine.work()
            assert (machine.chip.bus.now_ns - before) / 1_000 < 1_600
            machine.chip.pass_us(1_400)
