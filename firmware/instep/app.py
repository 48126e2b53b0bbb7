"""Compose the machine, and order the work of a tick and of the slack: the only file that knows every part.

A tick goes one way: inputs, guard, panel and link, session with its scheduler, guard, drives, guard, outputs. Slow
work waits for the slack between two ticks.
"""

from instep import user_events
from instep.axes import COUNTER_MASK
from instep.drive.drives import Drives
from instep.drive_arbiter import DriveArbiter
from instep.failsafe import Failsafe
from instep.guard.deadman_timer import DeadmanTimer
from instep.guard.faults import FAULT_PROGRAM_DAMAGED
from instep.guard.memory_monitor import MemoryMonitor
from instep.guard.safe_state import SafeState
from instep.guard.selftest import SelfTest
from instep.guard.supervisor import Supervisor
from instep.link.dispatcher import Dispatcher
from instep.link.link import Link
from instep.link.telemetry import Telemetry
from instep.maintenance_exit import MaintenanceExit
from instep.panel.buttons import Debounce
from instep.panel.display import Screen
from instep.panel.sounds import Sounds
from instep.persistence.autosave import Autosave
from instep.persistence.session_log import SessionLog
from instep.session import jog_at_rest
from instep.session.jog import Jog
from instep.session.library import Library
from instep.session.session import Session
from instep.slack import UNLIMITED_US, SlackScheduler, firmware_work
from instep.slow_checks import SlowChecks
from instep.storage.store import Store
from instep.stroke.scheduler import Scheduler

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.firmware_check import FirmwareCheck
    from instep.hal.calibration import Calibration
    from instep.hal.interface import Hal
    from instep.link.link import Port
    from instep.storage.filesystem import Filesystem


class App:
    """The whole firmware over `hal`, with settings and journal on `disk`.

    `images` are compiled programs; a damaged or empty one is left out, and reported to the person. `port` is the
    serial line to a laptop, if there is one. `image` checks the installed files.
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
        self._ticks = 0
        self.scheduler = Scheduler()
        memory = MemoryMonitor()
        self.drives = drives = Drives(hal, calibration, memory)
        self.guard = guard = Supervisor(hal, drives, calibration, memory)
        library = Library(images)
        self.selftest = SelfTest(hal, drives, guard.wells, library.programs, image)
        self.session = session = Session(
            hal, library, self.scheduler, drives, self.selftest, guard, needs_release=True
        )
        self.jog = jog = Jog(drives, self.selftest, session.status.feet)
        self._arbiter = DriveArbiter(hal, drives, guard, session, jog)
        self._buttons = Debounce(hal.buttons)
        self._slow_checks = SlowChecks(guard, self._buttons)
        self.screen = Screen(hal.display, session, drives, guard, jog)
        self.sounds = Sounds(session.status, guard)
        self.telemetry = Telemetry(hal, session, drives, guard, jog)
        self.store = Store(disk, people=session.selection.people)
        deadman = DeadmanTimer(hal)
        outputs = SafeState(hal, drives, deadman)
        self._session_log = SessionLog(session, guard, drives, jog, outputs, self.store.journal)
        self._failsafe = Failsafe(outputs, deadman, guard, self._session_log)
        self._autosave = Autosave(self.store, session, guard.notices, self._session_log)
        self.requests = Dispatcher(session, guard, jog, self.telemetry, self.store, self._autosave.restore)
        self._exit = MaintenanceExit(outputs, self.store)
        link = Link(port, self.requests, self.telemetry, self.screen.shown) if port is not None else None
        table = firmware_work(self.screen, self._autosave, link, image, guard.relay)
        self._slack = SlackScheduler(hal.slack_work(), table, guard.relay)
        self._autosave.load()
        if library.is_empty():
            guard.trip(FAULT_PROGRAM_DAMAGED)

    def tick(self) -> None:
        """Do the work of 10 ms; if any part of it raises, every output is safe before this returns."""
        self._ticks = self._ticks + 1 & COUNTER_MASK
        try:
            if self.requests.wants_maintenance:
                self._exit.tick()
            else:
                self._work()
            self._failsafe.note_good_tick()
        except Exception as error:  # noqa: BLE001
            self._failsafe.fail(error)

    def slack(self, left_us: int = UNLIMITED_US) -> bool:
        """Do one piece of slow work that takes no longer than `left_us`; return whether one was due.

        The loop calls it between two ticks, as often as there is time. What raises is treated as in a tick.
        """
        try:
            return self._slack.do_one(self._ticks, left_us)
        except Exception as error:  # noqa: BLE001
            self._failsafe.fail(error)
        return True

    def _work(self) -> None:
        guard = self.guard
        guard.check_inputs()
        self._failsafe.check_cut()
        self._buttons.tick()
        pressed = self._buttons.pressed
        pressed |= self.requests.tick(pressed)
        if pressed & user_events.STOP:
            guard.back_off.cancel()
        self.session.tick(self.jog.take(pressed))
        jog_at_rest.advance(self.jog, self.session, guard, not pressed and not self._buttons.is_any_down)
        guard.check_setpoints(self._arbiter.setpoints())
        self._arbiter.drive()
        self._slow_checks.tick()
        guard.check_outputs(self._arbiter.is_homing())
        self._arbiter.release()
        self._hal.refresh()
        self._session_log.tick()

    def is_at_rest(self) -> bool:
        """Return True if nothing has moved or heated for a while, nor is about to: the flash may be written."""
        return self._session_log.is_at_rest

    def may_restart(self) -> bool:
        """Return True if the board is to restart into maintenance now: asked for, answered, and everything lifted."""
        return self._exit.is_over()

    def note_late_ticks(self, count: int) -> None:
        """Count ticks that came too late or not at all, for journal and laptop."""
        self._session_log.note_late_ticks(count)
        self.telemetry.late_ticks += count

    def note_tick_us(self, took_us: int) -> None:
        """Note how long a tick took; telemetry shows the longest."""
        if took_us > self.telemetry.longest_tick_us:
            self.telemetry.longest_tick_us = took_us
