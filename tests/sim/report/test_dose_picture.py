"""The counts on the picture of the dose."""

from sim.report import (
    dose_picture,
)


def test_pulls_and_slides_are_counted(html, recording):
    runs = [run for run in recording.summary["techniques"] if run["foot"] == "left"]
    pulls = sum(run["technique"] == "pull" for run in runs)
    slides = sum(run["strokes"] for run in runs if run["technique"] == "slide")
    assert [dose_picture.pulls(recording, 0, toe) for toe in range(1, 6)] == [pulls] * 5
    assert [dose_picture.slides(recording, 0, gap) for gap in range(1, 5)] == [slides // 4] * 4
