"""Strokes, spans and peaks that are read from a recording."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.axes import (
    SOLE_STROKE,
    TOP_STROKE,
)
from sim.report import (
    reading,
)
from tests.sim import synthetic


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
