"""The one picture of a session."""

from dataclasses import replace

import numpy as np
import pytest

from sim.report import (
    ReportError,
    session_picture,
)
from sim.report.stroke_pictures import close_ups


def test_the_session_picture_is_1200_by_500_and_the_same_each_time(recording, tmp_path):
    for name in ("one.png", "two.png", "one.svg", "two.svg"):
        session_picture(recording, tmp_path / name)
    png = (tmp_path / "one.png").read_bytes()
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (1200, 500)
    assert png == (tmp_path / "two.png").read_bytes()
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_the_close_up_of_an_own_stroke_is_that_of_the_roller_that_moves(recording):
    events = tuple(replace(event, text="path") if event.text == "top" else event for event in recording.events)
    figure = close_ups(replace(recording, events=events))
    (column,) = (axes for axes in figure.axes if axes.get_title().startswith("path"))
    place = np.asarray(column.get_lines()[-1].get_ydata(), dtype=float)
    assert np.ptp(place) > 900
    assert column.get_yticklabels()[-1].get_text() == "ankle"


def test_a_picture_in_an_unknown_format_is_refused(recording, tmp_path):
    with pytest.raises(ReportError, match="format"):
        session_picture(recording, tmp_path / "picture.gif")
