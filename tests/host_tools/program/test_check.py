"""A program file is refused with all that is wrong with it, or is safe to play."""

import pytest

from instep.stroke.program import MAX_BYTES
from tests.host_tools.program.files import HEAD, PHASE, PULL, violations


def test_all_violations_of_a_file_are_reported_together_in_the_order_of_its_lines():
    text = (
        PHASE
        + 'repeats = 0\nforce_out_n = 99\n[[phase]]\ntechnique = "path"\nwaypoints = [{ top = -1 },\n{ gap = 5 }]'
    )
    lines = [violation.split(": ")[0] for violation in violations("heat = 3\n" + text)]
    assert lines == ["my.toml:1", "my.toml:6", "my.toml:7", "my.toml:10", "my.toml:11"]


def test_an_endless_decimal_integer_is_refused():
    (violation,) = violations(PHASE + f"repeats = {'9' * 5000}\n")
    assert violation.startswith("my.toml:5: the file: has a whole number of too many digits")


@pytest.mark.parametrize("key", ["{}b = 1", "[{}b]", "[[{}b]]", "x = {{ {}b = 1 }}"])
@pytest.mark.parametrize("dot", ["a.", "a . ", "'a'."])
def test_a_key_of_very_many_parts_is_refused_before_it_takes_memory(key, dot):
    (violation,) = violations(PHASE + key.format(dot * 10_000) + "\n")
    assert violation.startswith("my.toml:5: the file: has a key of more than 16 parts")


@pytest.mark.parametrize("text", ["name.x.y = 1\n", "[name.x.y]\n", "name = { x.y = 1 }\n"])
def test_a_table_that_a_dotted_key_makes_stands_on_the_line_of_the_key(text):
    said = violations("format = 1\n\n" + text)
    assert "my.toml:3: name = a table: is not a name; allowed: 1 to 16 of a-z, 0-9 and -" in said


@pytest.mark.parametrize("depth", [2, 50, *range(300, 520, 10), 20000])
def test_nesting_of_any_depth_is_refused(depth):
    (violation,) = violations(PULL + f"toes = {'[' * depth}{']' * depth}\n")
    assert "is not on this foot" in violation or "is nested too deeply" in violation
    assert violation.startswith("my.toml:5:")


def test_a_program_that_compiles_to_more_than_8_kib_is_refused():
    waypoints = ", ".join(["{ top_n = 5, sole_n = 5, arch_n = 5, heel_n = 5 }"] * 200)
    text = HEAD + f'[[phase]]\ntechnique = "path"\nwaypoints = [{waypoints}]\n' * 2
    (violation,) = violations(text)
    assert violation.endswith(f"the file: has 9796 bytes when compiled; allowed: at most {MAX_BYTES} bytes")


def test_windows_line_ends_do_not_shift_the_lines():
    assert violations((PHASE + "repeats = 0\n").replace("\n", "\r\n"))[0].startswith("my.toml:5:")
