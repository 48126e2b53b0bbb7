"""A trace read back: fields over time by name; a file that is damaged anywhere is a sentence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host_tools.trace.read import TraceError, read_trace
from tests.host_tools.trace.made_up import MASSAGE_S, STEP_TICKS, write


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write(tmp_path_factory.mktemp("read") / "made.mcap", facts={"program": "mine"})


def test_every_field_is_a_series_of_machine_or_foot(path):
    trace = read_trace(path)
    assert {name.split(".")[0] for name in trace.series} == {"machine", "left", "right"}
    series = trace.series["left.skin_centi_c"]
    assert (series.values == 3_700).all()
    assert np.diff(series.time_s) == pytest.approx(STEP_TICKS / 100)
    assert series.time_s[-1] > MASSAGE_S
    assert trace.facts["program"] == "mine"


@settings(max_examples=40)
@given(data=st.data())
def test_a_trace_that_is_cut_or_altered_is_read_or_refused_in_a_sentence(path, tmp_path_factory, data):
    whole = path.read_bytes()
    damaged = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    if damaged:
        damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= data.draw(st.integers(1, 255))
    file = tmp_path_factory.mktemp("damaged") / "damaged.mcap"
    file.write_bytes(damaged)
    try:
        read_trace(file)
    except TraceError as error:
        assert str(file) in error.message and error.advice


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(TraceError, match="cannot be read"):
        read_trace(tmp_path / "no.mcap")
