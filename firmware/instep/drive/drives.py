"""All drives of the machine, and the modes in which they are used."""

from array import array

import micropython
from instep.axes import (
    AXES_PER_FOOT,
    FEET,
    HIGH,
    HOLD_ARCH,
    ROLLERS,
    ROLLERS_PER_FOOT,
    SERVOS_PER_FOOT,
    TOE_SELECT,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.drive.heater import HeaterDrive
from instep.drive.homing import FOUND, LATE, Homing
from instep.drive.press import Press
from instep.drive.roller import Roller
from instep.drive.servo import ServoAxis
from instep.hal.calibration import PRESS_ZERO, SELECT_ZERO, SHARED
from instep.kernel import ptr32
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.calibration import Calibration
    from instep.hal.interface import Hal, StateMemory

# The servos of a foot are its axes from top_press on.
# The servos that are not a press, and a value that is never their setpoint.
_SERVOS = FEET * (SERVOS_PER_FOOT - ROLLERS_PER_FOOT)
_NEVER = const(0x3FFF_FFFF)

# Two ticks apart, no two steps of the wells' heater drives fall on one tick.
_HEATER_PHASE_TICKS = const(2)


class Drives:
    """Rollers, presses, servos, heaters; call one of `follow`, `probe`, `home`, `lift` a tick, then `heat`.

    memory: gives the states. figures: the calibration that servos, homing and measuring share.
    """

    def __init__(self, hal: "Hal", calibration: "Calibration", memory: "StateMemory") -> None:
        rollers = []
        presses = []
        servos: list[ServoAxis] = []
        self.figures = figures = memory.take(SHARED, SHARED)
        calibration.share(figures)
        self._roller_index = bytearray(ROLLERS)
        self._press_index = bytearray(ROLLERS)
        self._servo_index = array("i", [0] * _SERVOS)
        self._followed = array("i", [_NEVER] * _SERVOS)
        for foot in range(FEET):
            for side in range(ROLLERS_PER_FOOT):
                roller = foot * ROLLERS_PER_FOOT + side
                travel_um = HIGH[TOP_STROKE + side]
                rollers.append(Roller(hal.motors[roller], hal.encoders[roller], calibration, travel_um, memory))
                contact_um = calibration.sole_contact_um if side else calibration.top_contact_um
                axis = ServoAxis(hal.servos[foot * SERVOS_PER_FOOT + side], figures, PRESS_ZERO)
                presses.append(Press(axis, hal.forces[roller], calibration, contact_um, memory))
                self._roller_index[roller] = foot * AXES_PER_FOOT + TOP_STROKE + side
                self._press_index[roller] = foot * AXES_PER_FOOT + TOP_PRESS + side
            for index in range(TOE_SELECT, AXES_PER_FOOT):
                self._servo_index[len(servos)] = foot * AXES_PER_FOOT + index
                servo = hal.servos[foot * SERVOS_PER_FOOT + index - TOP_PRESS]
                servos.append(ServoAxis(servo, figures, SELECT_ZERO + 2 * (min(index, HOLD_ARCH) - TOE_SELECT)))
        self.rollers = tuple(rollers)
        self.presses = tuple(presses)
        # A roller, its press, and the index of its setpoint; its press's index is two higher.
        self._pairs = tuple([(rollers[index], presses[index], self._roller_index[index]) for index in range(ROLLERS)])
        self.servos = tuple(servos)
        self.homings = tuple([Homing(roller, figures) for roller in rollers])
        self.heaters = tuple(
            [
                HeaterDrive(
                    hal.heaters[foot],
                    hal.elements[foot],
                    hal.skins[foot],
                    hal.thermometers[foot],
                    foot * _HEATER_PHASE_TICKS,
                    foot,
                )
                for foot in range(FEET)
            ]
        )

    def follow(self, setpoints: "array[int]") -> None:
        """Follow all setpoints."""
        for roller, press, index in self._pairs:
            roller.tick(setpoints[index])
            press.tick(setpoints[index + ROLLERS_PER_FOOT])
        self._follow_servos(setpoints)

    def probe(self, setpoints: "array[int]", left_travel_um: int, right_travel_um: int) -> None:
        """Follow all setpoints, but hold the sole rollers at a travel instead of a force."""
        for roller in range(ROLLERS):
            self.rollers[roller].tick(setpoints[self._roller_index[roller]])
        self.presses[0].tick(0)
        self.presses[1].hold_travel(left_travel_um)
        self.presses[2].tick(0)
        self.presses[3].hold_travel(right_travel_um)
        self._follow_servos(setpoints)

    def begin_homing(self) -> None:
        """Start all rollers toward their stops."""
        for homing in self.homings:
            homing.begin()

    def home(self, setpoints: "array[int]") -> None:
        """Home the rollers, presses lifted."""
        for roller in range(ROLLERS):
            self.homings[roller].tick()
            self.presses[roller].lift()
        self._follow_servos(setpoints)

    def is_homed(self) -> bool:
        """Return True if every roller has found its home."""
        for homing in self.homings:
            if homing.state != FOUND:
                return False
        return True

    def is_homing_late(self) -> bool:
        """Return True if a roller did not find its stop in time."""
        for homing in self.homings:
            if homing.state == LATE:
                return True
        return False

    def lift(self, setpoints: "array[int]") -> None:
        """Let the rollers coast and lift all presses at once; the other servos follow."""
        for roller, press, _ in self._pairs:
            roller.off()
            press.lift()
        self._follow_servos(setpoints)

    def press_one(self, setpoints: "array[int]", press: int) -> None:
        """Let one press follow its setpoint; otherwise as `lift`."""
        for index in range(ROLLERS):
            self.rollers[index].off()
            if index == press:
                self.presses[index].tick(setpoints[self._press_index[index]])
            else:
                self.presses[index].lift()
        self._follow_servos(setpoints)

    def back_off(self, setpoints: "array[int]", roller: int, duty_permille: int) -> None:
        """Drive one roller without a setpoint; otherwise as `lift`."""
        for index in range(ROLLERS):
            if index == roller:
                self.rollers[index].drive_open_loop(duty_permille)
            else:
                self.rollers[index].off()
            self.presses[index].lift()
        self._follow_servos(setpoints)

    def heat(self, setpoint_centi_c: int) -> None:
        """Run both heaters toward a set point, 0.01 °C; 0 is off, at once."""
        for heater in self.heaters:
            heater.tick(setpoint_centi_c)

    def cut_heat(self) -> None:
        """Switch both heaters off now, between two ticks."""
        for heater in self.heaters:
            if heater.duty_permille:
                heater.off()

    def _follow_servos(self, setpoints: "array[int]") -> None:
        """Update the servos whose setpoints have changed, which are few in most ticks."""
        servo = next_changed(setpoints, self._followed, self._servo_index, 0)
        while servo < _SERVOS:
            self.servos[servo].tick(self._followed[servo])
            servo = next_changed(setpoints, self._followed, self._servo_index, servo + 1)


@micropython.viper
def next_changed(setpoints: ptr32, followed: ptr32, axes: ptr32, servo: int) -> int:
    """Return the first servo from `servo` on whose setpoint has changed, and take it; their number if none has."""
    while servo < _SERVOS:
        setpoint = setpoints[axes[servo]]
        if setpoint != followed[servo]:
            followed[servo] = setpoint
            return servo
        servo += 1
    return servo
