"""What happens when a tick fails, or the loop stands still."""

from instep.guard.faults import FAULT_DEVICE_SILENT, FAULT_INTERNAL, FAULT_LOOP_LATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.deadman_timer import DeadmanTimer
    from instep.guard.safe_state import SafeState
    from instep.guard.supervisor import Supervisor
    from instep.persistence.session_log import SessionLog


class Failsafe:
    """Report every good tick to the deadman timer; after a bad one, make the outputs safe and trip a fault."""

    def __init__(
        self, outputs: "SafeState", deadman: "DeadmanTimer", guard: "Supervisor", session_log: "SessionLog"
    ) -> None:
        self._outputs = outputs
        self._deadman = deadman
        self._relay = guard.relay
        # Bound here: binding a method allocates, and the heap is locked in a tick.
        self._trip = guard.trip
        self._log = session_log.tick

    def note_good_tick(self) -> None:
        """Keep the outputs: the loop is alive."""
        self._outputs.note_good_tick()
        self._deadman.beat()

    def fail(self, error: Exception) -> None:
        """Switch everything off and latch the fault; each step is tried, whatever the others raise."""
        self._outputs.make_safe()
        self._outputs.attempt_with(self._trip, FAULT_DEVICE_SILENT if isinstance(error, OSError) else FAULT_INTERNAL)
        self._outputs.attempt(self._log)

    def check_cut(self) -> None:
        """Trip if the deadman timer has cut the outputs while anything was powered.

        At rest it may cut as well: saving to the flash takes that long.
        """
        if self._deadman.has_cut:
            self._deadman.has_cut = False
            if self._relay.is_commanded_closed:
                self._trip(FAULT_LOOP_LATE)
