"""The way from a laptop's request to the restart for maintenance."""

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.safe_state import SafeState
    from instep.storage.store import Store

# Half a second from safe outputs to the restart: presses lift, the reply leaves.
_LEAVE_TICKS = const(50)


class MaintenanceExit:
    """Keep everything off and save what waits, until the loop restarts the board."""

    def __init__(self, outputs: "SafeState", store: "Store") -> None:
        self._outputs = outputs
        self._store = store
        self._ticks = 0

    def tick(self) -> None:
        """Do the work of a tick; nothing else is done in it."""
        self._outputs.make_safe()
        self._store.hurry()
        self._ticks = min(self._ticks + 1, _LEAVE_TICKS)

    def is_over(self) -> bool:
        """Return True if the board may restart now."""
        return self._ticks == _LEAVE_TICKS
