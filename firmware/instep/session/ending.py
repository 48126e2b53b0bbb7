"""The end of a session: letting the feet go, and what the result is."""

from instep.session import states
from instep.session.demands import DRIVE_FOLLOW
from instep.session.outcome import RESULT_DONE, RESULT_STOPPED, STOPPED_NOT
from instep.session.states import NO_EVENT
from instep.stroke import scheduler as patterns
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.session.demands import Demands
    from instep.session.status import Status

# A roller that was let go at full speed follows its setpoint home at 20 mm/s, from 40 mm behind it at most: 2 s. It
# rests within 0.15 mm.
_WAIT_MAX_TICKS = const(500)
_HOME_WITHIN_UM = const(1_000)


class Ending:
    """Let go with the rollers coasting, then bring everything home slowly."""

    def __init__(self, status: "Status", demands: "Demands", drives: "Drives") -> None:
        self._status = status
        self._demands = demands
        self._drives = drives
        self._is_way_cut = False
        self._waited_ticks = 0

    def enter_retract(self) -> None:
        """Lift everything off the feet."""
        # Without a home, as in the middle of the self-test, there is no way to go.
        self._is_way_cut = not self._drives.is_homed()
        self._waited_ticks = 0
        self._status.scheduler.stop()

    def enter_done(self) -> None:
        """Switch everything off, note the result and what was skipped; what a gentle session skips does not count."""
        self._demands.power_off()
        self._demands.wants_servos = False
        self._status.result = RESULT_DONE if self._status.stop_reason == STOPPED_NOT else RESULT_STOPPED
        selection = self._status.selection
        scheduler = self._status.scheduler
        if self._status.clock.has_begun and not selection.choices.is_gentle:
            selection.people.note_skips(scheduler.given, scheduler.skipped, scheduler.skipped_twice)

    def cut_way(self) -> None:
        """Leave the rollers where they are, if they are on their way home: STOP was pressed again.

        The next self-test finds their home.
        """
        if not self._status.scheduler.is_letting_go():
            self._is_way_cut = True

    def tick(self, pressed: int) -> int:
        """Retract."""
        scheduler = self._status.scheduler
        scheduler.tick()
        if not scheduler.is_letting_go() and not self._is_way_cut:
            self._demands.drive_mode = DRIVE_FOLLOW
        if scheduler.state != patterns.IDLE:
            return NO_EVENT
        return states.GO if self._is_way_cut or self._are_rollers_home() else NO_EVENT

    def _are_rollers_home(self) -> bool:
        """Return True if the rollers have come home, or have had enough time for it."""
        self._waited_ticks += 1
        if self._waited_ticks > _WAIT_MAX_TICKS:
            return True
        for roller in self._drives.rollers:
            if not -_HOME_WITHIN_UM <= roller.position_um <= _HOME_WITHIN_UM:
                return False
        return True
