"""A technique that a person has skipped twice is offered to be left out, and is then not given to this person."""

import pytest

from instep import user_events
from instep.people import LEFT_OUT, SKIPPED_ONCE, SKIPPED_TWICE, WHO
from instep.session.choose_page import ROW_TECHNIQUES, ROW_WHO
from instep.stroke.program import PULL, SLIDE, SMOOTH, SOLE, TOP
from sim.answers import HEALTHY
from tests.firmware.panel.shown import Shown
from tests.firmware.sessions import Bench

NO = 0
TICKS_MAX = 30_000


def until(bench, condition):
    """Let the massage go on until a condition holds."""
    for _ in range(TICKS_MAX):
        if condition():
            return
        bench.ticks()
    raise AssertionError(f"{bench.state}, technique {bench.scheduler.technique(0)}")


def go_to(bench, technique):
    """Let the massage go on to a technique."""
    until(bench, lambda: bench.scheduler.technique(0) == technique)


def skip(bench, technique):
    """Skip a technique when it comes, and let the next one begin."""
    go_to(bench, technique)
    bench.press(user_events.PROGRAM)
    turns = bench.scheduler.turns
    until(bench, lambda: bench.scheduler.turns > turns)


def end(bench):
    bench.press(user_events.STOP)
    bench.until("done")
    bench.press(user_events.START)


def massage(bench, *skipped, is_careful=False):
    """Begin a massage from the start page, skip techniques as they come, and stop it."""
    bench.go_to("run", is_careful)
    bench.until_stroke()
    for technique in skipped:
        skip(bench, technique)
    end(bench)


def skips(bench):
    people = bench.session.selection.people
    return tuple(people.get(number) for number in (SKIPPED_ONCE, SKIPPED_TWICE, LEFT_OUT))


def test_a_technique_skipped_twice_in_one_session_is_offered():
    bench = Bench("quick")
    massage(bench, TOP, TOP)
    assert skips(bench) == (NO, 1 << TOP, NO)


def test_a_technique_skipped_in_two_sessions_is_offered():
    bench = Bench("quick")
    massage(bench, TOP)
    assert skips(bench) == (1 << TOP, NO, NO)
    massage(bench, TOP)
    assert skips(bench) == (NO, 1 << TOP, NO)


def test_a_session_that_gives_the_technique_without_a_skip_counts_from_the_beginning():
    bench = Bench("quick")
    massage(bench, TOP)
    massage(bench, SOLE, SOLE)
    assert skips(bench) == (NO, 1 << SOLE, NO)
    massage(bench, TOP)
    assert skips(bench) == (1 << TOP, 1 << SOLE, NO), "the sole was begun, not given to its end"


def test_an_offer_ends_with_a_session_in_which_the_technique_is_given():
    bench = Bench("quick")
    massage(bench, TOP, TOP)
    bench.go_to("run")
    go_to(bench, SOLE)
    end(bench)
    assert skips(bench) == (NO, NO, NO)


def test_a_program_without_the_technique_changes_nothing_about_it():
    bench = Bench("quick", "toes")
    massage(bench, TOP)
    assert bench.session.selection.choose_program("toes")
    bench.go_to("run")
    go_to(bench, SLIDE)
    end(bench)
    assert skips(bench)[0] == 1 << TOP


def test_two_presses_in_one_technique_are_one_skip_also_in_a_pause():
    bench = Bench("quick").go_to("run")
    bench.until_stroke()
    bench.press(user_events.PROGRAM, user_events.PROGRAM)
    bench.press(user_events.START)
    bench.press(user_events.PROGRAM)
    end(bench)
    assert skips(bench) == (1 << TOP, NO, NO)


def test_a_skip_of_the_last_strokes_does_not_count():
    bench = Bench("demo").go_to("run")
    bench.scheduler.finish(now=True)
    bench.until("closing")
    bench.press(user_events.PROGRAM)
    bench.until("done")
    assert skips(bench) == (NO, NO, NO)


def test_what_a_gentle_session_skips_does_not_count():
    bench = Bench("quick")
    massage(bench, TOP, TOP, is_careful=True)
    assert skips(bench) == (NO, NO, NO)


@pytest.mark.parametrize("end_before", ["self-test", "warm"])
def test_a_session_that_ends_before_its_first_stroke_does_not_count_the_one_before_again(end_before):
    bench = Bench("quick")
    massage(bench, TOP)
    bench.go_to(end_before)
    end(bench)
    assert skips(bench) == (1 << TOP, NO, NO)


def test_what_is_left_out_is_not_given_and_the_other_techniques_are():
    bench = Bench("quick")
    bench.session.selection.people.put(LEFT_OUT, 1 << TOP)
    bench.go_to("run")
    for _ in range(3):
        turns = bench.scheduler.turns
        until(bench, lambda turns=turns: bench.scheduler.turns > turns)
        go_to(bench, SOLE)
    assert bench.scheduler.given == 1 << SOLE
    assert bench.scheduler.turns >= 4


def test_the_closing_strokes_are_given_also_if_their_technique_is_left_out():
    bench = Bench("classic")
    bench.session.selection.people.put(LEFT_OUT, 1 << SMOOTH)
    bench.go_to("run")
    bench.until_stroke()
    bench.scheduler.finish(now=True)
    bench.until("closing")
    go_to(bench, SMOOTH)


def test_a_program_of_which_nothing_is_left_does_not_begin_and_says_so():
    shown = Shown("idle", "toes")
    shown.bench.session.selection.people.put(LEFT_OUT, 1 << PULL | 1 << SLIDE)
    shown.bench.press(user_events.START, *HEALTHY)
    shown.bench.until("done")
    assert "NOT BEGUN No strokes of this program are left for your feet." in shown.look()


def row_of(shown):
    page = shown.bench.session.status.page
    return page.rows[page.at]


def offered(*techniques, state="idle"):
    shown = Shown(state, "classic")
    people = shown.bench.session.selection.people
    people.put(SKIPPED_TWICE, sum(1 << technique for technique in techniques))
    return shown, people


def test_the_start_page_says_that_there_is_an_offer_and_the_page_opens_at_it():
    shown, _ = offered(SLIDE)
    assert "Skipped 2x: HEAT held" in shown.look()
    shown.bench.press(user_events.HEAT_HELD)
    assert row_of(shown) == ROW_TECHNIQUES + SLIDE
    assert ">TOE SLIDE + skips" in shown.look()


def test_plus_leaves_the_technique_out_minus_gives_it_again_and_its_row_stays_meanwhile():
    shown, people = offered(TOP)
    shown.bench.press(user_events.HEAT_HELD, user_events.PLUS)
    assert people.get(LEFT_OUT) == 1 << TOP and ">TOP OF FOOT left out" in shown.look()
    shown.bench.press(user_events.MINUS)
    assert people.get(LEFT_OUT) == 0 and ">TOP OF FOOT given" in shown.look()
    shown.bench.press(user_events.PLUS, user_events.HEAT_HELD)
    words = shown.look()
    assert "1 left out" in words and "HEAT held: more" in words
    shown.bench.press(user_events.HEAT_HELD)
    assert row_of(shown) == ROW_WHO and " TOP OF FOOT left out" in shown.look()


def test_an_offer_that_is_declined_is_not_made_again_before_two_more_skips():
    shown, people = offered(TOP)
    shown.bench.press(user_events.HEAT_HELD, user_events.MINUS, user_events.HEAT_HELD)
    assert "HEAT held: more" in shown.look()
    assert [people.get(number) for number in (SKIPPED_ONCE, SKIPPED_TWICE, LEFT_OUT)] == [NO, NO, NO]


def test_an_offer_that_is_ignored_changes_nothing():
    shown, _ = offered(TOP)
    shown.bench.go_to("run")
    shown.bench.until_stroke()
    go_to(shown.bench, TOP)


def test_what_is_left_out_is_each_persons_own():
    shown, people = offered(TOP)
    shown.bench.press(user_events.HEAT_HELD, user_events.PLUS)
    shown.bench.press(*[user_events.PROGRAM] * 2, user_events.PLUS)
    assert people.get(WHO) == 1 and people.get(LEFT_OUT) == 0
    assert "TOP OF FOOT" not in shown.look()
    shown.bench.press(user_events.MINUS)
    assert " TOP OF FOOT left out" in shown.look()


def test_the_rows_of_a_page_with_every_technique_are_reached_and_shown():
    shown, _ = offered(*range(7))
    shown.bench.press(user_events.HEAT_HELD)
    page = shown.bench.session.status.page
    rows = set()
    for _ in range(page.count):
        shown.look()
        chosen = [row for row in shown.display.rows[:7] if row.startswith(">")]
        assert len(chosen) == 1 and len(chosen[0]) <= 21
        rows.add(chosen[0])
        shown.bench.press(user_events.PROGRAM)
    assert len(rows) == page.count == 14


def test_in_the_massage_no_technique_has_a_row():
    shown, _ = offered(SLIDE)
    shown.bench.go_to("run")
    shown.bench.press(user_events.HEAT_HELD)
    assert shown.bench.session.status.page.count == 5
