"""Follow a session on a board to its end, even if the cable is pulled and put back."""

from host_tools.link.client import Client
from host_tools.link.errors import LinkError
from host_tools.link.reasons import reason_of, result_of
from host_tools.link.telemetry import Telemetry
from host_tools.ports import PortError
from host_tools.words import which_roller, words_for
from instep.axes import FOOT_NAMES, TICKS_PER_S
from instep.link.protocol import NO_TECHNIQUE
from instep.session import states
from instep.stroke.program import TECHNIQUES

_RETRY_S = 1.0
_GIVE_UP_S = 30.0
_BEGIN_S = 3.0


class Follower:
    """Observe a session that has just been started; once `is_over`, `result` and `reason` say how it ended."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._clock = client.clock
        self._has_begun = False
        self._from_s = self._clock.now_s()
        self._lost_s: float | None = None
        self._now: Telemetry = client.status()
        self.is_over = False
        self.result = ""
        self.reason = ""
        self._roller = ""

    @property
    def session_s(self) -> float:
        """Return the seconds since the session's self-test."""
        return self._now["session_ticks"] / TICKS_PER_S

    def look(self) -> None:
        """Ask the board; wait 1 s when it is out of reach, raise LinkError when it stays out of reach for 30 s."""
        try:
            if self._lost_s is not None:
                self._client.reconnect()
            self.note(self._client.status())
            self._lost_s = None
        except (LinkError, PortError):
            now_s = self._clock.now_s()
            self._lost_s = now_s if self._lost_s is None else self._lost_s
            if now_s - self._lost_s > _GIVE_UP_S:
                raise
            self._clock.sleep(_RETRY_S)

    def note(self, now: Telemetry) -> None:
        """Update result and reason from telemetry."""
        self._now = now
        # A session can begin and end between two looks.
        is_late = self._clock.now_s() - self._from_s > _BEGIN_S
        self._has_begun = self._has_begun or now.is_session_running or is_late
        if self._has_begun or now.state == states.FAULT:
            self.result = result_of(now)
            self.reason = reason_of(now) if self.result else ""
            self._roller = which_roller(now["flags"])
            self.is_over = bool(self.result)

    def ending(self) -> str:
        """Return how the session ended, and what to do: sentences."""
        words = words_for(self.reason, self.result)
        return " ".join(text for text in (words.happened, self._roller, words.advice) if text)

    def words(self) -> str:
        """Return the session's state and, in a massage, each foot's technique."""
        parts = []
        for foot, values in zip(FOOT_NAMES, self._now.feet, strict=True):
            if self._now.is_session_running and values["technique"] != NO_TECHNIQUE:
                parts.append(f"{foot} {TECHNIQUES[values['technique']]}")
        state = states.NAMES[self._now.state]
        return f"{state}: {', '.join(parts)}" if parts else state
