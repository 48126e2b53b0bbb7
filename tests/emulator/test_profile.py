"""What a profile says of its samples, and the picture of them; the sampling itself needs an emulated board."""

import re
from collections import Counter

import pytest

from tests.emulator.flame import flame_picture
from tests.emulator.profile import Profile, Stack, Tick

SHORT: Counter[Stack] = Counter({("tick", "work"): 6, ("tick", "work", "press"): 2, ("tick",): 2})
LONG: Counter[Stack] = Counter({("tick", "work", "press"): 10, ("tick",): 10})


@pytest.fixture
def profile():
    """Two ticks of 1 and 2 ms with a sample every 100 us."""
    return Profile(125, 100.0, [Tick(1.0, SHORT), Tick(2.0, LONG)])


def test_the_figures_are_mean_shares_and_longest():
    ticks = [Tick(float(ms)) for ms in range(1, 101)]
    said = Profile(200, 37.0, ticks).figures()
    assert said == "200 MHz, 100 ticks, ms: mean 50.50, p90 91.00, p99 100.00, longest 100.00"


def test_a_function_has_the_time_of_what_it_calls_and_its_own(profile):
    assert profile.spent_ms(profile.ticks) == pytest.approx({"tick": 1.5, "work": 0.9, "press": 0.6})
    assert profile.spent_ms(profile.ticks, is_own=True) == pytest.approx({"tick": 0.6, "work": 0.3, "press": 0.6})
    assert profile.spent_ms(profile.ticks[-1:]) == pytest.approx({"tick": 2.0, "work": 1.0, "press": 1.0})


def test_a_bar_of_the_picture_is_as_wide_as_its_time_and_stands_under_its_caller(profile):
    picture = flame_picture(profile.samples(), 100.0 / len(profile.ticks), profile.figures())
    bars = {
        name: (float(left), float(top), float(width), int(us))
        for left, top, width, name, us in re.findall(
            r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"[^>]*>\s*<title>(\w+): (\d+) us</title>', picture
        )
    }
    assert {name: us for name, (_, _, _, us) in bars.items()} == {"tick": 1_500, "work": 900, "press": 600}
    assert bars["work"][2] == pytest.approx(bars["tick"][2] * 0.6, abs=0.1)
    assert bars["tick"][0] == bars["work"][0] and bars["tick"][1] < bars["work"][1] < bars["press"][1]


def test_a_name_that_is_wider_than_its_bar_is_not_written():
    picture = flame_picture(Counter({("tick", "a_name_of_some_length"): 1, ("tick",): 999}), 1.0, "")
    assert ">tick<" in picture and ">a_name_of_some_length<" not in picture
