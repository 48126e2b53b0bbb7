"""The simulated person: reads, answers truthfully, and presses no button that is not asked for."""

import pytest

from instep import user_events
from instep.axes import DISPLAY_COLUMNS
from instep.session import screening
from sim.hal import SimButtons, SimDisplay
from sim.options import ANSWERS
from sim.person import HOLD_TICKS, LOTION_TICKS, READ_TICKS, Person
from tests.firmware.panel.test_text import wrapped

ALL_YES = dict.fromkeys(ANSWERS, True)
ALL_NO = dict.fromkeys(ANSWERS, False)


class Bench:
    """A person before a display that shows what the test says."""

    def __init__(self, answers=ANSWERS):
        self.buttons = SimButtons()
        self.display = SimDisplay()
        self.person = Person(answers, self.buttons, self.display)
        self.presses = []

    def show(self, title, text=""):
        rows = [title, *wrapped(text)]
        for row in range(8):
            shown = rows[row] if row < len(rows) else ""
            self.display.write_row(row, bytearray(shown.ljust(DISPLAY_COLUMNS).encode()))

    def ticks(self, count):
        """Pass time; return the buttons pressed in it."""
        pressed = []
        for _ in range(count):
            before = self.buttons.held
            self.person.tick()
            if self.buttons.held & ~before:
                pressed.append(self.buttons.held & ~before)
        return pressed


def test_a_session_is_started_once():
    bench = Bench()
    bench.show("INSTEP")
    assert bench.ticks(20 * READ_TICKS) == [user_events.START]


def test_a_button_is_held_and_released():
    bench = Bench()
    bench.show("INSTEP")
    while not bench.buttons.held:
        bench.ticks(1)
    bench.ticks(HOLD_TICKS - 1)
    assert bench.buttons.held == user_events.START
    bench.ticks(1)
    assert bench.buttons.held == 0


def test_a_screen_is_read_before_it_is_answered():
    bench = Bench()
    bench.show("INSTEP")
    bench.ticks(READ_TICKS)
    assert bench.ticks(READ_TICKS - 1) == []
    assert bench.ticks(1) == [user_events.START]


@pytest.mark.parametrize("question", range(screening.ASK_NOTHING))
@pytest.mark.parametrize(("answers", "button"), [(ALL_YES, user_events.PLUS), (ALL_NO, user_events.MINUS)])
def test_every_question_is_answered_with_yes_or_no(question, answers, button):
    bench = Bench(answers)
    bench.show("BEFORE WE START", screening.QUESTIONS.get(question))
    assert bench.ticks(2 * READ_TICKS) == [button]


@pytest.mark.parametrize(
    ("fact", "question"),
    [
        ("physician", screening.ASK_PHYSICIAN),
        ("confirm", screening.ASK_CONFIRM),
        ("swollen", screening.ASK_SWOLLEN),
        ("warts", screening.ASK_SKIN),
        ("blisters", screening.ASK_SKIN),
        ("clot", screening.ASK_INJURY),
        ("injury", screening.ASK_INJURY),
        ("gout", screening.ASK_CARE),
        ("diabetes", screening.ASK_CARE),
        ("numb", screening.ASK_CARE),
        ("pregnant", screening.ASK_BLOOD),
        ("thinners", screening.ASK_BLOOD),
        ("consent", screening.ASK_CONSENT),
    ],
)
def test_each_question_gets_the_persons_own_answer(fact, question):
    for asked in range(screening.ASK_NOTHING):
        bench = Bench({**ALL_NO, fact: True})
        bench.show("BEFORE WE START", screening.QUESTIONS.get(asked))
        assert bench.ticks(2 * READ_TICKS) == [user_events.PLUS if asked == question else user_events.MINUS]


def test_the_lotion_takes_its_time():
    bench = Bench()
    bench.show("LOTION", "Spread warm lotion over both feet.")
    bench.ticks(READ_TICKS)
    assert bench.ticks(LOTION_TICKS - 1) == []
    assert bench.ticks(READ_TICKS + 1) == [user_events.START]


@pytest.mark.parametrize("title", ["SELF-TEST", "MEASURING", "WARMING UP", "smooth", "PAUSED", "STOPPED FOR SAFETY"])
def test_nothing_is_pressed_where_nothing_is_asked(title):
    bench = Bench()
    bench.show(title)
    assert bench.ticks(2 * LOTION_TICKS) == []


def test_other_hands_on_the_buttons_are_left_alone():
    bench = Bench()
    bench.buttons.held = user_events.STOP
    bench.show("INSTEP")
    bench.ticks(2 * READ_TICKS + HOLD_TICKS)
    assert bench.buttons.held == user_events.STOP
