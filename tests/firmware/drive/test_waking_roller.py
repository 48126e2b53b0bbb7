"""A roller that wakes while its setpoint is on its way catches up gently."""

import pytest

from tests.firmware.roller_rig import Rig, eased

FAR_UM = 230_000
# Faster than this is a roller that runs away.
FAST_UM_TICK = 1_500


@pytest.mark.parametrize("wakes_at", [20, 60, 100, 170])
def test_a_roller_that_wakes_to_a_setpoint_on_its_way_neither_jerks_nor_runs_away(wakes_at):
    """As after STOP in the measuring: the setpoint goes home, and the roller has stayed where it was."""
    rig = Rig()
    rig.follow(0, FAR_UM)
    rig.hold(FAR_UM, 100)
    rig.roller.off()
    fastest_um, most_ma = 0.0, 0
    last_um = rig.position_um
    for setpoint_um in [*eased(FAR_UM, 0, 1_000)[wakes_at:], *[0] * 1_500]:
        rig.tick(setpoint_um)
        fastest_um = max(fastest_um, abs(rig.position_um - last_um))
        most_ma = max(most_ma, rig.read_ma())
        last_um = rig.position_um
    assert fastest_um < 0.9 * FAST_UM_TICK
    assert most_ma < 1_600
    assert abs(rig.position_um) < 500
