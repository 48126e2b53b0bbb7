"""The page of a report: whole, needing nothing but itself, the same each time."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from host_tools.html.palette import PALETTE
from host_tools.trace.recording import Event
from instep.guard import faults
from sim.report import (
    dose_picture,
    write_report,
)
from tests.sim import synthetic
from tests.sim.report.written import report_of
from tests.sim.score import Score

MAX_BYTES = 3_000_000


VOID = {"meta", "br", "img", "link", "hr", "input"}


class Page(HTMLParser):
    """Collects headings, words and addresses, and checks that tags nest."""

    def __init__(self, text):
        super().__init__()
        self.open, self.headings, self.words, self.addresses = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        names = ("src", "href", "xlink:href", "data", "action")
        self.addresses += [value for name, value in attrs if name in names]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)
        if self.open and self.open[-1] in ("h1", "h2"):
            self.headings.append(data.strip())


def test_the_page_is_whole_and_its_tags_nest(html):
    page = Page(html)
    assert html.startswith("<!DOCTYPE html>")
    assert page.open == []


def test_the_page_needs_nothing_but_itself(html):
    for address in Page(html).addresses:
        assert address.startswith(("#", "data:image/png;base64,")), address[:80]
    assert "<script" not in html
    assert "@import" not in html
    assert not re.search(r"url\((?!#)", html)
    assert "default-src 'none'" in html


def test_a_whole_sessions_page_stays_small(html):
    assert len(html.encode()) < MAX_BYTES


def test_every_picture_is_there_and_is_described(html):
    assert Page(html).headings[1:] == [
        "Time line",
        "Pressure dose",
        "Strokes",
        "One stroke of each technique",
        "Force and its limits",
        "Temperature and its limits",
        "Summary",
    ]
    assert html.count('role="img" aria-label="') == 6


def test_the_bounds_are_drawn_with_their_figures(html):
    for label in (
        "35 N  maximum",
        "60 N  hard stop",
        "41 °C  maximum",
        "43 °C  trip",
        "60 °C  trip",
        "39 °C  set point",
    ):
        assert label in html


def test_no_colour_of_the_pictures_is_fixed_to_a_light_page(html):
    pictures = "".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL))
    for name, (light, _) in PALETTE.items():
        assert light not in pictures, name
    assert "var(--sole)" in pictures


def test_the_same_recording_gives_the_same_bytes(recording, html, tmp_path):
    slower = replace(recording, summary=recording.summary | {"wall_s": 99.0, "real_time_ratio": 9.0})
    assert report_of(slower, tmp_path) == html


def test_a_refused_sessions_page_is_short_and_says_why(tmp_path):
    html = report_of(synthetic.refused(), tmp_path)
    text = " ".join(Page(html).words)
    assert "<svg" not in html
    assert len(html) < 20_000
    assert "refused" in text
    assert "Your feet are swollen." in text
    assert "Nothing moved and nothing was heated." in text
    assert "not measured" in text


def test_a_faulted_sessions_page_is_short_and_says_what_to_do(tmp_path):
    recording = synthetic.fault()
    named = replace(recording, summary=recording.summary | {"reason": "force_high"})
    page = Page(report_of(named, tmp_path))
    assert page.headings == ["The machine stopped the session", "Time line", "Summary"]
    text = " ".join(page.words)
    assert faults.sentence(faults.FAULT_FORCE_HIGH) in text
    assert faults.advice(faults.FAULT_FORCE_HIGH) in text


@pytest.mark.parametrize("result", ["refused", "stopped"])
def test_text_from_outside_cannot_become_markup(tmp_path, result):
    nasty = "<script>alert('x')</script>"
    short = synthetic.refused()
    summary = short.summary | {"person": nasty, "reason": nasty, "program": nasty, "result": result}
    html = report_of(replace(short, summary=summary), tmp_path)
    assert "<script" not in html.lower()
    assert "&lt;script&gt;" in html


def test_an_interrupted_report_leaves_nothing_behind(recording, tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(dose_picture, "dose_picture", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_report(recording, tmp_path / "report.html")
    assert list(tmp_path.iterdir()) == []


def test_a_session_of_one_technique_on_one_foot_has_a_page(tmp_path):
    score = Score((262.4, 260.9))
    score.tell("state", None, "massage")
    score.rollers(1, "sole", 2, 1.0)
    recording = synthetic.recording(score, score.now_s, 5, result="stopped", reason="stop_pressed")
    page = Page(report_of(replace(recording, length_mm=(None, 260.9)), tmp_path))
    assert "The session was stopped with STOP." in " ".join(page.words)
    assert "One stroke of each technique" in page.headings


def test_a_recording_without_a_stroke_has_a_page(tmp_path):
    score = Score((262.4, 260.9))
    score.now_s = 3.0
    recording = synthetic.recording(score, 3.0, 5, result="stopped", reason="stop_pressed", target_c=0.0)
    recording = replace(recording, events=(Event(2, "button", "", "stop"),))
    assert "Summary" in Page(report_of(recording, tmp_path)).headings
