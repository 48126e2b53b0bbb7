"""The ends of a session on an emulated board with the machine's physics behind its pins.

Boot, screening, self-test, fit and program are emulated once, up to the closing strokes: half a minute of the board's
time, for which a busy computer takes twenty minutes. Each end is played in a copy of that machine.
"""

import pytest

from instep.axes import FEET, SERVOS_PER_FOOT
from instep.session import states
from tests.emulator import operator
from tests.emulator.machine import Machine
from tests.emulator.scene import played
from tests.emulator.story import CALIBRATION, STEPS, Story

TICK_MS = 10
LOOK_US = 250

pytestmark = pytest.mark.xdist_group("emulated session")


def everything_is_live(machine: Machine) -> bool:
    return (
        all(bridge.duty_permille for bridge in machine.bridges)
        and any(heater.permille for heater in machine.heaters)
        and machine.is_relay_held
        and machine.servos.is_enabled
    )


def lifted(machine: Machine) -> bool:
    """Return True if every press is commanded to lift."""
    pulses_us = machine.servos.pulses_us()
    presses = [pulses_us[foot * SERVOS_PER_FOOT + side] for foot in range(FEET) for side in range(2)]
    step_us = machine.servos.period_us / STEPS
    return all(abs(pulse_us - CALIBRATION.press_zero_us) <= 1 + step_us for pulse_us in presses)


def until_shortly_before_a_tick(story: Story) -> None:
    """Let time pass until 1 ms before the next tick but one asks for its inputs."""
    entries = story.logbook.entries
    noted = len(entries)
    story.machine.pico.run_until(lambda: len(entries) > noted, 2 * TICK_MS, 50)
    story.machine.pico.run_ms(TICK_MS - 1)


def test_an_emergency_stop_has_everything_off_within_one_tick(story: Story):
    def scene() -> tuple[bool, float, float, bool]:
        machine = story.machine
        while not everything_is_live(machine):
            machine.pico.run_ms(TICK_MS)
        until_shortly_before_a_tick(story)
        machine.set_emergency_stop(True)
        off_ms = machine.pico.run_until(lambda: machine.is_safe, 3 * TICK_MS, LOOK_US)
        lifted_ms = off_ms + machine.pico.run_until(lambda: lifted(machine), 3 * TICK_MS, LOOK_US)
        machine.pico.run_ms(100)
        return machine.is_safe, off_ms, lifted_ms, machine.is_relay_closed

    is_safe, off_ms, lifted_ms, is_relay_closed = played(scene)
    assert off_ms <= TICK_MS
    assert lifted_ms <= TICK_MS + 1
    assert is_safe and not is_relay_closed


def test_stop_has_motors_and_heaters_off_within_one_tick_and_lifts(story: Story):
    def scene() -> tuple[float, float]:
        machine = story.machine
        until_shortly_before_a_tick(story)
        machine.press("stop")
        off = lambda: all(b.is_coasting for b in machine.bridges) and not any(h.permille for h in machine.heaters)  # noqa: E731
        off_ms = machine.pico.run_until(off, 3 * TICK_MS, LOOK_US)
        lifted_ms = off_ms + machine.pico.run_until(lambda: lifted(machine), 3 * TICK_MS, LOOK_US)
        machine.pico.run_ms(60)
        machine.release("stop")
        operator.wait_for(machine, story.laptop, states.RETRACT)
        return off_ms, lifted_ms

    off_ms, lifted_ms = played(scene)
    assert off_ms <= TICK_MS
    assert lifted_ms <= TICK_MS + 1


def test_a_loop_that_hangs_in_a_session_is_cut_off_by_the_timer_and_reset(story: Story):
    def scene() -> tuple[float, bool, float]:
        machine = story.machine
        machine.pico.hang()
        off_ms = machine.pico.run_until(lambda: machine.is_safe and machine.servo_disable.is_high, 100, LOOK_US)
        all_held = all(bridge.is_held() for bridge in machine.bridges)
        reset_ms = off_ms + machine.pico.run_until(lambda: bool(machine.pico.resets), 2_000)
        return off_ms, all_held, reset_ms

    off_ms, all_held, reset_ms = played(scene)
    assert off_ms <= 50
    assert all_held
    assert reset_ms <= 1_000


def test_a_foot_that_is_lifted_out_pauses_the_session(story: Story):
    def scene() -> float:
        machine = story.machine
        machine.put_foot(0, False)
        stopped = lambda: all(bridge.is_coasting for bridge in machine.bridges) and lifted(machine)  # noqa: E731
        stopped_ms = machine.pico.run_until(stopped, 300, LOOK_US)
        operator.wait_for(machine, story.laptop, states.PAUSED)
        return stopped_ms

    assert played(scene) <= 100
