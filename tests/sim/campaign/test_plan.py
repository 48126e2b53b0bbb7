"""The list of a campaign's runs."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.program.load import load_program, shipped
from sim.campaign.plan import (
    EXTREMES,
    FIRST_FAULTS,
    NO_FAULT,
    PHASES,
    PHASES_SLOW,
    PROGRAMS,
    RANDOM_PRESSES,
    SECOND_FAULTS,
    WHOLE,
    in_turns,
    plan_of,
)
from sim.faults import FAULTS
from sim.faults.catalogue import JUDGED

PEOPLE = ("average", "small", "large")
_NAMES = st.lists(st.sampled_from(("a", "b", "c", "d")), min_size=1, max_size=3, unique=True)


@given(_NAMES, _NAMES, st.integers(1, 3))
def test_every_fault_is_injected_in_every_phase_for_every_person_and_seed(faults, people, seeds):
    faulty = [case for case in plan_of(faults, people, seeds) if case.fault != NO_FAULT]

    met = [(case.fault, case.phase, case.person, case.seed) for case in faulty]
    assert sorted(met) == sorted(product(faults, PHASES, people, range(1, seeds + 1)))


@given(_NAMES, _NAMES, st.integers(1, 3))
def test_as_many_runs_have_no_fault_up_to_all_extremes_and_no_run_is_there_twice(faults, people, seeds):
    cases = plan_of(faults, people, seeds)

    lawful = sum(case.fault == NO_FAULT for case in cases)
    assert lawful == min(len(cases) - lawful, len(EXTREMES) * len(people) * seeds * (len(PHASES) + 1))
    assert len({case.key for case in cases}) == len(cases)


@given(_NAMES, _NAMES, st.integers(1, 3), st.randoms())
def test_the_order_in_which_names_are_given_changes_nothing(faults, people, seeds, random):
    expected = plan_of(faults, people, seeds)
    random.shuffle(faults)
    random.shuffle(people)

    assert plan_of(faults, people, seeds) == expected


def test_a_fault_that_only_the_selftest_finds_is_injected_before_it():
    cases = plan_of(("a", "b"), PEOPLE, 1, early=("b",))

    assert {case.phase for case in cases if case.fault == "b"} == {"idle", "screening"}
    assert {case.phase for case in cases if case.fault == "a"} == set(PHASES)


def test_people_in_turns_meet_each_fault_in_each_phase_once_and_each_extreme_once():
    faults = sorted(JUDGED)
    cases = in_turns(plan_of(faults, PEOPLE, 1, presses=20), PEOPLE)

    faulty = [(case.name, case.phase) for case in cases if case.fault]
    assert len(faulty) == len(set(faulty)) >= len(faults) * len(PHASES)
    whole = [case.levels for case in cases if case.phase == WHOLE]
    assert sorted(map(str, whole)) == sorted(map(str, EXTREMES))
    assert {case.person for case in cases if case.fault} == {case.person for case in cases if not case.fault}
    assert sum(case.phase == RANDOM_PRESSES for case in cases) == 20


def test_a_slow_fault_is_injected_in_few_phases_with_the_heat_on():
    cases = [case for case in plan_of(("a", "b"), PEOPLE, 1, slow=("b",)) if case.fault == "b"]

    assert {case.phase for case in cases} == set(PHASES_SLOW)
    assert {case.levels.heat for case in cases} == {"high"}


def test_second_faults_follow_every_notice_and_are_named_after_it():
    faults = ("heater_dead", "skin_sensor_open", "heater_switch_leaks", "emergency_stop")
    cases = [case for case in plan_of(faults, PEOPLE, 1) if case.after]

    assert {case.name for case in cases} == {
        f"{second} after {first}" for first in faults[:2] for second in faults[2:]
    }
    assert {case.person for case in cases} == set(PEOPLE)
    assert set(FIRST_FAULTS + SECOND_FAULTS) <= set(FAULTS)


def test_three_people_meet_every_fault_in_every_phase_at_three_levels():
    levels: dict[tuple[str, str], set[object]] = {}
    for case in plan_of(("a", "b"), PEOPLE, 1):
        if case.fault != NO_FAULT:
            levels.setdefault((case.fault, case.phase), set()).add(case.levels)

    assert {len(found) for found in levels.values()} == {3}


def test_every_person_has_whole_sessions_at_all_limits_of_the_settings():
    cases = plan_of(("a", "b", "c", "d", "e"), PEOPLE, 1)

    whole = {(case.person, case.levels) for case in cases if case.phase == WHOLE}
    assert whole == set(product(PEOPLE, EXTREMES))
    assert {level.ambient_c for level in EXTREMES} == {10.0, 35.0}


def test_faults_come_to_both_feet_and_both_rollers_at_all_severities():
    cases = plan_of(("a", "b", "c"), PEOPLE, 1)

    assert {case.foot for case in cases} == {"left", "right"}
    assert {case.roller for case in cases if case.phase == "paused"} == {"top", "sole"}
    assert {case.severity for case in cases} == {0.0, 0.5, 1.0}
    assert {case.roller for case in cases if case.phase == "top"} == {"top"}


@pytest.mark.parametrize("phase", (*PHASES, WHOLE))
def test_there_is_a_program_for_every_phase(phase):
    case = next(case for case in plan_of(("a",) * 9, PEOPLE, 1) if case.phase == phase)

    assert load_program(str(PROGRAMS / f"{case.program}.toml")).program.name == f"campaign-{case.program}"


def test_random_presses_come_on_every_program_to_every_person_and_never_twice():
    cases = [case for case in plan_of(("a",), PEOPLE, 1, presses=300) if case.phase == RANDOM_PRESSES]

    assert len({case.key for case in cases}) == len({case.beginning for case in cases}) == 300
    assert {case.program for case in cases} == set(shipped())
    assert {case.person for case in cases} == set(PEOPLE)
    assert {case.levels for case in cases} >= set(EXTREMES)
