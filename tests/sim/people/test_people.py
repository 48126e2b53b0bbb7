"""People as data: who ships, whether they make sense, and how a bad file is refused."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.errors import InstepError
from host_tools.program.violations import RefusedFileError
from instep.stroke.foot_scaling import FOOT_MAX_UM, FOOT_MIN_UM, STATION_PERMILLE
from sim.people import FOLDER, RANGES, load_person, names

AVERAGE = (FOLDER / "average.toml").read_text(encoding="utf-8")
EU_SIZES = {"small": 36, "sensitive": 38, "average": 41, "large": 47}
ROOM_MM = 12.0  # a shoe's last is that much longer than the foot
MM_PER_SIZE = 20.0 / 3.0  # Paris point
SIZE_ERROR_MM = 4.0


def written(tmp_path, text):
    path = tmp_path / "someone.toml"
    path.write_text(text, encoding="utf-8")
    return path


def with_value(key, value):
    """Return the average person's file with another value for `key`."""
    text, count = re.subn(rf"(?m)^{key.split('.')[1]} = .*$", f"{key.split('.')[1]} = {value}", AVERAGE)
    assert count == 1
    return text


@pytest.mark.parametrize("name", names())
def test_feet_of_everyone_fit_the_machine_and_differ_a_little(name):
    person = load_person(name)
    for length_mm in (person.length_left_mm, person.length_right_mm):
        assert FOOT_MIN_UM <= length_mm * 1000 <= FOOT_MAX_UM
        assert length_mm == pytest.approx(EU_SIZES[name] * MM_PER_SIZE - ROOM_MM, abs=SIZE_ERROR_MM)
    assert 0.0 < abs(person.length_left_mm - person.length_right_mm) < 5.0


def test_the_people_that_ship_are_the_ones_with_a_known_size():
    assert names() == sorted(EU_SIZES)


@pytest.mark.parametrize("name", names())
def test_toes_are_about_as_long_as_the_machine_takes_them_for(name):
    person = load_person(name)
    for toe, length_mm in enumerate(person.toe_lengths_mm):
        assert length_mm == pytest.approx(STATION_PERMILLE[2 * toe] / 1000 * person.length_left_mm, rel=0.05)


@pytest.mark.parametrize("name", names())
def test_the_arch_is_softest_and_the_heel_the_toughest_of_every_sole(name):
    person = load_person(name)
    tissue = {part: getattr(person, f"{part}_n_per_mm") for part in ("toes", "ball", "arch", "heel")}
    assert min(tissue, key=tissue.__getitem__) == "arch"
    assert max(tissue, key=tissue.__getitem__) == "heel"


def test_the_sensitive_person_is_softer_and_hurts_earlier_than_the_average_one():
    sensitive, average = load_person("sensitive"), load_person("average")
    for part in ("toes", "ball", "arch", "heel", "instep"):
        assert getattr(sensitive, f"{part}_n_per_mm") < getattr(average, f"{part}_n_per_mm")
    assert sensitive.pain_kpa < average.pain_kpa


def test_a_person_is_read_by_name_or_by_path(tmp_path):
    path = written(tmp_path, AVERAGE)
    assert load_person(path).name == "someone"
    assert load_person(str(path)).length_mm(1) == load_person("average").length_right_mm


@pytest.mark.parametrize("key", [key for key in RANGES if key != "foot.toe_lengths_mm"])
@pytest.mark.parametrize("value", ["-1", "1e6", "true", '"many"', "nan", "[1.0]"])
def test_a_bad_value_is_refused_with_file_line_value_and_range(tmp_path, key, value):
    path = written(tmp_path, with_value(key, value))
    minimum, maximum = RANGES[key]
    with pytest.raises(RefusedFileError) as refusal:
        load_person(path)
    (violation,) = refusal.value.violations
    assert path.read_text().splitlines()[violation.line - 1] == f"{key.split('.')[1]} = {value}"
    assert (violation.field, violation.allowed) == (key.replace(".", ", "), f"{minimum:g} to {maximum:g}")
    assert violation.problem == ("is out of range" if value in ("-1", "1e6", "nan") else "is not a number")


@pytest.mark.parametrize("key", RANGES)
def test_a_missing_value_is_named(tmp_path, key):
    path = written(tmp_path, re.sub(rf"(?m)^{key.split('.')[1]} = .*$", "", AVERAGE))
    with pytest.raises(RefusedFileError, match=f"{key.replace('.', ', ')}: is missing; allowed: "):
        load_person(path)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("[40.0, 30.0]", "is not 5 numbers"),
        ("40.0", "is not 5 numbers"),
        ("[40, 30, 30, 30, 99]", "is out of range"),
    ],
)
def test_bad_toes_are_refused(tmp_path, value, problem):
    path = written(tmp_path, with_value("foot.toe_lengths_mm", value))
    with pytest.raises(RefusedFileError, match=rf"toe_lengths_mm = .*: {problem}; allowed: 5 numbers, each 10 to 70"):
        load_person(path)


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ("[foot.more]\n", r"foot, more = a table: is not used here; allowed: length_left_mm, "),
        ("[shoe]\nsize = 41\n", r"shoe = a table: is not used here; allowed: foot, touch, heat, hands"),
        ("[foot]\n", r"is not valid TOML"),
        ("a = “b”\n", r":\d+: the file: has a left double quotation mark outside of a text"),
    ],
)
def test_an_unknown_key_is_refused(tmp_path, extra, said):
    with pytest.raises(RefusedFileError, match=said):
        load_person(written(tmp_path, AVERAGE + extra))


def test_a_value_outside_any_table_is_refused(tmp_path):
    with pytest.raises(RefusedFileError, match=r"someone\.toml:1: size = 41: is not used here; allowed: foot, "):
        load_person(written(tmp_path, "size = 41\n" + AVERAGE))


def test_a_table_that_is_a_value_is_refused(tmp_path):
    with pytest.raises(RefusedFileError, match=r"hands = 1: is not a table; allowed: reaction_s"):
        load_person(written(tmp_path, "hands = 1\n" + AVERAGE.replace("[hands]", "[touch.hands]")))


def test_all_that_is_wrong_is_named_at_once(tmp_path):
    text = with_value("foot.width_mm", "0").replace("reaction_s", "reactions")
    with pytest.raises(RefusedFileError) as refusal:
        load_person(written(tmp_path, text))
    assert [violation.field for violation in refusal.value.violations] == [
        "foot, width_mm",
        "hands, reaction_s",
        "hands, reactions",
    ]


def test_an_unknown_name_is_answered_with_the_list_of_people():
    with pytest.raises(InstepError) as refusal:
        load_person("nobody")
    assert refusal.value.message == "There is no person nobody."
    assert refusal.value.advice == "Give a .toml file or one of: average, large, sensitive, small."


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = tmp_path / "noise.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InstepError, match="is not UTF-8 text"):
        load_person(path)


@given(st.sampled_from(sorted(RANGES)), st.floats(allow_nan=False) | st.integers(-(2**70), 2**70))
def test_any_number_is_either_in_its_range_or_refused(tmp_path_factory, key, value):
    if key == "foot.toe_lengths_mm":
        return
    number = ("-" if value < 0 else "") + "inf" if math.isinf(value) else repr(value)
    path = written(tmp_path_factory.mktemp("people"), with_value(key, number))
    minimum, greatest = RANGES[key]
    if minimum <= value <= greatest:
        assert getattr(load_person(path), key.split(".")[1]) == value
    else:
        with pytest.raises(RefusedFileError):
            load_person(path)
