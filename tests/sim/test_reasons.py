"""Every end of a session has a reason, and words for it."""

from host_tools import words
from host_tools.words import EXIT_CODES
from instep.guard import faults
from instep.session import outcome, screening
from sim import reasons
from tests.scenarios.machine import simulate, state_of


def test_every_result_has_an_exit_code():
    assert EXIT_CODES == {"done": 0, "stopped": 0, "refused": 2, "fault": 3, "interrupted": 3}
    assert set(EXIT_CODES) == set(outcome.RESULT_NAMES[1:])


def test_every_end_has_words_that_say_what_happened_and_what_to_do():
    simulation = simulate()
    session, guard = simulation.app.session, simulation.app.guard
    found = set()
    for session.status.stop_reason in range(1, len(outcome.STOP_REASONS)):
        found.add(words.words_for(reasons.reason_of(simulation.app), "stopped"))
        assert reasons.reason_of(simulation.app) == outcome.STOP_REASONS[session.status.stop_reason]
    session.status.stop_reason = 0
    for session.status.screening.reason in range(1, screening.REASONS.count()):
        found.add(words.words_for(reasons.reason_of(simulation.app), "refused"))
        assert reasons.reason_of(simulation.app) == screening.REASONS.get(session.status.screening.reason)
    session.status.result = outcome.RESULT_FAULT
    for guard.last_fault in range(1, faults.count()):
        found.add(words.words_for(reasons.reason_of(simulation.app), "fault"))
        assert reasons.reason_of(simulation.app) == faults.name(guard.last_fault)
    found.add(words.words_for("", "done"))
    assert len(found) == len(outcome.STOP_REASONS) + screening.REASONS.count() + faults.count() - 2
    assert all(said.happened.endswith(".") and said.advice.endswith(".") for said in found)


def test_a_session_without_trouble_has_no_reason(demo):
    assert reasons.reason_of(demo.app) == ""
    assert state_of(demo) == "done"
