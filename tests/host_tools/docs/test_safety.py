"""The page on safety: every limit stands there with its value, and every hazard has a test."""

import pytest

from host_tools.docs import safety
from host_tools.docs.hazards import HAZARDS
from host_tools.docs.injected import injected_faults
from instep.guard import faults
from sim.faults import FAULTS
from sim.faults import fault as fault_form


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.text)
def test_every_hazard_has_a_test(hazard):
    assert hazard.limits or hazard.faults
    assert safety.tests_of_hazard(hazard)


def test_every_fault_of_the_simulator_stands_on_the_page_with_its_time_or_why_it_is_not_noticed():
    rows = {name.strip("`"): rest for name, *rest in injected_faults()}
    assert rows.keys() == FAULTS.keys()
    for name, fault in FAULTS.items():
        danger, time, reaction, why = rows[name]
        assert (danger, why) == (fault.danger, fault.unjudged)
        assert vars(fault_form)[reaction.replace(" ", "_").upper()] == fault.reaction
        assert (time == "never: nothing may react") == (fault.budget_ms is None)
        assert fault.budget_why in time


def test_every_limit_stands_on_the_page_with_a_test():
    page = safety.render()
    names = safety.limit_names()
    assert len(names) > 50
    for name in names:
        assert f"`{name}` {safety.value_of(name)}" in page
        assert safety.tests_of_limit(name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("FORCE_TRIP_MN", "60 N"),
        ("FORCE_TRIP_TICKS", "20 ms"),
        ("SKIN_TRIP_CENTI_C", "43 °C"),
        ("SESSION_MAX_TICKS", "1800 s"),
        ("FAST_TRIP_UM_PER_TICK", "150 mm/s"),
        ("TEMPERATURE_VOTES", "2"),
    ],
)
def test_a_value_is_given_in_the_unit_that_people_read(name, text):
    assert safety.value_of(name) == text


def test_no_fault_of_the_guard_is_without_a_hazard_by_oversight():
    listed = {fault for hazard in HAZARDS for fault in hazard.faults}
    latched = {number for number in range(1, faults.count()) if not faults.is_notice(number)}
    # Of these nobody comes to harm: the session ends before it begins, or the test of the machine has failed.
    harmless = {
        faults.FAULT_FOOT_NOT_FOUND,
        faults.FAULT_FOOT_TOO_LONG,
        faults.FAULT_FOOT_TOO_SHORT,
        faults.FAULT_PROBE_LATE,
        faults.FAULT_HOMING_LATE,
        faults.FAULT_CLOCK_WRONG,
        faults.FAULT_OUTPUTS_STUCK,
    }
    assert latched - listed == harmless
