"""Follow a session on a board to its end, through unplugged cables."""

import time

from host_tools.link.client import Client
from host_tools.link.errors import LinkError
from host_tools.link.reasons import reason_of, result_of
from host_tools.link.telemetry import Telemetry
from host_tools.ports import PortError
from instep.axes import FOOT_NAMES, TICKS_PER_S
from instep.link.protocol import NO_TECHNIQUE
from instep.session import states
from instep.stroke.program import TECHNIQUES
from instep.units import S_PER_MINUTE

_RETRY_S = 1.0
_GIVE_UP_S = 30.0
_BEGIN_S = 3.0


def clock(seconds: float) -> str:
    """Return minutes and seconds."""
    return f"{int(seconds) // S_PER_MINUTE}:{int(seconds) % S_PER_MINUTE:02d}"


class Follower:
    """Look at a session that has just been begun: `result` and `reason` say how it ended once `is_over`."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._has_begun = False
        self._from_s = time.monotonic()
        self._lost_s: float | None = None
        self._now: Telemetry = client.status()
        self.is_over = False
        self.result = ""
        self.reason = ""

    @property
    def session_s(self) -> float:
        """Return how long the session has run since its self-test, seconds."""
        return self._now["session_ticks"] / TICKS_PER_S

    def look(self) -> None:
        """Ask the board; wait a second when it is out of reach, raise LinkError when it stays so for half a minute."""
        try:
            if self._lost_s is not None:
                self._client.reconnect()
            self.note(self._client.status())
            self._lost_s = None
        except (LinkError, PortError):
            now_s = time.monotonic()
            self._lost_s = self._lost_s or now_s
            if now_s - self._lost_s > _GIVE_UP_S:
                raise
            time.sleep(_RETRY_S)

    def note(self, now: Telemetry) -> None:
        """Take what the board has told."""
        self._now = now
        # A session can be begun and over between two looks.
        is_late = time.monotonic() - self._from_s > _BEGIN_S
        self._has_begun = self._has_begun or now.is_session_running or is_late
        if self._has_begun or now.state == states.FAULT:
            self.result = result_of(now)
            self.reason = reason_of(now) if self.result else ""
            self.is_over = bool(self.result)

    def words(self) -> str:
        """Return what the machine does now: the state, in a massage the techniques."""
        parts = []
        for foot, values in zip(FOOT_NAMES, self._now.feet, strict=True):
            if self._now.is_session_running and values["technique"] != NO_TECHNIQUE:
                parts.append(f"{foot} {TECHNIQUES[values['technique']]}")
        state = states.NAMES[self._now.state]
        return f"{state}: {', '.join(parts)}" if parts else state
