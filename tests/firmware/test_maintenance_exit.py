"""The way to a restart for maintenance: half a second of safe outputs, with everything saved."""

from instep.maintenance_exit import MaintenanceExit
from tests.fakes import stand_in

LEAVE_TICKS = 50


def test_the_board_may_restart_after_half_a_second_of_safe_outputs_and_hurried_saving():
    calls = []
    leave = MaintenanceExit(
        stand_in(make_safe=lambda: calls.append("safe")), stand_in(hurry=lambda: calls.append("hurry"))
    )
    assert not leave.is_over()
    for _ in range(LEAVE_TICKS - 1):
        leave.tick()
    assert not leave.is_over()
    leave.tick()
    assert leave.is_over() and calls == ["safe", "hurry"] * LEAVE_TICKS


def test_the_outputs_stay_safe_if_the_restart_takes_longer():
    calls = []
    leave = MaintenanceExit(stand_in(make_safe=lambda: calls.append("safe")), stand_in(hurry=lambda: None))
    for _ in range(3 * LEAVE_TICKS):
        leave.tick()
    assert leave.is_over() and len(calls) == 3 * LEAVE_TICKS
