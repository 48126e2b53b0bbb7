"""What is remembered of a person: each person's own, the machine's for all, and whether there is something to save."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.people import (
    HEAT,
    INTENSITY,
    LEFT_OUT,
    NUMBERS,
    PEOPLE_NAMES,
    PERSON_AT,
    PROGRAM_DEFAULT,
    SKIPPED_ONCE,
    SKIPPED_TWICE,
    UNCLEANED,
    UNCLEANED_MAX,
    WHO,
    People,
    place,
)
from instep.stroke.program import TECHNIQUES

TICKS_PER_MINUTE = 6_000


@pytest.fixture
def people():
    return People()


@pytest.mark.parametrize("number", [SKIPPED_ONCE, SKIPPED_TWICE, LEFT_OUT])
def test_there_is_a_bit_for_each_technique_and_no_other(number):
    assert list(NUMBERS[number][1]) == list(range(1 << len(TECHNIQUES)))


def test_every_number_of_every_person_has_a_place_of_its_own():
    numbers, persons = range(len(NUMBERS)), range(len(PEOPLE_NAMES))
    own = [place(number, who) for who in persons for number in numbers[PERSON_AT:]]
    assert sorted(own) == list(range(PERSON_AT, len(People().values)))
    assert {place(number, who) for who in persons for number in numbers[:PERSON_AT]} == {0, 1, 2}


def test_everyone_begins_with_defaults_that_are_allowed(people):
    for who in range(len(PEOPLE_NAMES)):
        people.put(WHO, who)
        for number, (_, allowed, default) in enumerate(NUMBERS[PERSON_AT:], PERSON_AT):
            assert people.get(number) == default and default in allowed
        assert people.program() == PROGRAM_DEFAULT


def test_a_level_and_a_program_belong_to_the_person_at_the_machine(people):
    people.put(INTENSITY, 4)
    people.put_program("sole")
    people.put(WHO, 2)
    assert (people.get(INTENSITY), people.program()) == (2, PROGRAM_DEFAULT)
    people.put(WHO, 0)
    assert (people.get(INTENSITY), people.program()) == (4, "sole")


def test_only_a_change_has_to_be_saved(people):
    people.put(HEAT, people.get(HEAT))
    people.put_program(PROGRAM_DEFAULT)
    people.add_massage(0)
    assert not people.is_changed
    people.put_program("sole")
    assert people.is_changed
    people.is_changed = False
    people.put(HEAT, 0)
    assert people.is_changed


def test_everyone_is_forgotten_at_once(people):
    people.put(WHO, 3)
    people.put(HEAT, 1)
    people.put_program("sole")
    people.reset()
    assert list(people.values) == list(People().values) and people.program() == PROGRAM_DEFAULT
    assert not people.is_changed


@pytest.mark.parametrize(("minutes", "units"), [(0, 0), (2.4, 0), (2.5, 1), (5, 1), (7.4, 1), (7.5, 2), (10_000, 120)])
def test_massage_is_counted_to_the_nearest_five_minutes_up_to_ten_hours(people, minutes, units):
    people.add_massage(round(minutes * TICKS_PER_MINUTE))
    assert people.get(UNCLEANED) == units


@given(st.lists(st.integers(0, 600_000), max_size=30))
def test_the_count_of_massage_never_leaves_its_range(lengths):
    people = People()
    for ticks in lengths:
        before = people.get(UNCLEANED)
        people.add_massage(ticks)
        assert before <= people.get(UNCLEANED) <= UNCLEANED_MAX
