"""Outputs that are cut fall to safe at once; the deadman timer and the watchdog behind them."""

import pytest

from tests.firmware.hal.board_rig import BOARD, POWERED, BoardRig
from tests.firmware.hal.chip_modules import Chip

_PWM_FUNCTION = 4
_HELD_LOW = 0x204
_REASON = 0x4005_8008


@pytest.fixture
def machine(monkeypatch):
    return BoardRig(monkeypatch)


def test_cutting_holds_every_powered_pin_low_at_once(machine):
    machine.hal.enable_servos(True)
    machine.hal.relay.set(True)
    machine.hal.motors[0].set_duty_permille(900)
    machine.hal.heaters[1].set_duty_permille(700)
    machine.hal.cut_outputs()
    assert [machine.control(name) for name in POWERED] == [_HELD_LOW] * 10
    assert machine.pin("relay").level == 0
    assert machine.pin("servo_disable").level == 1


def test_after_a_cut_only_outputs_that_are_set_again_come_back(machine):
    machine.hal.enable_servos(True)
    machine.hal.relay.set(True)
    machine.hal.motors[0].set_duty_permille(900)
    machine.hal.heaters[1].set_duty_permille(700)
    machine.hal.cut_outputs()
    machine.hal.refresh()
    assert [machine.control(name) for name in POWERED] == [_PWM_FUNCTION] * 10
    assert all(machine.chip.pwms[BOARD.pins[name]].duty == 0 for name in POWERED)
    assert machine.pin("relay").level == 0
    assert machine.pin("servo_disable").level == 0
    machine.hal.motors[0].set_duty_permille(900)
    assert machine.chip.pwms[BOARD.pins["bridge_left_top_in1"]].duty


def test_a_cut_in_the_middle_of_a_command_leaves_both_sides_of_the_bridge_low(machine):
    motor = machine.hal.motors[0]
    in1 = machine.chip.pwms[BOARD.pins["bridge_left_top_in1"]]
    original = in1.duty_u16

    def interrupted(duty):
        original(duty)
        machine.hal.cut_outputs()

    in1.duty_u16 = interrupted
    motor.set_duty_permille(300)
    in1.duty_u16 = original
    machine.hal.refresh()
    assert in1.duty == machine.chip.pwms[BOARD.pins["bridge_left_top_in2"]].duty == 0


def test_the_deadman_timer_runs_every_10_ms_in_a_hard_interrupt(machine):
    calls: list[object] = []
    machine.hal.start_deadman(calls.append)
    (options,) = machine.chip.timers
    assert (options["period"], options["hard"]) == (10, True)
    options["callback"]("timer")
    assert calls == ["timer"]


def test_a_ctrl_c_inside_the_interrupt_is_kept_for_the_loop_and_the_timer_goes_on(machine):
    def interrupted(timer):
        raise KeyboardInterrupt

    machine.hal.start_deadman(interrupted)
    assert not machine.hal.was_interrupted
    machine.chip.timers[0]["callback"](None)
    assert machine.hal.was_interrupted


def test_the_watchdog_starts_on_request_and_is_fed_by_refreshing(machine):
    machine.hal.refresh()
    assert machine.chip.feeds == 0
    machine.hal.start_watchdog()
    assert machine.chip.watchdogs == [1_000]
    machine.hal.refresh()
    machine.hal.refresh()
    assert machine.chip.feeds == 2


@pytest.mark.parametrize(("reason", "expected"), [(0, False), (1, True), (2, False)])
def test_only_an_expired_watchdog_counts_as_a_stopped_loop(monkeypatch, reason, expected):
    chip = Chip()
    chip.registers[_REASON] = reason
    assert BoardRig(monkeypatch, chip=chip).hal.was_reset_by_watchdog() is expected
