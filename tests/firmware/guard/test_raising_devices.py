"""Devices that raise: the others are switched off, and after a second of failed ticks the servos go limp."""

import pytest

from tests.firmware.raising_rig import BrokenError, running

DEVICES = ("motors", "heaters", "servos")


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("index", [0, 1])
def test_an_output_that_raises_keeps_none_of_the_others_on(device, index):
    bench = running()

    def fail(*values: int) -> None:
        raise BrokenError

    broken = getattr(bench.hal, device)[index]
    for method in ("set_duty_permille", "coast", "set_us"):
        if hasattr(broken, method):
            setattr(broken, method, fail)
    bench.hal.emergency_stop.is_on = True
    bench.app.tick()
    assert not bench.hal.relay.is_closed, "which takes the power from the one that raises"
    others = [motor for motor in bench.hal.motors if motor is not broken]
    assert all(motor.duty_permille is None for motor in others)
    assert not any(heater.duty_permille for heater in bench.hal.heaters if heater is not broken)


def test_a_relay_that_raises_keeps_nothing_else_on(monkeypatch):
    bench = running()

    def fail(closed: bool) -> None:
        raise BrokenError

    monkeypatch.setattr(bench.hal.relay, "set", fail)
    bench.hal.emergency_stop.is_on = True
    bench.app.tick()
    assert bench.hal.is_powered_off()


def test_servos_go_limp_when_every_tick_of_a_second_has_failed(monkeypatch):
    bench = running()
    bench.hal.are_servos_on = True

    def fail() -> int:
        raise BrokenError

    monkeypatch.setattr(bench.hal.buttons, "read_mask", fail)
    for _ in range(99):
        bench.app.tick()
    assert bench.hal.are_servos_on
    bench.app.tick()
    assert not bench.hal.are_servos_on
