"""All drives together: each setpoint reaches its own motor or servo and no other, in every mode."""

from array import array

import pytest

from instep.axes import AXES, AXES_PER_FOOT, HOME, ROLLERS_PER_FOOT, SERVOS_PER_FOOT, TOE_REACH, TOE_TURN, TOP_PRESS
from instep.drive.drives import Drives
from instep.drive.homing import FOUND, LATE
from instep.guard.memory_monitor import MemoryMonitor
from tests.fakes import FakeHal
from tests.firmware.sessions import CALIBRATION

PRESSES = [foot * SERVOS_PER_FOOT + side for foot in range(2) for side in range(2)]
WARM_CENTI_C = 4_000
# Within the travel: a turn in tenths of a degree; the reach is drawn back at home.
STEPS = {TOE_TURN: 50, TOE_REACH: -500}


class Rig:
    def __init__(self):
        self.hal = FakeHal()
        self.drives = Drives(self.hal, CALIBRATION, MemoryMonitor())
        self.setpoints = array("i", HOME * 2)

    def follow(self, ticks=1):
        for _ in range(ticks):
            self.drives.follow(self.setpoints)

    def moved(self, mode):
        """Run a mode; return the motors that are driven and the servos that got another pulse."""
        before = [len(servo.given) for servo in self.hal.servos]
        mode()
        driven = [index for index, motor in enumerate(self.hal.motors) if motor.duty_permille]
        return driven, [index for index, servo in enumerate(self.hal.servos) if len(servo.given) > before[index]]


@pytest.fixture
def rig():
    rig = Rig()
    rig.follow(100)
    return rig


@pytest.mark.parametrize("index", range(AXES))
def test_a_setpoint_moves_its_own_axis_alone(rig, index):
    foot, axis = divmod(index, AXES_PER_FOOT)
    rig.setpoints[index] += STEPS.get(axis, 500)
    roller = foot * ROLLERS_PER_FOOT + axis
    servo = foot * SERVOS_PER_FOOT + axis - TOP_PRESS
    expected = ([roller], []) if axis < TOP_PRESS else ([], [servo])
    assert rig.moved(lambda: rig.follow(5)) == expected


def test_servos_get_a_pulse_only_when_their_setpoint_changes(rig):
    assert rig.moved(lambda: rig.follow(50)) == ([], [])


def test_lifting_lets_every_roller_coast_and_lifts_all_presses(rig):
    for press in (TOP_PRESS, TOP_PRESS + 1, AXES_PER_FOOT + TOP_PRESS, AXES_PER_FOOT + TOP_PRESS + 1):
        rig.setpoints[press] = 5_000
    lifted = [rig.hal.servos[press].pulse_us for press in PRESSES]
    rig.follow(40)
    assert all(rig.hal.servos[press].pulse_us != lifted[at] for at, press in enumerate(PRESSES))
    for _ in range(200):
        rig.drives.lift(rig.setpoints)
    assert [rig.hal.servos[press].pulse_us for press in PRESSES] == lifted
    assert all(motor.duty_permille is None for motor in rig.hal.motors)


@pytest.mark.parametrize("roller", range(4))
def test_backing_off_drives_one_roller_without_a_setpoint(rig, roller):
    driven, servos = rig.moved(lambda: rig.drives.back_off(rig.setpoints, roller, -200))
    assert driven == [roller] and rig.hal.motors[roller].duty_permille == -200
    assert servos == []


@pytest.mark.parametrize("press", range(4))
def test_one_press_follows_its_setpoint_while_the_others_stay_lifted(rig, press):
    def press_for_a_while():
        for _ in range(20):
            rig.drives.press_one(rig.setpoints, press)

    indices = [foot * AXES_PER_FOOT + TOP_PRESS + side for foot in range(2) for side in range(2)]
    for index in indices:
        rig.setpoints[index] = 5_000
    own = indices[press]
    rig.setpoints[own] = 0
    assert rig.moved(press_for_a_while) == ([], [])
    rig.setpoints[:] = array("i", HOME * 2)
    rig.setpoints[own] = 5_000
    assert rig.moved(press_for_a_while) == ([], [PRESSES[press]])


def test_probing_holds_the_sole_presses_at_the_travel_of_their_foot(rig):
    def probe():
        for _ in range(200):
            rig.drives.probe(rig.setpoints, 3_000, 6_000)

    assert rig.moved(probe)[1] == [PRESSES[1], PRESSES[3]]
    zero_us, slope = CALIBRATION.press_zero_us, CALIBRATION.press_us_per_kilo
    for press, travel_um in ((PRESSES[1], 3_000), (PRESSES[3], 6_000)):
        assert rig.hal.servos[press].pulse_us == pytest.approx(zero_us + travel_um * slope / 1_000, abs=1)


def test_the_machine_is_homed_when_the_last_roller_is_and_late_when_the_first_is(rig):
    assert rig.drives.is_homed()
    rig.drives.begin_homing()
    assert not rig.drives.is_homed() and not rig.drives.is_homing_late()
    for homing in rig.drives.homings[1:]:
        homing.state = FOUND
    assert not rig.drives.is_homed()
    rig.drives.homings[0].state = LATE
    assert rig.drives.is_homing_late() and not rig.drives.is_homed()


def test_homing_drives_every_roller_toward_its_near_stop(rig):
    rig.drives.begin_homing()
    assert rig.moved(lambda: rig.drives.home(rig.setpoints)) == ([0, 1, 2, 3], [])
    assert all(motor.duty_permille < 0 for motor in rig.hal.motors)


def test_heat_is_cut_between_two_ticks(rig):
    for _ in range(400):
        rig.drives.heat(WARM_CENTI_C)
    assert any(heater.duty_permille > 0 for heater in rig.hal.heaters)
    rig.drives.cut_heat()
    assert all(heater.duty_permille == 0 for heater in rig.hal.heaters)
