"""What a campaign has shown: the table and its page."""

from html.parser import HTMLParser
from typing import Any

import pytest

from sim.campaign.page import page
from sim.campaign.plan import PHASES, RANDOM_PRESSES
from sim.campaign.table import table_of
from tests.sim.campaign_rows import lawful_row, row_of

BAD: dict[str, dict[str, Any]] = {
    "missed": {"missed": True, "reaction_ok": False, "noticed_tick": None, "delay_ms": None},
    "over_budget": {"over_budget": True, "delay_ms": 101},
    "wrong_reactions": {"reaction_ok": False},
    "false_trips": {"false_trip": True},
    "unreached": {"reached": False},
}


class Checker(HTMLParser):
    """Note tags that do not match and everything that would be loaded from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.wrong += [f"{tag} {name}" for name, _ in attrs if name in ("src", "href", "onclick")]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_data(self, data):
        self.text.append(data)


def text_of(html: str) -> str:
    """Return the page's text; fail when its tags do not match or it loads anything."""
    checker = Checker()
    checker.feed(html)
    assert not checker.wrong
    assert not checker.open
    return " ".join(checker.text).replace("\xa0", " ")


def test_times_are_the_lower_median_and_the_worst_of_the_noticed_runs():
    rows = [row_of(str(at), delay_ms=delay_ms) for at, delay_ms in enumerate((90, 10, 30, 20))]
    rows.append(row_of("5", onset_tick=None, noticed_tick=None, delay_ms=None))
    cell = table_of(rows).faults[0].whole

    assert (cell.median_ms, cell.worst_ms) == (20, 90)
    assert (cell.runs, cell.shown) == (5, 4)


def test_a_campaign_without_a_bad_run_is_good():
    table = table_of([row_of("a"), lawful_row("b")])

    assert table.is_good
    assert table.faults[0].whole.is_good
    assert "held" in text_of(page(table))


@pytest.mark.parametrize("what", BAD)
def test_one_bad_run_breaks_the_campaign_and_is_counted_once(what):
    table = table_of([row_of("a"), row_of("b", phase="sole", **BAD[what]), lawful_row("c")])

    assert not table.is_good
    assert [row["key"] for row in table.failures] == ["b"]
    assert {name: getattr(table, name) for name in BAD} == {name: int(name == what) for name in BAD}
    phases = dict(zip(PHASES, table.faults[0].phases, strict=True))
    assert phases["top"].is_good
    assert not phases["sole"].is_good
    assert "broken" in text_of(page(table))


def test_a_false_trip_is_reported_with_its_levels():
    table = table_of([row_of("a"), lawful_row("b", ambient_c=10.0), lawful_row("c", ambient_c=35.0, false_trip=True)])

    assert [(row.ambient_c, row.false_trips) for row in table.lawful] == [(10.0, 0), (35.0, 1)]
    assert table.false_trips == 1
    assert not table.is_good


def test_the_order_of_the_rows_changes_nothing():
    rows = [row_of("b", fault="supply_low"), row_of("a"), lawful_row("c"), row_of("d", **BAD["missed"])]

    assert table_of(rows) == table_of(rows[::-1])
    assert page(table_of(rows)) == page(table_of(rows[::-1]))


def test_the_page_names_budget_median_and_worst_of_every_fault():
    rows = [row_of("a", delay_ms=40), row_of("b", delay_ms=80), row_of("c", fault="supply_low", budget_ms=60_000)]
    text = text_of(page(table_of(rows)))

    assert "emergency stop" in text
    for time in ("100 ms", "40 ms", "80 ms", "80 %", "60 s"):
        assert time in text


def test_the_page_names_each_failure_and_its_delay():
    text = text_of(page(table_of([row_of("one/of/many", **BAD["over_budget"])])))

    assert "late: 101 ms of 100 ms" in text
    assert "one/of/many" in text


def test_a_page_of_many_failures_gives_the_number_left_out():
    text = text_of(page(table_of([row_of(f"{at:03}", **BAD["missed"]) for at in range(100)])))

    assert "60 more" in text
    assert "039" in text
    assert "040" not in text


def test_text_from_the_rows_cannot_become_markup():
    html = page(table_of([row_of("<b>", fault="<i>x", wrong="<script>", **BAD["wrong_reactions"])]))

    text_of(html)
    assert "<script>" not in html
    assert "<b>" not in html


def test_random_presses_have_a_line_of_their_own():
    pressed = [
        lawful_row(str(at), phase=RANDOM_PRESSES, program=program, ticks=360_000, peak_force_n=20.0 + at)
        for at, program in enumerate(("classic", "quick", "quick"))
    ]
    table = table_of([lawful_row("whole"), *pressed])

    assert table.is_good
    assert sum(row.runs for row in table.lawful) == 1
    assert table.presses is not None
    assert (table.presses.runs, table.presses.programs, table.presses.hours) == (3, 2, 3.0)
    assert (table.presses.wrong_endings, table.presses.false_trips, table.presses.peak_force_n) == (0, 0, 22.0)
    assert "random presses" in text_of(page(table))
    assert "random presses" not in text_of(page(table_of([lawful_row("whole")])))


@pytest.mark.parametrize("what", [{"false_trip": True}, {"reaction_ok": False}])
def test_one_session_of_random_presses_that_goes_wrong_breaks_the_campaign(what):
    table = table_of([lawful_row("a", phase=RANDOM_PRESSES, **what)])

    assert not table.is_good
    assert table.presses is not None
    assert table.presses.false_trips + table.presses.wrong_endings == 1
