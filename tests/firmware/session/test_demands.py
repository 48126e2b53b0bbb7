"""What a session demands before a state has said anything, and when the power goes."""

from instep.session.demands import DRIVE_FOLLOW, DRIVE_LIFT, Demands


def test_nothing_is_powered_at_first():
    assert vars(Demands()) == {
        "drive_mode": DRIVE_LIFT,
        "heat_centi_c": 0,
        "wants_relay": False,
        "wants_servos": False,
    }


def test_power_off_leaves_the_servos_so_that_the_presses_can_lift():
    demands = Demands()
    demands.drive_mode, demands.heat_centi_c = DRIVE_FOLLOW, 3_800
    demands.wants_relay = demands.wants_servos = True
    demands.power_off()
    assert (demands.drive_mode, demands.heat_centi_c, demands.wants_relay) == (DRIVE_LIFT, 0, False)
    assert demands.wants_servos
