"""The words and figures of a report."""

from dataclasses import replace

from sim.report import (
    words,
)
from tests.sim import synthetic


def test_key_figures_are_those_of_the_recording(recording, html):
    figures = {label: (value, remark) for label, value, remark in words.key_figures(recording)}
    max_n = recording.force_mn.max() / 1000
    assert figures["Maximum force"] == (f"{max_n:.1f} N", "hard stop 60 N")
    assert figures["Warmest skin side"][0] == f"{recording.skin_c.max():.1f} °C"
    assert figures["Duration"][0] == "15:00"
    assert figures["Strokes"][0] == str(sum(run["strokes"] for run in recording.summary["techniques"]))
    for value, _ in figures.values():
        assert f">{value}<" in html


def test_an_exceeded_limit_is_reported_in_words(recording):
    assert not any("exceeded" in sentence for sentence in words.lead(recording))
    force = recording.force_mn.copy()
    force[500, 2] = 60_001
    assert any("A limit was exceeded" in sentence for sentence in words.lead(replace(recording, force_mn=force)))
    track = recording.track_mn.copy()
    track[-1, 0] = 61_000
    assert any("61.0 N" in sentence for sentence in words.lead(replace(recording, track_mn=track)))
    skin = recording.skin_c.copy()
    skin[500, 1] = 43.0
    assert any("A limit was exceeded" in sentence for sentence in words.lead(replace(recording, skin_c=skin)))


def test_the_roller_of_a_fault_is_named(recording):
    assert not any("Roller:" in sentence for sentence in words.lead(recording))
    summary = recording.summary | {"result": "fault", "reason": "roller_blocked", "fault_roller": "left_sole"}
    assert words.lead(replace(recording, summary=summary))[1] == "Roller: left sole."


def test_techniques_are_summed_by_foot(recording):
    rows = dict(words.technique_rows(recording))
    assert list(rows) == ["smooth", "top", "sole", "pull", "slide"]
    pulls = [run for run in recording.summary["techniques"] if (run["technique"], run["foot"]) == ("pull", "right")]
    assert rows["pull"][3:5] == [str(len(pulls)), str(5 * len(pulls))]


def test_a_refusal_that_heated_is_not_called_still():
    refused = synthetic.refused()
    heated = replace(refused, heat_permille=refused.heat_permille + 1)
    assert "Nothing moved and nothing was heated." not in words.lead(heated)
    moved = refused.setpoint.copy()
    moved[-1, 0] = 1
    assert "Nothing moved and nothing was heated." not in words.lead(replace(refused, setpoint=moved))
