"""The report: what it says, what it measures, that it needs nothing but itself."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.axes import (
    AXES_PER_FOOT,
    SOLE_STROKE,
    TICKS_PER_S,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOP_STROKE,
    toe_station,
)
from instep.guard import faults
from instep.stroke.foot_scaling import STATION_PERMILLE
from sim.html.palette import PALETTE
from sim.recording import Event
from sim.report import (
    ReportError,
    bounds,
    dose,
    dose_picture,
    foot_shape,
    reading,
    session_picture,
    words,
    write_report,
)
from tests.sim import synthetic

MAX_BYTES = 3_000_000
VOID = {"meta", "br", "img", "link", "hr", "input"}


@pytest.fixture(scope="module")
def recording():
    return synthetic.session()


@pytest.fixture(scope="module")
def html(recording, tmp_path_factory):
    return report_of(recording, tmp_path_factory.mktemp("report"))


def report_of(recording, folder):
    write_report(recording, folder / "report.html")
    assert [path.name for path in folder.iterdir()] == ["report.html"]
    return (folder / "report.html").read_text(encoding="utf-8")


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
        "Force against its bounds",
        "Temperature against its bands",
        "Summary",
    ]
    assert html.count('role="img" aria-label="') == 6


def test_the_bounds_are_drawn_with_their_figures(html):
    for label in ("35 N  most", "60 N  hard stop", "41 °C  highest", "43 °C  trip", "60 °C  trip", "39 °C  set point"):
        assert label in html


def test_no_colour_of_the_pictures_is_fixed_to_a_light_page(html):
    pictures = "".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL))
    for name, (light, _) in PALETTE.items():
        assert light not in pictures, name
    assert "var(--sole)" in pictures


def test_the_same_recording_gives_the_same_bytes(recording, html, tmp_path):
    slower = replace(recording, summary=recording.summary | {"wall_s": 99.0, "real_time_ratio": 9.0})
    assert report_of(slower, tmp_path) == html


def test_key_figures_are_those_of_the_recording(recording, html):
    figures = {label: (value, remark) for label, value, remark in words.key_figures(recording)}
    greatest_n = recording.force_mn.max() / 1000
    assert figures["Greatest force"] == (f"{greatest_n:.1f} N", "hard stop 60 N")
    assert figures["Warmest skin side"][0] == f"{recording.skin_c.max():.1f} °C"
    assert figures["Duration"][0] == "15:00"
    assert figures["Strokes"][0] == str(sum(run["strokes"] for run in recording.summary["techniques"]))
    for value, _ in figures.values():
        assert f">{value}<" in html


def test_a_passed_bound_is_said_in_words(recording):
    assert not any("passed" in sentence for sentence in words.lead(recording))
    force = recording.force_mn.copy()
    force[500, 2] = 60_001
    assert any("A bound was passed" in sentence for sentence in words.lead(replace(recording, force_mn=force)))
    skin = recording.skin_c.copy()
    skin[500, 1] = 43.0
    assert any("A bound was passed" in sentence for sentence in words.lead(replace(recording, skin_c=skin)))


def test_techniques_are_summed_by_foot(recording):
    rows = dict(words.technique_rows(recording))
    assert list(rows) == ["smooth", "top", "sole", "pull", "slide"]
    pulls = [run for run in recording.summary["techniques"] if (run["technique"], run["foot"]) == ("pull", "right")]
    assert rows["pull"][3:5] == [str(len(pulls)), str(5 * len(pulls))]


def test_a_refused_sessions_page_is_short_and_says_why(tmp_path):
    html = report_of(synthetic.refused(), tmp_path)
    text = " ".join(Page(html).words)
    assert "<svg" not in html
    assert len(html) < 20_000
    assert "refused" in text
    assert "Your feet are swollen." in text
    assert "Nothing moved and nothing was heated." in text
    assert "not measured" in text


def test_a_refusal_that_heated_is_not_called_still():
    refused = synthetic.refused()
    heated = replace(refused, heat_permille=refused.heat_permille + 1)
    assert "Nothing moved and nothing was heated." not in words.lead(heated)
    moved = refused.setpoint.copy()
    moved[-1, 0] = 1
    assert "Nothing moved and nothing was heated." not in words.lead(replace(refused, setpoint=moved))


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


def test_the_session_picture_is_1200_by_500_and_the_same_each_time(recording, tmp_path):
    for name in ("one.png", "two.png", "one.svg", "two.svg"):
        session_picture(recording, tmp_path / name)
    png = (tmp_path / "one.png").read_bytes()
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (1200, 500)
    assert png == (tmp_path / "two.png").read_bytes()
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_a_picture_in_an_unknown_format_is_refused(recording, tmp_path):
    with pytest.raises(ReportError, match="format"):
        session_picture(recording, tmp_path / "picture.gif")


def test_the_bounds_are_those_of_the_firmware():
    assert (bounds.AXIS_LIMIT_N, bounds.HARD_STOP_N) == (35.0, 60.0)
    assert (bounds.SET_POINT_MAX_C, bounds.SKIN_TRIP_C, bounds.ELEMENT_TRIP_C) == (41.0, 43.0, 60.0)


def still(recording, foot, **axes):
    """Return a 10 s recording in which nothing moves and the named columns of one foot have constant values."""
    samples = 10 * TICKS_PER_S // recording.ticks_per_sample
    short = {
        name: getattr(recording, name)[:samples]
        for name in ("tick", "setpoint", "skin_c", "element_c", "foot_c", "state", "technique")
    }
    measured = np.zeros_like(recording.measured[:samples])
    for axis, value in axes.pop("measured", {}).items():
        measured[:, foot * AXES_PER_FOOT + axis] = value
    force = np.zeros_like(recording.force_mn[:samples])
    for roller, value in axes.pop("force_mn", {}).items():
        force[:, roller] = value
    return replace(recording, **short, measured=measured, force_mn=force)


@given(place_permille=st.integers(0, 1000), foot=st.sampled_from([0, 1]), newton=st.integers(1, 35))
def test_no_newton_second_of_a_roller_is_lost(place_permille, foot, newton):
    held = still(
        BASE,
        foot,
        measured={SOLE_STROKE: round(place_permille * reading.length_mm(BASE, foot))},
        force_mn={2 * foot + 1: newton * 1000},
    )
    total = dose.roller_dose(held, foot, SOLE_STROKE).sum() * dose.cell_cm2(reading.length_mm(BASE, foot))
    assert total == pytest.approx(newton * 10.0, rel=1e-9)
    assert dose.roller_dose(held, foot, TOP_STROKE).sum() == 0
    assert dose.roller_dose(held, 1 - foot, SOLE_STROKE).sum() == 0


@given(place_permille=st.integers(0, 1000))
def test_dose_lies_under_the_roller_and_on_the_foot_only(place_permille):
    length_mm = reading.length_mm(BASE, 0)
    held = still(BASE, 0, measured={SOLE_STROKE: round(place_permille * length_mm)}, force_mn={1: 20_000})
    view = dose.roller_dose(held, 0, SOLE_STROKE)
    assert not view[~foot_shape.inside()].any()
    u, _ = foot_shape.grid()
    rows = u[view.any(axis=1)]
    assert np.abs(rows - place_permille / 1000).max() < 0.075


@pytest.mark.parametrize("toe", range(1, 6))
def test_the_grip_on_a_toe_is_drawn_on_that_toe(toe):
    station = toe_station(toe)
    reach_um = round(reading.length_mm(BASE, 0) * STATION_PERMILLE[station] / 2)
    held = still(BASE, 0, measured={TOE_SELECT: station * 1000, TOE_REACH: reach_um, TOE_GRIP: 3000})
    view = dose.toe_dose(held, 0)
    assert view.sum() * dose.cell_cm2(reading.length_mm(BASE, 0)) == pytest.approx(30.0, rel=1e-9)
    assert not view[foot_shape.toe_distance(toe) > 0].any()
    assert dose.toe_dose(held, 1).sum() == 0


def test_a_roller_presses_softer_on_more_skin():
    across_ball = still(BASE, 0, measured={SOLE_STROKE: 75_000}, force_mn={1: 20_000})
    across_arch = still(BASE, 0, measured={SOLE_STROKE: 170_000}, force_mn={1: 20_000})
    assert dose.roller_dose(across_ball, 0, SOLE_STROKE).max() < dose.roller_dose(across_arch, 0, SOLE_STROKE).max()


def test_a_foot_looks_like_a_foot():
    inside = foot_shape.inside()
    u, v = foot_shape.grid()
    width = inside.sum(axis=1) * foot_shape.CELL

    def at(place):
        return width[np.argmin(np.abs(u - place))]

    assert 0.36 < at(0.29) < 0.42
    assert at(0.9) < at(0.29)
    arch_medial = v[inside[np.argmin(np.abs(u - 0.6))]].max()
    assert arch_medial < v[inside[np.argmin(np.abs(u - 0.28))]].max()
    assert u[inside.any(axis=1)][[0, -1]] == pytest.approx([0.0, 1.0], abs=0.01)
    assert [foot_shape.toe_point(toe, 1.0)[0] for toe in range(1, 6)] == sorted(
        foot_shape.toe_point(toe, 1.0)[0] for toe in range(1, 6)
    )


def test_pulls_and_slides_are_counted(html, recording):
    runs = [run for run in recording.summary["techniques"] if run["foot"] == "left"]
    pulls = sum(run["technique"] == "pull" for run in runs)
    slides = sum(run["strokes"] for run in runs if run["technique"] == "slide")
    assert [dose_picture.pulls(recording, 0, toe) for toe in range(1, 6)] == [pulls] * 5
    assert [dose_picture.slides(recording, 0, gap) for gap in range(1, 5)] == [slides // 4] * 4


def test_strokes_end_where_the_next_begins_or_the_technique_ends(recording):
    found = [stroke for stroke in reading.strokes(recording) if (stroke.foot, stroke.technique) == (0, "top")]
    assert [stroke.number for stroke in found[:2]] == ["1", "2"]
    assert found[0].end_s == found[1].start_s
    ends = [event.tick / 100 for event in recording.events if (event.kind, event.text) == ("technique_end", "top")]
    assert found[1].end_s in ends


def test_a_stroke_cut_short_ends_with_the_session():
    recording = synthetic.fault()
    last = reading.strokes(recording)[-1]
    assert (last.technique, last.end_s) == ("top", recording.tick[-1] / 100)


def test_states_and_techniques_become_spans(recording):
    states = reading.state_spans(recording)
    assert [span.name for span in states][:3] == ["idle", "screening", "self-test"]
    assert states[-1].end_s == recording.tick[-1] / 100
    for before, after in pairwise(states):
        assert before.end_s == after.start_s
    given_left = [run for run in recording.summary["techniques"] if run["foot"] == "left"]
    spans = reading.technique_spans(recording, 0)
    assert [span.name for span in spans] == [run["technique"] for run in given_left]
    assert [span.start_s for span in spans] == pytest.approx([run["start_s"] for run in given_left], abs=0.06)


def test_a_roller_at_the_far_end_is_at_1000_permille(recording):
    for axis in (TOP_STROKE, SOLE_STROKE):
        place = reading.stroke_permille(recording, recording.setpoint, 1, axis)
        assert place.max() == pytest.approx(1000, abs=1)
        assert place.min() == 0


@given(st.lists(st.floats(0, 100), min_size=1, max_size=300), st.integers(1, 40))
def test_thinning_keeps_every_peak(values, bins):
    column = np.array(values)
    times, kept = reading.peaks(np.arange(len(column), dtype=float), column, bins)
    assert kept.max() == column.max()
    assert len(times) == len(kept) <= max(2 * bins, 1)
    assert set(kept) <= set(values)


def test_a_session_of_one_technique_on_one_foot_has_a_page(tmp_path):
    score = synthetic.Score((262.4, 260.9))
    score.tell("state", None, "massage")
    score.rollers(1, "sole", 2, 1.0)
    recording = synthetic.recording(score, score.now_s, 5, result="stopped", reason="stop_pressed")
    page = Page(report_of(replace(recording, length_mm=(None, 260.9)), tmp_path))
    assert "The session was stopped with STOP." in " ".join(page.words)
    assert "One stroke of each technique" in page.headings


def test_a_recording_without_a_stroke_has_a_page(tmp_path):
    score = synthetic.Score((262.4, 260.9))
    score.now_s = 3.0
    recording = synthetic.recording(score, 3.0, 5, result="stopped", reason="stop_pressed", target_c=0.0)
    recording = replace(recording, events=(Event(2, "button", "", "stop"),))
    assert "Summary" in Page(report_of(recording, tmp_path)).headings


BASE = synthetic.session(minutes=1.0)
