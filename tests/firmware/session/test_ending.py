"""The end of a session: it waits for the rollers to come home, but not for ever."""

from instep import user_events
from instep.session.demands import DRIVE_FOLLOW, DRIVE_LIFT
from tests.firmware.sessions import Bench

RETRACT_MAX_TICKS = 1_000


def test_a_session_is_not_over_before_every_roller_is_home():
    bench = Bench().go_to("retract")
    bench.drives.rollers[3].position_um = 5_000
    assert bench.ticks(400) == "retract"
    assert bench.session.demands.drive_mode == DRIVE_FOLLOW
    bench.drives.rollers[3].position_um = -900
    assert bench.ticks(2) == "done"


def test_a_roller_that_does_not_come_home_is_waited_for_no_longer_than_5_s():
    bench = Bench().go_to("retract")
    bench.drives.rollers[0].position_um = 5_000
    bench.until("done", maximum=RETRACT_MAX_TICKS)


def test_rollers_that_know_no_home_are_not_driven():
    bench = Bench().go_to("warm")
    bench.drives.is_homed = lambda: False
    bench.drives.rollers[0].position_um = 5_000
    bench.press(user_events.STOP)
    assert bench.state == "retract"
    while bench.state == "retract":
        assert bench.session.demands.drive_mode == DRIVE_LIFT
        bench.ticks()
    assert bench.state == "done"
