"""The end of a session: letting the feet go, and what the result is."""

from instep.session import states
from instep.session.demands import DRIVE_FOLLOW
from instep.session.outcome import RESULT_DONE, RESULT_STOPPED, STOPPED_NOT
from instep.session.states import NO_EVENT
from instep.stroke import scheduler as patterns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.session.demands import Demands
    from instep.session.status import Status


class Ending:
    """Let go with the rollers coasting, then bring everything home slowly."""

    def __init__(self, status: "Status", demands: "Demands") -> None:
        self._status = status
        self._demands = demands
        self._is_way_cut = False

    def enter_retract(self) -> None:
        """Lift everything off the feet."""
        self._is_way_cut = False
        self._status.scheduler.stop()

    def enter_done(self) -> None:
        """Switch everything off and note the result."""
        self._demands.power_off()
        self._demands.wants_servos = False
        self._status.result = RESULT_DONE if self._status.stop_reason == STOPPED_NOT else RESULT_STOPPED

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
        return states.GO if scheduler.state == patterns.IDLE else NO_EVENT
