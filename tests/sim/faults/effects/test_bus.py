"""Faults of the devices on the bus, seen by the firmware and on the plant."""

import pytest

from sim.plant.machine import CONTACT_N
from tests.scenarios.machine import until
from tests.sim.faulty import faulty

LEFT_SOLE = 1


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
