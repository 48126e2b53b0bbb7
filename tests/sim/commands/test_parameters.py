"""The options that start the simulator: each checks its text and names the allowed values."""

import math

import click
import pytest

from sim.commands.parameters import Ambient, Answers, FaultText, Names, NewFile, ShippedOrFile, Speed
from sim.people import FOLDER


def refusal(kind, text):
    with pytest.raises(click.BadParameter) as refused:
        kind.convert(text, None, None)
    return refused.value.message


def test_a_shipped_name_or_a_file_becomes_a_path(tmp_path):
    person = ShippedOrFile(FOLDER, "person")
    own = tmp_path / "me.toml"
    own.write_text("")
    assert person.convert("average", None, None) == FOLDER / "average.toml"
    assert person.convert(str(own), None, None) == own
    assert person.convert(own, None, None) == own
    assert "there is no person 'nobody'; choose from average," in refusal(person, "nobody")
    assert refusal(person, "no.toml") == "there is no file no.toml."


def test_answers_keep_their_default_where_none_is_given():
    default = Answers().convert({}, None, None)
    given = Answers().convert("gout=yes", None, None)
    assert given["gout"] is True and len(given) > len(default)
    assert Answers().convert(given, None, None) is given


@pytest.mark.parametrize(
    ("text", "words"),
    [("age=yes", "there is no question 'age'"), ("gout=maybe", "write gout=yes or"), ("gout=yes,gout=no", "twice")],
)
def test_an_answer_that_makes_no_sense_is_refused(text, words):
    assert words in refusal(Answers(), text)


@pytest.mark.parametrize(("text", "speed"), [("1", 1.0), ("0.5", 0.5), ("max", math.inf)])
def test_a_speed_is_a_number_above_0_or_max(text, speed):
    assert Speed().convert(text, None, None) == speed


@pytest.mark.parametrize("text", ["0", "-1", "fast", "nan", "inf"])
def test_any_other_speed_is_refused(text):
    assert "neither a number above 0" in refusal(Speed(), text)


def test_a_room_has_a_temperature_in_its_range():
    room = Ambient(10.0, 35.0)
    assert room.convert("22", None, None) == 22.0
    assert "not a temperature" in refusal(room, "nan")
    assert refusal(room, "40")


def test_names_come_once_in_the_order_of_the_list():
    names = Names(("one", "two", "three"), "fault")
    assert names.convert("three, one,one", None, None) == ("one", "three")
    assert refusal(names, "four") == "there is no fault 'four'; choose from one, two, three."


def test_a_file_to_write_has_an_allowed_ending_in_a_folder_that_exists(tmp_path):
    report = NewFile(endings=(".html",), stdout=True)
    assert report.convert("-", None, None) == "-"
    assert report.convert(str(tmp_path / "a.html"), None, None) == tmp_path / "a.html"
    assert "does not end in .html" in refusal(report, "a.txt")
    assert refusal(report, str(tmp_path / "no" / "a.html"))


def test_a_fault_is_read_or_refused_with_advice():
    assert FaultText().convert("roller_blocked@run,left,sole", None, None).fault.name == "roller_blocked"
    assert refusal(FaultText(), "roller_bocked@run")
