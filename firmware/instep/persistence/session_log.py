"""Log sessions and faults into the journal, in the tick; the journal reaches the flash later, while nothing moves.

An entry holds the levels that the person asked for, not the gentle ones: no answer to the screening is ever stored.
"""

from instep.axes import FEET, TICKS_PER_S
from instep.guard.faults import FAULT_LOOP_STOPPED, NO_FAULT
from instep.session import states
from instep.session.jog import JOG_OFF
from instep.session.outcome import RESULT_FAULT, RESULT_INTERRUPTED, RESULT_STOPPED, STOPPED_NOT
from instep.stroke import scheduler as patterns
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.guard.safe_state import SafeState
    from instep.guard.supervisor import Supervisor
    from instep.session.jog import Jog
    from instep.session.session import Session
    from instep.storage.journal import Journal

# Rollers run down in 0.3 s, presses lift in half a second: after 1 s nothing moves any more. Booting takes longer.
REST_TICKS = TICKS_PER_S
# The temperatures are sampled ten times a second.
_SKIN_EVERY_TICKS = const(10)
_COLDEST_CENTI_C = const(-0x8000)


class SessionLog:
    """Watch session and guard, and log what happens; `tick` comes last in every tick.

    `is_at_rest` is True when nothing has moved or heated for a second, nor is about to.
    """

    def __init__(
        self,
        session: "Session",
        guard: "Supervisor",
        drives: "Drives",
        jog: "Jog",
        outputs: "SafeState",
        journal: "Journal",
    ) -> None:
        self._status = session.status
        self._demands = session.demands
        self._guard = guard
        self._drives = drives
        self._jog = jog
        self._outputs = outputs
        self._journal = journal
        self._state = session.status.state
        self._fault = NO_FAULT
        self._heat_fault = NO_FAULT
        self._is_open = False
        self._rest_ticks = REST_TICKS
        self.is_at_rest = True
        self._highest_force_mn = 0

    def begin(self) -> None:
        """Log at boot a session that power or watchdog cut short, and a reset by the watchdog."""
        cause = FAULT_LOOP_STOPPED if self._guard.has_loop_stopped else NO_FAULT
        if self._journal.is_session_open():
            self._journal.end_session(0, RESULT_INTERRUPTED, STOPPED_NOT, cause)
        self.note(cause)

    def note_late_ticks(self, count: int) -> None:
        """Count ticks that came too late; only those of a session are logged."""
        if self._is_open:
            self._journal.late_ticks += count

    def tick(self) -> None:
        """Log what has changed since the last tick."""
        if self._guard.fault != self._fault or self._guard.heat_fault != self._heat_fault:
            self._note_faults()
        state = self._status.state
        if self._is_open:
            self._watch(state)
        elif state == states.SCREENING and self._status.is_screened:
            self._open()
        self._state = state
        if self._is_resting(state):
            self._rest_ticks = min(self._rest_ticks + 1, REST_TICKS)
            self.is_at_rest = self._rest_ticks == REST_TICKS
        else:
            self._rest_ticks = 0
            self.is_at_rest = False

    def _is_resting(self, state: int) -> bool:
        """Return True if nothing is asked to move; a firmware that fails in every tick has switched everything off."""
        if states.SELFTEST <= state <= states.RETRACT:
            return self._fault != NO_FAULT and self._outputs.is_limp()
        if self._jog.state != JOG_OFF or self._guard.back_off.is_active:
            return False
        return not self._demands.wants_relay and self._status.scheduler.state == patterns.IDLE

    def _note_faults(self) -> None:
        guard = self._guard
        if guard.fault != self._fault:
            self._fault = guard.fault
            self.note(guard.fault)
        if guard.heat_fault != self._heat_fault:
            self._heat_fault = guard.heat_fault
            self.note(guard.heat_fault)

    def note(self, fault: int) -> None:
        """Log a fault or notice; NO_FAULT is not logged."""
        if fault != NO_FAULT:
            self._journal.note_fault(fault, self._state, self._seconds() if self._is_open else 0)

    def _seconds(self) -> int:
        return self._status.clock.ticks // TICKS_PER_S

    def _open(self) -> None:
        """Open the entry of a session that has passed screening."""
        self._is_open = True
        self._highest_force_mn = 0
        self._journal.begin_session(self._status.selection.asked_title)
        self._note_levels()

    def _watch(self, state: int) -> None:
        """Keep the highest figures while the session goes on; complete its entry when it has ended."""
        if self._fault != NO_FAULT or not states.SCREENING <= state <= states.RETRACT:
            self._close(state)
            return
        for press in self._drives.presses:
            if press.force_mn > self._highest_force_mn:
                self._highest_force_mn = press.force_mn
        if self._status.clock.ticks % _SKIN_EVERY_TICKS == 0:
            self._journal.see(self._highest_force_mn, self._skin_centi_c())

    def _skin_centi_c(self) -> int:
        """Return the warmer of the skin sides; a sensor without contact does not count."""
        warmest = _COLDEST_CENTI_C
        for foot in range(FEET):
            heater = self._drives.heaters[foot]
            if heater.skin.sound and heater.skin_centi_c > warmest:
                warmest = heater.skin_centi_c
        return warmest

    def _close(self, state: int) -> None:
        self._journal.see(self._highest_force_mn, self._skin_centi_c())
        self._note_levels()
        status = self._status
        if self._fault != NO_FAULT:
            result = RESULT_FAULT
        elif state == states.IDLE or state == states.OFF:
            result = RESULT_STOPPED
        else:
            result = status.result
        status.selection.people.add_massage(status.clock.active_ticks)
        self._journal.end_session(self._seconds(), result, status.stop_reason, self._fault)
        self._is_open = False

    def _note_levels(self) -> None:
        choices = self._status.selection.choices
        intensity = choices.own_intensity if choices.is_gentle else choices.intensity
        pace = choices.own_pace if choices.is_gentle else choices.pace
        heat = choices.own_heat if choices.is_gentle else choices.heat
        minutes = choices.own_minutes if choices.is_gentle else choices.minutes
        self._journal.note_levels(intensity, pace, heat, minutes, choices.feet)
