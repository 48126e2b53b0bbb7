"""The text of a fault: what it may say, what it becomes, what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.errors import InstepError
from sim.faults import FAULTS, Injection, parse
from sim.faults.parse import PHASES

SECONDS = st.floats(0, 1e5, allow_nan=False)


@st.composite
def injections(draw):
    fault = draw(st.sampled_from(list(FAULTS.values())))
    has_foot = fault.scope != "machine"
    return Injection(
        fault,
        draw(SECONDS),
        draw(st.sampled_from(("", *PHASES))),
        draw(st.none() | SECONDS.filter(bool)),
        draw(st.sampled_from(("left", "right"))) if has_foot else "left",
        draw(st.floats(0, 1)) if fault.severity else 1.0,
        draw(st.sampled_from(("top", "sole"))) if fault.scope == "roller" else "sole",
    )


@given(injections())
def test_every_injection_can_be_written_and_read_back(injection):
    assert parse(str(injection)) == injection


def test_all_parts_reach_the_injection_in_any_order():
    injection = parse("finger_trapped@pull+1.5s,severity=0.25,top,for=3s,right")
    assert (injection.fault.name, injection.phase, injection.onset_s) == ("finger_trapped", "pull", 1.5)
    assert (injection.foot, injection.roller, injection.duration_s, injection.severity) == ("right", "top", 3, 0.25)


def test_the_defaults_are_the_left_sole_to_the_end_at_full_severity():
    injection = parse("roller_blocked@120s")
    assert (injection.onset_s, injection.phase, injection.duration_s) == (120.0, "", None)
    assert (injection.foot, injection.roller, injection.severity) == ("left", "sole", 1.0)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("skin_hut@run", "did you mean skin_hot?"),
        ("xyz@run", "the faults are emergency_stop, stop_button,"),
        ("skin_hot", "has no onset: write NAME@ONSET"),
        ("skin_hot@walk", "or one of idle, screening, self-test, fit, warm, run,"),
        ("skin_hot@-1s", "neither a time such as 120s"),
        ("skin_hot@nan", "neither a time such as 120s"),
        ("skin_hot@run+x", "neither a time such as 120s"),
        ("skin_hot@run+-1", "neither a time such as 120s"),
        ("skin_hot@1s,middle", "knows no 'middle'; allowed are left, right, for=TIME, severity=0..1"),
        ("skin_hot@1s,top", "knows no 'top'; allowed are left, right, for=TIME"),
        ("supply_low@1s,left", "knows no 'left'; allowed are for=TIME, severity=0..1"),
        ("wild_force@1s,both", "allowed are left, right, top, sole, for=TIME"),
        ("skin_hot@1s,left,right", "gives foot twice"),
        ("skin_hot@1s,for=0s", "is not a time above 0"),
        ("skin_hot@1s,for=long", "is not a time above 0"),
        ("skin_hot@1s,severity=1.1", "is not a number from 0 to 1"),
        ("skin_hot@1s,severity=nan", "is not a number from 0 to 1"),
        ("foot_out@1s,severity=0.5", "has no degrees"),
    ],
)
def test_a_wrong_value_is_refused_with_the_allowed_ones(text, sentence):
    with pytest.raises(InstepError) as refusal:
        parse(text)
    assert sentence in refusal.value.message
