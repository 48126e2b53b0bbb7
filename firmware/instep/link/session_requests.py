"""Requests that concern a session: each becomes a bit of `user_events` for the next tick, or changes a level.

Nothing moves or heats because of a request alone. START leads to the questions, which are answered at the machine;
RESUME only ends a pause that came from the laptop; a fault is acknowledged at the machine.
"""

from instep import user_events
from instep.guard.faults import NO_FAULT
from instep.levels import (
    FEET_MASKS,
    GENTLE_INTENSITY,
    HEAT_MAX,
    HEAT_OFF,
    INTENSITY_MAX,
    INTENSITY_MIN,
    MINUTES,
    PACE_MAX,
    PACE_MIN,
)
from instep.link import protocol
from instep.session import states
from instep.stroke import scheduler as patterns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.supervisor import Supervisor
    from instep.link.exchange import Exchange
    from instep.link.telemetry import Telemetry
    from instep.session.session import Session

# The states in which the panel changes levels too.
_LEVEL_STATES = (states.IDLE, states.WARM, states.RUN, states.PAUSED, states.CLOSING)


class SessionRequests:
    """One method per request, which returns the answer; `bits` are the user events for the next tick."""

    def __init__(self, exchange: "Exchange", session: "Session", guard: "Supervisor", telemetry: "Telemetry") -> None:
        self._exchange = exchange
        self._session = session
        self._guard = guard
        self._telemetry = telemetry
        self.bits = 0

    def tick(self, pressed: int) -> int:
        """Return the bits for this tick and clear them; `pressed` are the panel's.

        A person who presses a button at the machine, or lifts a foot out, has taken over: only they can end a pause.
        """
        bits = self.bits
        self.bits = 0
        session = self._session
        if (
            pressed
            or not session.status.feet.are_in
            or (session.state != states.PAUSED and not bits & user_events.PAUSE)
        ):
            self._telemetry.is_paused_here = False
        return bits

    def stop(self) -> int:
        """Press STOP."""
        self.bits |= user_events.STOP
        return protocol.ANSWER_DONE

    def start(self) -> int:
        """Show the menu after a session; at the menu begin the questions."""
        state = self._session.state
        if state == states.FAULT:
            return protocol.ANSWER_FAULT
        if state == states.WARM or state == states.SCREENING or state == states.OFF:
            return protocol.ANSWER_AT_MACHINE
        if not self._session.is_at_rest():
            return protocol.ANSWER_NOT_IDLE
        if self._guard.notices.first() != NO_FAULT:
            return protocol.ANSWER_AT_MACHINE
        self.bits |= user_events.BEGIN
        return protocol.ANSWER_DONE

    def pause(self) -> int:
        """Pause the massage; the laptop may end this pause."""
        if self._session.state != states.RUN and self._session.state != states.CLOSING:
            return protocol.ANSWER_NOT_RUNNING
        self.bits |= user_events.PAUSE
        self._telemetry.is_paused_here = True
        return protocol.ANSWER_DONE

    def resume(self) -> int:
        """End a pause that came from the laptop."""
        session = self._session
        if session.state != states.PAUSED:
            return protocol.ANSWER_NOT_RUNNING
        if not self._telemetry.is_paused_here or not session.status.feet.are_in:
            return protocol.ANSWER_AT_MACHINE
        if session.status.scheduler.state != patterns.PAUSED:
            return protocol.ANSWER_BUSY
        self.bits |= user_events.RESUME
        return protocol.ANSWER_DONE

    def next(self) -> int:
        """Go on to the next technique, after a pause when it ends."""
        if self._session.state != states.RUN and self._session.state != states.PAUSED:
            return protocol.ANSWER_NOT_RUNNING
        self.bits |= user_events.NEXT
        return protocol.ANSWER_DONE

    def level(self) -> int:
        """Change a level where the panel allows it too."""
        state = self._session.state
        if state == states.FAULT:
            return protocol.ANSWER_FAULT
        level = self._exchange.u8(0)
        is_fixed = level == protocol.LEVEL_MINUTES or level == protocol.LEVEL_FEET
        if state not in _LEVEL_STATES or (is_fixed and state != states.IDLE):
            return protocol.ANSWER_NOT_IDLE
        is_kept_gentle = level != protocol.LEVEL_INTENSITY and self._session.selection.choices.is_gentle
        return protocol.ANSWER_GENTLE if is_kept_gentle else self._set_level(level, self._exchange.u8(1))

    def _set_level(self, level: int, value: int) -> int:
        choices = self._session.selection.choices
        if level == protocol.LEVEL_INTENSITY and INTENSITY_MIN <= value <= INTENSITY_MAX:
            if choices.is_gentle and value > GENTLE_INTENSITY:
                return protocol.ANSWER_GENTLE
            choices.intensity = value
        elif level == protocol.LEVEL_PACE and PACE_MIN <= value <= PACE_MAX:
            choices.pace = value
        elif level == protocol.LEVEL_HEAT and HEAT_OFF <= value <= HEAT_MAX:
            choices.heat = value
        elif level == protocol.LEVEL_MINUTES and value in MINUTES:
            choices.minutes = value
        elif level == protocol.LEVEL_FEET and value < len(FEET_MASKS):
            choices.feet = value
        else:
            return protocol.ANSWER_RANGE
        return protocol.ANSWER_DONE
