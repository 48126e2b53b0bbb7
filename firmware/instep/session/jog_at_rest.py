"""Let jogging and cleaning go on while the session rests: what a tick does about them."""

from instep.guard.faults import NO_FAULT
from instep.guard.selftest import FAILED
from instep.people import UNCLEANED
from instep.session.jog import JOG_CLEANED, JOG_CLEANING, JOG_OFF
from instep.session.states import IDLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.supervisor import Supervisor
    from instep.session.jog import Jog
    from instep.session.session import Session


def advance(jog: "Jog", session: "Session", guard: "Supervisor", is_untouched: bool) -> None:
    """Advance `jog` by one tick: a button that is down ends jogging, an event of a button ends cleaning.

    `is_untouched`: no button is down, and none had an event in this tick.
    """
    status = session.status
    if jog.state == JOG_OFF:
        if not status.page.wants_cleaning:
            return
        jog.clean()
    status.page.wants_cleaning = False
    is_cleaning = jog.state >= JOG_CLEANING
    if is_cleaning and jog.selftest_state() == FAILED:
        guard.trip(jog.selftest_fault())
    is_idle = status.state == IDLE and guard.fault == NO_FAULT
    jog.tick(is_idle and (is_untouched or is_cleaning))
    if jog.state == JOG_CLEANED:
        session.selection.people.put(UNCLEANED, 0)
