"""The picture of the states: every state, and an arrow for each transition."""

from host_tools.docs import states
from instep.session.states import NAMES, STATES, TRANSITIONS
from tests.host_tools.docs.drawn import words_of


def test_each_transition_belongs_to_one_arrow():
    drawn = [(arrow.source, event, arrow.target) for arrow in states.arrows() for event in arrow.events]
    assert sorted(drawn) == sorted(TRANSITIONS)


def test_every_state_and_arrow_is_drawn():
    words = words_of(states.render())
    assert set(states.ROLES) == set(range(STATES))
    assert sorted(words) == sorted([*NAMES, *states.ROLES.values(), *(each.label for each in states.arrows())])
