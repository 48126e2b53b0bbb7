"""A trace as CSV: what a spreadsheet gets to read."""

from dataclasses import replace

import numpy as np

from host_tools.trace import write_trace
from host_tools.trace.recording import Event
from tests.host_tools.trace.reading import rows_of


def test_csv_has_a_row_per_sample_with_units_in_its_columns(recording, tmp_path):
    write_trace(recording, tmp_path / "session.csv")
    rows = rows_of(tmp_path / "session.csv")
    assert [int(row["tick"]) for row in rows] == recording.tick.tolist()
    assert [int(row["setpoint_right_sole_press_mn"]) for row in rows] == recording.setpoint[:, 13].tolist()
    assert [int(row["force_left_sole_mn"]) for row in rows] == recording.force_mn[:, 1].tolist()
    assert np.allclose([float(row["element_right_c"]) for row in rows], recording.element_c[:, 1], atol=0.0006)
    assert float(rows[-1]["time_s"]) == recording.tick[-1] / 100
    assert {row["left_technique"] for row in rows} == {"", "smooth"}


def test_csv_keeps_every_event_beside_the_first_sample_that_shows_it(recording, tmp_path):
    screen = Event(int(recording.tick[60]) - 1, "display", "", "Instep, ready\nPress START")
    press = Event(int(recording.tick[61]), "button", "", "start")
    write_trace(replace(recording, events=(screen, press, *recording.events)), tmp_path / "session.csv")
    rows = rows_of(tmp_path / "session.csv")
    assert rows[60]["events"] == "display: Instep, ready / Press START"
    assert rows[61]["events"] == "button: start"
    texts = [text for row in rows if row["events"] for text in row["events"].split("; ")]
    assert len(texts) == len(recording.events) + 2
