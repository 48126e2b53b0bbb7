"""docs/buttons.md says what the buttons do: it is found again by pressing them."""

from instep.session import states
from sim.button_table import PAGE, page, situations


def test_the_table_of_the_buttons_is_what_pressing_them_does():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_state_of_the_session_is_in_the_table():
    reached = {simulation.app.session.state for _, simulation in situations()}
    assert reached == set(range(states.STATES))
