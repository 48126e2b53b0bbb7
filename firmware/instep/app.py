"""Build the machine and run its one loop: the only file that knows everybody.

A tick goes one way: inputs, guard, panel, session with its scheduler, guard, drives, guard, outputs. Slow work waits
for the slack between two ticks.
"""

from instep import user_events
from instep.axes import LEFT, RIGHT, TICKS_MASK
from instep.drive.drives import Drives
from instep.guard.deadman_timer import DeadmanTimer
from instep.guard.faults import FAULT_DEVICE_SILENT, FAULT_INTERNAL, FAULT_LOOP_LATE, FAULT_PROGRAM_DAMAGED, NO_FAULT
from instep.guard.safe_state import SafeState
from instep.guard.selftest import SelfTest
from instep.guard.supervisor import Supervisor
from instep.link.dispatcher import Dispatcher
from instep.link.link import Link
from instep.link.telemetry import Telemetry
from instep.panel.buttons import Debounce
from instep.panel.display import Screen
from instep.session import states
from instep.session.autosave import Autosave
from instep.session.jog import OFF, Jog
from instep.session.library import Library
from instep.session.session import DRIVE_FOLLOW, DRIVE_HOME, DRIVE_PROBE, Session
from instep.session.session_log import SessionLog
from instep.slack import UNLIMITED_US, SlackScheduler
from instep.storage.store import Store
from instep.stroke.scheduler import Scheduler
from micropython import const, heap_lock, heap_unlock

# The slow checks' period and their places in it, after each NTC of the well was read once; a well's check takes 1 ms.
_SLOW_TICKS = const(10)
_LEFT_AT = const(7)
_RIGHT_AT = const(9)

# What a slice of each kind of slow work may take on an RP2040 (emulated, at 200 MHz), us, with the 0.5 ms for which
# the others may be asked in vain before it.
_ROW_US = const(2_800)
_RECORD_US = const(1_000)
_FILE_US = const(1_500)
_REQUEST_US = const(1_300)
_PIECE_US = const(1_300)

# Half a second from safe outputs to the restart for maintenance: presses lift, the answer leaves.
_LEAVE_TICKS = const(50)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.firmware_check import FirmwareCheck
    from instep.hal.calibration import Calibration
    from instep.hal.interface import Hal
    from instep.link.link import Port
    from instep.storage.filesystem import Filesystem


class App:
    """The whole firmware over a `hal`, with settings and journal on `disk`.

    `images` are compiled programs; a damaged one (an empty one, if it could not even be read) is left out, which the
    person is told. `port` is the serial line to a laptop, if there is one; `image` tests the files that the firmware
    is installed as.
    """

    def __init__(
        self,
        hal: "Hal",
        calibration: "Calibration",
        images: "list[bytes]",
        disk: "Filesystem",
        port: "Port | None" = None,
        image: "FirmwareCheck | None" = None,
    ) -> None:
        self._hal = hal
        self.scheduler = Scheduler()
        self.drives = Drives(hal, calibration)
        self.guard = Supervisor(hal, self.drives, calibration)
        library = Library(images)
        self.selftest = SelfTest(hal, self.drives, library.programs, image)
        self.session = Session(hal, calibration, library, self.scheduler, self.drives, self.selftest, self.guard)
        self._buttons = Debounce(hal.buttons)
        self.jog = Jog(self.drives, self.selftest, hal.foot_switches)
        self._screen = Screen(hal.display, self.session, self.drives, self.guard, self.jog)
        self.telemetry = Telemetry(hal, self.session, self.drives, self.guard, self.jog)
        self.store = Store(disk)
        self._leaving_ticks = 0
        self._ticks = 0
        self._slow_ticks = 0
        self._are_servos_on = False
        hal.enable_servos(False)
        self._deadman = DeadmanTimer(hal)
        self._outputs = SafeState(hal, self.drives, self._deadman)
        self._session_log = SessionLog(
            self.session, self.guard, self.drives, self.jog, self._outputs, self.store.journal
        )
        # Bound here: binding a method allocates, and the heap is locked in a tick.
        self._trip = self.guard.trip
        self._note_tick = self._session_log.tick
        self._memory = Autosave(self.store, self.session, self.guard.notices, self._session_log)
        self.requests = Dispatcher(
            self.session, self.guard, self.jog, self.telemetry, self.store, self._memory.restore
        )
        self._slack = SlackScheduler(hal.slack_work(), self._may_allocate)
        self._add_slices(port, image)
        self._remember()

    def _add_slices(self, port: "Port | None", image: "FirmwareCheck | None") -> None:
        """List what is done in the slack; telling a laptop takes most of it, so its turn comes after every other."""
        link = Link(port, self.requests, self.telemetry, self._screen.shown) if port is not None else None
        self._slack.add(self._screen.slice, _ROW_US, False)
        if link is not None:
            self._slack.add(link.send, _PIECE_US, False)
        self._slack.add(self._memory.slice, _RECORD_US, True)
        if image is not None:
            self._image = image
            self._slack.add(self._test_image, _FILE_US, True)
        if link is not None:
            self._slack.add(link.send, _PIECE_US, False)
            self._slack.add(link.receive, _REQUEST_US, True)
            self._slack.add(link.send, _PIECE_US, False)

    def _remember(self) -> None:
        """Take up settings and journal; a machine without any program is one that has a fault."""
        self.store.load()
        self._memory.begin()
        if self.session.library.is_empty():
            self.guard.trip(FAULT_PROGRAM_DAMAGED)

    def draw(self) -> None:
        """Compose the whole first picture, before the first tick; with the heap locked, as in a tick."""
        heap_lock()
        try:
            while not self._screen.is_whole:
                self._screen.slice(self._ticks)
        finally:
            heap_unlock()

    def tick(self) -> None:
        """Do the work of 10 ms; if any part of it raises, every output is safe before this returns."""
        self._ticks = self._ticks + 1 & TICKS_MASK
        try:
            self._work()
            self._outputs.note_good_tick()
            self._deadman.beat()
        except OSError:
            self._fail(FAULT_DEVICE_SILENT)
        except Exception:  # noqa: BLE001
            self._fail(FAULT_INTERNAL)

    def slack(self, left_us: int = UNLIMITED_US) -> bool:
        """Do one piece of slow work that takes no longer than `left_us`; return whether one was due.

        The loop calls it between two ticks, as often as there is time. What raises is treated as in a tick.
        """
        try:
            return self._slack.do_one(self._ticks, left_us)
        except OSError:
            self._fail(FAULT_DEVICE_SILENT)
        except Exception:  # noqa: BLE001
            self._fail(FAULT_INTERNAL)
        return True

    def is_at_rest(self) -> bool:
        """Tell whether nothing has moved or heated for a while, nor is about to: the flash may be written."""
        return self._session_log.is_at_rest

    def _may_allocate(self) -> bool:
        """Tell whether slow work may use the heap: while the relay is open, a collection delays nothing that moves."""
        return not self.guard.relay.is_commanded_closed

    def note_late_ticks(self, count: int) -> None:
        """Tell journal and laptop that `count` ticks came too late or not at all; the loop calls it between two."""
        self._session_log.note_late_ticks(count)
        self.telemetry.late_ticks += count

    def note_tick_us(self, took_us: int) -> None:
        """Tell the laptop how long a tick took; it is shown the longest."""
        if took_us > self.telemetry.longest_tick_us:
            self.telemetry.longest_tick_us = took_us

    def _test_image(self, ticks: int) -> bool:
        """Read on in the installed files, while the relay is open and nothing can move."""
        return self._may_allocate() and self._image.slice()

    def _fail(self, fault: int) -> None:
        self._outputs.make_safe()
        self._outputs.attempt_with(self._trip, fault)
        self._outputs.attempt(self._note_tick)

    def _work(self) -> None:
        """Go once through everything, one way."""
        if self.requests.wants_maintenance:
            self._leave()
            return
        guard = self.guard
        session = self.session
        jog = self.jog
        guard.check_inputs()
        if self._deadman.has_cut:
            self._note_cut()
        self._buttons.tick()
        pressed = self._buttons.pressed
        pressed |= self.requests.tick(pressed)
        if pressed & user_events.STOP:
            guard.back_off.cancel()
        session.tick(pressed)
        jog.tick(not pressed and session.state == states.IDLE and guard.fault == NO_FAULT)
        # The setpoints of whoever is at the drives.
        guard.check_setpoints(self.scheduler.setpoints if jog.state == OFF else jog.setpoints)
        self._drive()
        self._check_slowly()
        guard.check_outputs(session.drive_mode == DRIVE_HOME and guard.fault == NO_FAULT)
        self._release_outputs()
        wants_servos = session.wants_servos or jog.wants_servos()
        self._enable_servos(wants_servos and guard.servos_respond())
        self._hal.refresh()
        self._session_log.tick()

    def _note_cut(self) -> None:
        """Go on after the last line has cut the outputs only if nothing was powered; storing may take that long."""
        self._deadman.has_cut = False
        if self.guard.relay.is_commanded_closed:
            self.guard.trip(FAULT_LOOP_LATE)

    def _leave(self) -> None:
        """Keep everything off until the loop restarts the board for maintenance."""
        self._outputs.make_safe()
        self.store.hurry()
        self._leaving_ticks = min(self._leaving_ticks + 1, _LEAVE_TICKS)

    def may_restart(self) -> bool:
        """Tell whether the board is to restart into maintenance now: asked for, answered, and everything lifted."""
        return self._leaving_ticks == _LEAVE_TICKS

    def _enable_servos(self, on: bool) -> None:
        if on != self._are_servos_on:
            self._are_servos_on = on
            self._hal.enable_servos(on)

    def _check_slowly(self) -> None:
        """Look at temperatures and stuck buttons, ten times a second."""
        self._slow_ticks = self._slow_ticks + 1 if self._slow_ticks < _SLOW_TICKS - 1 else 0
        if self._slow_ticks == _LEFT_AT:
            self.guard.check_temperatures(LEFT)
        elif self._slow_ticks == _RIGHT_AT:
            self.guard.check_temperatures(RIGHT)
            self.guard.is_button_stuck = self._buttons.stuck != 0

    def _drive(self) -> None:
        session = self.session
        guard = self.guard
        drives = self.drives
        setpoints = self.scheduler.setpoints
        mode = session.drive_mode
        if guard.back_off.is_active:
            guard.back_off.tick(setpoints)
        elif guard.fault != NO_FAULT:
            drives.lift(setpoints)
        elif self.jog.state != OFF:
            self.jog.drive()
        elif mode == DRIVE_FOLLOW:
            drives.follow(setpoints)
        elif mode == DRIVE_PROBE:
            fitting = session.fitting
            drives.probe(setpoints, fitting.travel_um(0), fitting.travel_um(1))
        elif mode == DRIVE_HOME:
            drives.home(setpoints)
        else:
            drives.lift(setpoints)
        drives.heat(session.heat_centi_c if guard.may_heat() else 0)

    def _release_outputs(self) -> None:
        """Give the guard the last word: after a fault nothing moves or heats, whatever the drives have asked for."""
        guard = self.guard
        if not guard.may_heat():
            self.drives.cut_heat()
        if guard.fault != NO_FAULT:
            if not guard.back_off.is_driving:
                self.drives.lift(self.scheduler.setpoints)
            guard.relay.set(guard.back_off.is_active)
        else:
            guard.relay.set(self.session.wants_relay or self.jog.wants_relay())
