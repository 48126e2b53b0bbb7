"""Build the machine and run its one loop: the only file that knows everybody.

A tick goes one way: inputs, guard, panel, session with its scheduler, drives, guard, outputs.
"""

from instep.drive.drives import Drives
from instep.guard.faults import NO_FAULT
from instep.guard.selftest import SelfTest
from instep.guard.supervisor import Supervisor
from instep.panel.buttons import Debounce
from instep.panel.display import Screen
from instep.session.library import Library
from instep.session.session import DRIVE_FOLLOW, DRIVE_HOME, DRIVE_PROBE, Session
from instep.stroke.scheduler import Scheduler
from micropython import const

# The slow checks' period and places in it: each NTC is read once in this time.
_SLOW_TICKS = const(10)
_TEMPERATURES_AT = const(9)
_SETPOINTS_AT = const(4)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.calibration import Calibration
    from instep.hal.interface import Hal


class App:
    """The whole firmware over a `hal`; `images` are compiled programs (ProgramError if one is damaged)."""

    def __init__(self, hal: "Hal", calibration: "Calibration", images: "list[bytes]") -> None:
        self._hal = hal
        self.scheduler = Scheduler()
        self.drives = Drives(hal, calibration)
        self.guard = Supervisor(hal, self.drives)
        self.selftest = SelfTest(hal.relay, self.drives)
        self.session = Session(
            hal, calibration, Library(images), self.scheduler, self.drives, self.selftest, self.guard
        )
        self._buttons = Debounce(hal.buttons)
        self._screen = Screen(hal.display, self.session, self.drives, self.guard)
        self._ticks = 0
        self._are_servos_on = False
        hal.enable_servos(False)

    def tick(self) -> None:
        """Do the work of 10 ms."""
        self.guard.check_inputs()
        self._buttons.tick()
        self.session.tick(self._buttons.pressed)
        self._drive()
        self._check_slowly()
        self.guard.check_outputs(self.scheduler.setpoints)
        self._release_outputs()
        if self.session.wants_servos != self._are_servos_on:
            self._are_servos_on = self.session.wants_servos
            self._hal.enable_servos(self._are_servos_on)
        self._hal.refresh()
        self._screen.tick()

    def _check_slowly(self) -> None:
        """Take temperatures and setpoint ranges in turn, ten times a second each."""
        self._ticks = self._ticks + 1 if self._ticks < _SLOW_TICKS - 1 else 0
        if self._ticks == _TEMPERATURES_AT:
            self.guard.check_temperatures()
        elif self._ticks == _SETPOINTS_AT:
            self.guard.check_setpoints(self.scheduler.setpoints)

    def _drive(self) -> None:
        session = self.session
        setpoints = self.scheduler.setpoints
        mode = session.drive_mode
        if self.guard.fault != NO_FAULT:
            self.drives.lift(setpoints)
        elif mode == DRIVE_FOLLOW:
            self.drives.follow(setpoints)
        elif mode == DRIVE_PROBE:
            fitting = session.fitting
            self.drives.probe(setpoints, fitting.travel_um(0), fitting.travel_um(1))
        elif mode == DRIVE_HOME:
            self.drives.home(setpoints)
        else:
            self.drives.lift(setpoints)
        self.drives.heat(session.heat_centi_c if self.guard.fault == NO_FAULT else 0)

    def _release_outputs(self) -> None:
        """Give the guard the last word: after a fault nothing moves or heats, whatever the drives have asked for."""
        if self.guard.fault != NO_FAULT:
            self.drives.lift(self.scheduler.setpoints)
            self.drives.heat(0)
            self._hal.relay.set(False)
        else:
            self._hal.relay.set(self.session.wants_relay)
