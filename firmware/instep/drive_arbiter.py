"""Who owns the drives in a tick: the first of these whose condition holds.

    owner      condition                     drives                    setpoints   relay
    back-off   a held roller backs off       lift, then away           session's   closed
    fault      a fault is latched            lift                      session's   open
    jog        jogged or cleaned             as jog says               jog's       as jog or session demand
    session    always                        as its drive mode says    session's   as jog or session demand

The guard checks the outputs between `drive` and `release`: a fault that it finds there takes the drives away in the
same tick.
"""

from instep.axes import LEFT, RIGHT
from instep.guard.faults import NO_FAULT
from instep.session.demands import DRIVE_FOLLOW, DRIVE_HOME, DRIVE_PROBE
from instep.session.jog import JOG_OFF

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array

    from instep.drive.drives import Drives
    from instep.guard.supervisor import Supervisor
    from instep.hal.interface import Hal
    from instep.session.jog import Jog
    from instep.session.session import Session


class DriveArbiter:
    """Give drives, relay and servos to one owner at a time."""

    def __init__(self, hal: "Hal", drives: "Drives", guard: "Supervisor", session: "Session", jog: "Jog") -> None:
        self._hal = hal
        self._drives = drives
        self._guard = guard
        self._status = session.status
        self._demands = session.demands
        self._setpoints = session.status.scheduler.setpoints
        self._jog = jog
        self._are_servos_on = False
        hal.enable_servos(False)

    def setpoints(self) -> "array[int]":
        """Return the setpoints that the guard is to check before anything is driven."""
        return self._setpoints if self._jog.state == JOG_OFF else self._jog.setpoints

    def is_homing(self) -> bool:
        """Return True while session or cleaning may drive the rollers against their stops."""
        return (self._demands.drive_mode == DRIVE_HOME or self._jog.is_homing()) and self._guard.fault == NO_FAULT

    def drive(self) -> None:
        """Let the owner of this tick drive."""
        guard = self._guard
        if guard.back_off.is_active:
            guard.back_off.tick(self._setpoints)
        elif guard.fault != NO_FAULT:
            self._drives.lift(self._setpoints)
        elif self._jog.state != JOG_OFF:
            self._jog.drive()
        else:
            self._drive_session()
        self._drives.heat(self._demands.heat_centi_c if guard.may_heat() else 0)

    def _drive_session(self) -> None:
        mode = self._demands.drive_mode
        if mode == DRIVE_FOLLOW:
            self._drives.follow(self._setpoints)
        elif mode == DRIVE_PROBE:
            fitting = self._status.fitting
            self._drives.probe(self._setpoints, fitting.travel_um(LEFT), fitting.travel_um(RIGHT))
        elif mode == DRIVE_HOME:
            self._drives.home(self._setpoints)
        else:
            self._drives.lift(self._setpoints)

    def release(self) -> None:
        """Release the outputs that the guard allows: after a fault nothing moves or heats, whatever was driven."""
        guard = self._guard
        if not guard.may_heat():
            self._drives.cut_heat()
        if guard.fault != NO_FAULT:
            if not guard.back_off.is_driving:
                self._drives.lift(self._setpoints)
            guard.relay.set(guard.back_off.is_active)
        else:
            guard.relay.set(self._demands.wants_relay or self._jog.wants_relay())
        wants_servos = self._demands.wants_servos or self._jog.wants_servos()
        self._enable_servos(wants_servos and guard.servos_respond())

    def _enable_servos(self, on: bool) -> None:
        if on != self._are_servos_on:
            self._are_servos_on = on
            self._hal.enable_servos(on)
