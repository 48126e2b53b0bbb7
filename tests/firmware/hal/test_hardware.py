"""The hardware as one object: the deadman's timer runs every 10 ms and survives what is raised in it."""

import pytest

from instep.hal.hardware import Hardware
from tests.fakes import stand_in


class Timer:
    """MicroPython's timer: keeps how it was set up."""

    PERIODIC = 1

    def __init__(self, number, **options):
        self.number, self.options = number, options


def hardware():
    """Return the hardware over parts that answer with their own name."""
    methods = {
        "exchange": ("begin", "end", "slack_work"),
        "outputs": ("enable_servos", "refresh", "cut", "start_watchdog", "was_reset_by_watchdog"),
        "bus": ("faults",),
        "clock": ("read_ms",),
        "buzzer": ("set",),
        "light": ("set",),
    }
    parts = {
        part: stand_in(**{name: (lambda told=f"{part}.{name}": told) for name in names})
        for part, names in methods.items()
    }
    return Hardware(stand_in(Timer=Timer), *[parts[part] for part in methods])


def test_each_call_reaches_its_part():
    hal = hardware()
    calls = (hal.begin_tick, hal.end_tick, hal.cut_outputs, hal.bus_faults, hal.clock_monitor_ms)
    told = ["exchange.begin", "exchange.end", "outputs.cut", "bus.faults", "clock.read_ms"]
    assert [call() for call in calls] == told
    assert (hal.set_buzzer(), hal.set_light()) == ("buzzer.set", "light.set")


def test_the_deadman_is_called_every_10_ms_in_the_hard_interrupt():
    hal = hardware()
    called: list[object] = []
    hal.start_deadman(called.append)
    assert (hal._timer.options["period"], hal._timer.options["hard"]) == (10, True)
    hal._timer.options["callback"](hal._timer)
    assert called == [hal._timer] and not hal.was_interrupted


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_an_error_in_the_interrupt_is_noted_and_the_timer_goes_on(error):
    hal = hardware()

    def fail(timer):
        raise error

    hal.start_deadman(fail)
    hal._timer.options["callback"](hal._timer)
    assert hal.was_interrupted
