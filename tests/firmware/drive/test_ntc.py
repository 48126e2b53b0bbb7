"""From codes to temperatures, and one wild sample among sound ones."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.drive.ntc import CODE_OPEN, CODE_SHORT, Probe, centi_c, is_plausible

TOLERANCE_CENTI_K = 10


def code_at(celsius):
    ohm_ratio = math.exp(3950.0 * (1.0 / (celsius + 273.15) - 1.0 / 298.15))
    return round(32767 * ohm_ratio / (ohm_ratio + 1.0))


def formula_centi_c(code):
    ratio = code / 32767
    return 100.0 * (1.0 / (1.0 / 298.15 + math.log(ratio / (1.0 - ratio)) / 3950.0) - 273.15)


class Codes:
    """An NTC that reads the given codes in turn."""

    def __init__(self, *codes):
        self.codes = list(codes)

    def read_code(self):
        return self.codes.pop(0)


def test_every_code_from_0_to_70_degrees_is_within_a_tenth_of_a_kelvin():
    worst = max(abs(centi_c(code) - formula_centi_c(code)) for code in range(code_at(70.0), code_at(0.0) + 1))
    assert worst <= TOLERANCE_CENTI_K


@pytest.mark.parametrize(("code", "expected"), [(16384, 2500), (code_at(40.0), 4000), (code_at(43.0), 4300)])
def test_the_temperatures_that_matter_are_right(code, expected):
    assert abs(centi_c(code) - expected) <= 5


def test_a_higher_code_is_never_warmer():
    readings = [centi_c(code) for code in range(32768)]
    assert all(colder <= warmer for warmer, colder in itertools.pairwise(readings))


def test_beyond_the_table_its_nearest_end_is_read():
    assert {centi_c(code) for code in range(CODE_SHORT + 1)} == {10160}
    assert {centi_c(code) for code in range(CODE_OPEN, 32768)} == {-2561}


def test_an_open_or_shorted_sensor_is_not_plausible_and_any_weather_is():
    assert not any(is_plausible(code) for code in (0, 2_048, 30_720, 32_767))
    assert is_plausible(2_049) and is_plausible(30_719)
    assert all(is_plausible(code_at(celsius)) for celsius in (-20, 0, 25, 43, 60, 90))


def test_the_first_sample_counts_at_once():
    probe = Probe(Codes(code_at(30.0)))
    assert probe.samples == 0
    probe.read()
    assert (probe.samples, probe.sound) == (1, True)
    assert probe.centi_c == probe.raw_centi_c == centi_c(code_at(30.0))


@given(st.integers(6000, 29000), st.integers(0, 32767), st.integers(0, 2))
def test_one_wild_sample_moves_only_the_raw_reading(code, wild, position):
    codes = [code] * 5
    codes[2 + position] = wild
    probe = Probe(Codes(*codes))
    for sample in codes:
        probe.read()
        assert probe.centi_c == centi_c(code)
        assert probe.sound
        assert (probe.code, probe.raw_centi_c) == (sample, centi_c(sample))


@given(st.lists(st.integers(0, 32767), min_size=3, max_size=8))
def test_the_reading_is_the_median_of_the_newest_three(codes):
    probe = Probe(Codes(*codes))
    for _ in codes:
        probe.read()
    assert probe.centi_c == centi_c(sorted(codes[-3:])[1])


def test_two_samples_of_an_open_sensor_are_believed():
    probe = Probe(Codes(16384, 16384, 32767, 32767))
    for _ in range(4):
        probe.read()
    assert not probe.sound


def test_the_count_of_samples_wraps_past_zero():
    probe = Probe(Codes(16384, 16384))
    probe.samples = 0xFFFFE
    probe.read()
    assert probe.samples == 0xFFFFF
    probe.read()
    assert probe.samples == 1
