"""The buttons that answer the questions before a session, found by asking the firmware's own screening.

So a question that is added or moved changes no script that answers them.
"""

from instep import user_events
from instep.session.screening import ASK_CARE, ASK_CONSENT, ASK_PHYSICIAN, PENDING, Screening


def buttons_for(*yes: int) -> tuple[int, ...]:
    """Return the buttons from the first question to the verdict: *yes* to the questions `yes`, *no* to the others."""
    screening = Screening()
    pressed: list[int] = []
    while screening.verdict == PENDING:
        is_yes = screening.question in yes
        pressed.append(user_events.PLUS if is_yes else user_events.MINUS)
        screening.answer(is_yes)
    return tuple(pressed)


def names_of(buttons: tuple[int, ...]) -> tuple[str, ...]:
    """Return the names of buttons."""
    return tuple(user_events.NAMES[button.bit_length() - 1] for button in buttons)


# A person who may have any massage, and one whose feet need care, with a physician's consent.
HEALTHY = buttons_for(ASK_PHYSICIAN)
CAREFUL = buttons_for(ASK_PHYSICIAN, ASK_CARE, ASK_CONSENT)
