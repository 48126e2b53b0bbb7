"""The one picture of a session."""

import pytest

from sim.report import (
    ReportError,
    session_picture,
)


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
