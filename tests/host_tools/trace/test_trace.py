"""The trace files: what Foxglove and a spreadsheet get to read."""

import json
from dataclasses import replace

import numpy as np
import pytest
from mcap.reader import make_reader

from host_tools.trace import mcap as mcap_trace
from host_tools.trace import write_trace
from host_tools.trace.recording import Event
from instep.axes import AXES_PER_FOOT, FOOT_NAMES, TICK_MS
from instep.units import NS_PER_MS
from tests.host_tools.trace.reading import SAMPLED, read, rows_of
from tests.sim import synthetic

NS_PER_TICK = TICK_MS * NS_PER_MS


def test_every_sample_is_in_every_sampled_channel_at_ten_ms_a_tick(recording, trace):
    messages, _ = read(trace)
    for topic in SAMPLED:
        assert [time for time, _ in messages[topic]] == [int(tick) * NS_PER_TICK for tick in recording.tick]


def test_axes_read_back_under_names_with_units(recording, trace):
    messages, _ = read(trace)
    for topic, table in (("setpoint", recording.setpoint), ("measured", recording.measured)):
        for foot, name in enumerate(FOOT_NAMES):
            stroke = [message[name]["top_stroke_um"] for _, message in messages[topic]]
            heel = [message[name]["hold_heel_mn"] for _, message in messages[topic]]
            assert stroke == table[:, foot * AXES_PER_FOOT].tolist()
            assert heel == table[:, foot * AXES_PER_FOOT + 9].tolist()


def test_forces_temperatures_and_drives_read_back(recording, trace):
    messages, _ = read(trace)
    right = [message["right"] for _, message in messages["force"]]
    assert [[row["top_mn"], row["sole_mn"]] for row in right] == recording.force_mn[:, 2:].tolist()
    warm = [message["right"]["skin_c"] for _, message in messages["temperature"]]
    assert np.allclose(warm, recording.skin_c[:, 1], atol=0.0006)
    left = [message["left"] for _, message in messages["drive"]]
    assert [row["sole_duty_permille"] for row in left] == recording.duty_permille[:, 1].tolist()
    assert [row["top_current_ma"] for row in left] == recording.current_ma[:, 0].tolist()
    assert [row["heat_permille"] for row in left] == recording.heat_permille[:, 0].tolist()


def test_events_are_foxglove_logs_at_their_own_ticks(recording, trace):
    messages, schemas = read(trace)
    assert schemas["event"][0] == "foxglove.Log"
    assert [time for time, _ in messages["event"]] == [event.tick * NS_PER_TICK for event in recording.events]
    for (time, message), event in zip(messages["event"], recording.events, strict=True):
        assert message["timestamp"]["sec"] * 10**9 + message["timestamp"]["nsec"] == time
        assert (message["kind"], message["foot"], message["text"]) == (event.kind, event.foot, event.text)
        assert event.text in message["message"]


def test_a_fault_is_logged_as_an_error(tmp_path):
    write_trace(synthetic.fault(), tmp_path / "fault.mcap")
    logs = [message for _, message in read(tmp_path / "fault.mcap")[0]["event"]]
    assert {log["kind"] for log in logs if log["level"] == 4} == {"fault"}


def test_an_event_after_the_last_sample_is_kept(recording, tmp_path):
    late = Event(int(recording.tick[-1]) + 3, "state", "", "over")
    changed = replace(recording, events=(*recording.events, late))
    write_trace(changed, tmp_path / "late.mcap")
    write_trace(changed, tmp_path / "late.csv")
    assert read(tmp_path / "late.mcap")[0]["event"][-1][1]["text"] == "over"
    assert "state: over" in rows_of(tmp_path / "late.csv")[-1]["events"]


def test_messages_are_in_time_order(trace):
    with trace.open("rb") as stream:
        times = [message.log_time for _, _, message in make_reader(stream).iter_messages(log_time_order=False)]
    assert times == sorted(times)


def test_the_sessions_facts_are_in_the_metadata_but_not_the_computers(recording, trace):
    with trace.open("rb") as stream:
        facts = {entry.name: entry.metadata for entry in make_reader(stream).iter_metadata()}["session"]
    assert facts["program"] == "classic"
    assert facts["result"] == recording.summary["result"]
    assert "wall_s" not in facts


def test_the_same_recording_gives_the_same_bytes(recording, tmp_path):
    slower = replace(recording, summary=recording.summary | {"wall_s": 99.0})
    for suffix in ("mcap", "csv"):
        write_trace(recording, tmp_path / f"one.{suffix}")
        write_trace(slower, tmp_path / f"two.{suffix}")
        assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_a_refused_sessions_trace_shows_that_nothing_moved_or_heated(tmp_path):
    write_trace(synthetic.refused(), tmp_path / "refused.mcap")
    messages, _ = read(tmp_path / "refused.mcap")
    assert len({json.dumps(message) for _, message in messages["setpoint"]}) == 1
    assert all(message[foot]["heat_permille"] == 0 for _, message in messages["drive"] for foot in FOOT_NAMES)


@pytest.mark.parametrize(("name", "is_csv"), [("session.CSV", True), ("session", False), ("csv.trace", False)])
def test_a_trace_is_mcap_unless_its_name_ends_in_csv(recording, tmp_path, name, is_csv):
    write_trace(recording, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(b"time_s" if is_csv else b"\x89MCAP") is True


@pytest.mark.parametrize("end", [KeyboardInterrupt, RuntimeError])
def test_an_interrupted_write_leaves_the_old_file_and_no_partial_one(recording, tmp_path, monkeypatch, end):
    path = tmp_path / "session.mcap"
    path.write_bytes(b"old")

    def interrupt(*_):
        raise end

    monkeypatch.setattr(mcap_trace, "_metadata", interrupt)
    with pytest.raises(end):
        write_trace(recording, path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_the_sensors_say_stands_beside_the_truth(recording, tmp_path):
    lying = replace(
        recording,
        track_mn=recording.force_mn + 1,
        said_mn=recording.force_mn + 2,
        said_skin_c=recording.skin_c + 3,
        said_element_c=recording.element_c + 4,
    )
    write_trace(lying, tmp_path / "lying.csv")
    row, true_mn = rows_of(tmp_path / "lying.csv")[-1], int(recording.force_mn[-1, 2])
    names = ("force_right_top_mn", "track_force_right_top_mn", "said_force_right_top_mn")
    assert [int(row[name]) for name in names] == [true_mn, true_mn + 1, true_mn + 2]
    assert float(row["said_skin_left_c"]) == pytest.approx(recording.skin_c[-1, 0] + 3, abs=0.001)
    assert float(row["said_element_right_c"]) == pytest.approx(recording.element_c[-1, 1] + 4, abs=0.001)
    write_trace(lying, tmp_path / "lying.mcap")
    messages = read(tmp_path / "lying.mcap")[0]
    force, warmth = messages["force"][-1][1]["right"], messages["temperature"][-1][1]["left"]
    assert (force["top_mn"], force["top_track_mn"], force["said_top_mn"]) == (true_mn, true_mn + 1, true_mn + 2)
    assert warmth["said_skin_c"] == pytest.approx(warmth["skin_c"] + 3, abs=0.002)


def test_a_recording_without_samples_is_a_valid_trace(recording, tmp_path):
    none = slice(0, 0)
    empty = replace(
        recording,
        **{
            name: getattr(recording, name)[none]
            for name in (
                *("tick", "setpoint", "measured", "force_mn", "current_ma", "skin_c", "element_c", "foot_c"),
                *("duty_permille", "heat_permille", "state", "technique"),
                *("track_mn", "said_mn", "said_skin_c", "said_element_c"),
            )
        },
    )
    write_trace(empty, tmp_path / "empty.mcap")
    write_trace(empty, tmp_path / "empty.csv")
    assert set(read(tmp_path / "empty.mcap")[0]) == {"event"}
    assert rows_of(tmp_path / "empty.csv") == []
