"""The states of the strokes: running, paused and closing."""

from instep import user_events
from instep.session import states
from instep.session.demands import DRIVE_FOLLOW
from instep.session.outcome import STOPPED_PAUSED_LONG
from instep.session.states import NO_EVENT
from instep.stroke import scheduler as patterns
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.session.demands import Demands
    from instep.session.status import Status

# Lingering ends so much earlier: the way to and fro, the way back and the start of the rest take 3.3 s at most.
_STAY_ENDING_TICKS = const(350)


class Running:
    """Play the program."""

    def __init__(self, status: "Status", demands: "Demands") -> None:
        self._status = status
        self._demands = demands

    def enter_paused(self) -> None:
        """Lift everything off the feet and keep the place."""
        self._status.scheduler.pause()

    def tick(self, pressed: int) -> int:
        """Run or close: play, and take the person's wishes."""
        status = self._status
        scheduler = status.scheduler
        selection = status.selection
        if pressed:
            if pressed & (user_events.START | user_events.PAUSE):
                return states.PAUSE
            if pressed & (user_events.PROGRAM | user_events.NEXT):
                scheduler.next_technique()
            if pressed & user_events.PROGRAM_HELD:
                scheduler.stay()
            selection.change_levels(pressed)
        selection.send_levels(scheduler)
        owed_ticks = scheduler.owed_ticks()
        if status.clock.is_limit_near():
            scheduler.finish(now=True)
        elif status.clock.is_time_up(owed_ticks):
            scheduler.finish()
        elif scheduler.is_staying() and status.clock.is_time_up(owed_ticks, _STAY_ENDING_TICKS):
            scheduler.end_stay()
        scheduler.tick()
        if not status.clock.has_begun and scheduler.has_begun():
            status.clock.has_begun = True
        self._demands.drive_mode = DRIVE_FOLLOW
        self._demands.heat_centi_c = selection.choices.heat_centi_c()
        if scheduler.is_finished:
            return states.GO
        return states.END if scheduler.is_closing else NO_EVENT

    def tick_paused(self, pressed: int) -> int:
        """Wait for START with the feet in; end when the session's time is up. A skip counts from START on."""
        status = self._status
        scheduler = status.scheduler
        if pressed & (user_events.PROGRAM | user_events.NEXT):
            scheduler.next_technique()
        status.selection.change_levels(pressed)
        scheduler.tick()
        if not scheduler.is_letting_go():
            self._demands.drive_mode = DRIVE_FOLLOW
        if status.clock.is_limit_near():
            status.stop_reason = STOPPED_PAUSED_LONG
            return states.STOP
        if not pressed & (user_events.START | user_events.RESUME):
            return NO_EVENT
        if not status.feet.are_in or scheduler.state != patterns.PAUSED:
            return NO_EVENT
        status.selection.send_levels(scheduler)
        scheduler.resume()
        return states.GO
