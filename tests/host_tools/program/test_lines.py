"""Where each thing of a program file stands."""

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from host_tools.program.lines import lines_of, nearest_line
from host_tools.program.toml_text import to_toml
from tests.strategies import programs

TEXT = """\
# a comment with = and [
format = 1  # another
"name" = 'x # no comment'
about = \"\"\"
two lines = [
\"\"\"
[[phase]]
technique = "top"
[[phase]]
waypoints = [
  { top = 400.5, top_n = 20 },  # first
  # between
  { toe = 2 }, { reach = "clear" },
  { when = 1979-05-27 07:32:00, after = 1 },
]
a.b . "c d" = 1
[other.table]
key = [1,
  2]
"""


def test_every_kind_of_place_has_its_line():
    lines = lines_of(TEXT)
    tomllib.loads(TEXT)
    expected = {
        ("format",): 2,
        ("name",): 3,
        ("about",): 4,
        ("phase",): 7,
        ("phase", 0): 7,
        ("phase", 0, "technique"): 8,
        ("phase", 1): 9,
        ("phase", 1, "waypoints"): 10,
        ("phase", 1, "waypoints", 0): 11,
        ("phase", 1, "waypoints", 0, "top"): 11,
        ("phase", 1, "waypoints", 0, "top_n"): 11,
        ("phase", 1, "waypoints", 1, "toe"): 13,
        ("phase", 1, "waypoints", 2, "reach"): 13,
        ("phase", 1, "waypoints", 3, "when"): 14,
        ("phase", 1, "waypoints", 3, "after"): 14,
        ("phase", 1, "a", "b", "c d"): 16,
        ("other", "table"): 17,
        ("other", "table", "key"): 18,
        ("other", "table", "key", 0): 18,
        ("other", "table", "key", 1): 19,
    }
    assert {place: lines.get(place) for place in expected} == expected


def test_an_element_without_a_line_gets_the_line_of_the_element_around_it():
    lines = lines_of(TEXT)
    assert nearest_line(lines, ("phase", 1, "waypoints", 1, "gap")) == 13
    assert nearest_line(lines, ("phase", 1, "feet")) == 9
    assert nearest_line(lines, ("closing",)) == 1


def test_a_table_inside_an_array_of_tables_belongs_to_the_newest():
    lines = lines_of("[[a]]\n[[a]]\n[a.b]\nc = 1\n")
    assert lines[("a", 1, "b", "c")] == 4


@settings(max_examples=30)
@given(programs())
def test_every_key_of_a_program_file_stands_where_it_is_said(drawn):
    text = to_toml(drawn[0])
    rows = text.splitlines()
    for place, line in lines_of(text).items():
        name = next(part for part in reversed(place) if isinstance(part, str))
        if isinstance(place[-1], str):
            assert name in rows[line - 1]


@given(st.text(alphabet="a=1.[]{},\"'# \n\\", max_size=60))
def test_any_text_is_scanned_to_its_end(text):
    assert all(line <= text.count("\n") + 1 for line in lines_of(text).values())
