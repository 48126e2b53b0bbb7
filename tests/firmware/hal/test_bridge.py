"""Bridges, their currents and heaters, over recording wires."""

import pytest

from instep.hal.bridge import Bridge, Currents, HeaterSwitch
from instep.hal.bus import Bus, Port
from instep.hal.mcp23017 import Expander
from tests.emulator.chips.mcp23017 import Mcp23017
from tests.firmware.hal.wires import ChipBus, WireAdc, WirePwm

_SELECT = 15


class Rig:
    def __init__(self):
        wire = ChipBus()
        self.model = Mcp23017(0x20)
        wire.chips[0x20] = self.model
        self.expander = Expander(Port(Bus(wire, lambda: None), 0x20, 8), 1 << _SELECT)
        self.adcs = (WireAdc(), WireAdc())
        # 3300 mV * 1010 mA/V
        self.currents = Currents(self.adcs, self.expander, _SELECT, 3_333)
        self.in1, self.in2 = WirePwm(), WirePwm()
        self.bridge = Bridge(self.in1, self.in2, self.currents, 2, 1)


@pytest.fixture
def rig():
    return Rig()


def _share(rig):
    """Return how the motor is driven over time, -1000..1000: IN1 without IN2 less IN2 without IN1."""
    return round((rig.in1.duty - rig.in2.duty) * 1_000 / 65_535)


@pytest.mark.parametrize("duty", [-1_000, -501, -1, 1, 333, 1_000])
def test_a_duty_drives_for_its_share_and_brakes_for_the_rest(rig, duty):
    rig.bridge.set_duty_permille(duty)
    assert _share(rig) == duty
    assert max(rig.in1.duty, rig.in2.duty) == 65_535


def test_no_duty_brakes_and_coasting_opens_the_bridge(rig):
    rig.bridge.set_duty_permille(0)
    assert (rig.in1.duty, rig.in2.duty) == (65_535, 65_535)
    rig.bridge.coast()
    assert (rig.in1.duty, rig.in2.duty) == (0, 0)


def test_a_motor_that_is_wired_the_other_way_round_is_driven_the_other_way_round(rig):
    Bridge(rig.in1, rig.in2, rig.currents, 2, -1).set_duty_permille(400)
    assert _share(rig) == -400


def test_a_duty_out_of_range_is_cut_to_it(rig):
    rig.bridge.set_duty_permille(1_500)
    assert _share(rig) == 1_000
    rig.bridge.set_duty_permille(-1_500)
    assert _share(rig) == -1_000


def test_the_four_currents_are_taken_side_by_side_in_two_ticks(rig):
    for _ in range(4):
        rig.currents.read()
        rig.currents.switch()
        rig.expander.flush()
        is_sole = rig.model.level(_SELECT)
        rig.adcs[0].code, rig.adcs[1].code = (20_000, 40_000) if is_sole else (10_000, 30_000)
    rig.currents.read()
    assert list(rig.currents.ma) == pytest.approx(
        [code * 3_333 / 65_536 for code in (10_000, 20_000, 30_000, 40_000)], abs=1
    )
    assert rig.bridge.read_ma() == rig.currents.ma[2]


def test_heaters_are_driven_by_their_share():
    pwm = WirePwm()
    heater = HeaterSwitch(pwm)
    for duty, expected in ((0, 0), (1_000, 65_535), (500, 32_767), (1_200, 65_535), (-5, 0)):
        heater.set_duty_permille(duty)
        assert pwm.duty == expected
