"""Edits of a source by its syntax tree: each in its place, lines keep their numbers, the outer one wins."""

import ast
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from host_tools.flash.edit import Edit, apply_edits


def first_of(source) -> Any:
    return ast.parse(source).body[0]


def names_of(source):
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)]


def test_every_name_is_replaced_in_its_place():
    source = "a = b + b\nc = a\n"
    edits = [Edit.of(node, {"a": "long", "b": "2"}.get(node.id, node.id)) for node in names_of(source)]
    assert apply_edits(source, edits) == "long = 2 + 2\nc = long\n"


def test_columns_count_bytes_so_that_a_line_with_other_letters_is_edited_right():
    source = "x = 'Füße' + y\n"
    (name,) = [node for node in names_of(source) if node.id == "y"]
    assert apply_edits(source, [Edit.of(name, "z")]) == "x = 'Füße' + z\n"


def test_lines_below_a_removed_statement_keep_their_numbers():
    source = "def f():\n    '''One\n    two.'''\n    return 1\ny = 2\n"
    docstring = first_of(source).body[0]
    edited = apply_edits(source, [Edit.of(docstring, "0")])
    assert edited.count("\n") == source.count("\n")
    assert [node.lineno for node in ast.parse(edited).body] == [node.lineno for node in ast.parse(source).body]


def test_an_edit_within_another_is_left_to_the_outer_one():
    source = "x = f(g)\n"
    call = first_of(source).value
    assert apply_edits(source, [Edit.of(call.args[0], "h"), Edit.of(call, "7")]) == "x = 7\n"


def test_the_ends_of_a_node_can_be_edited_alone():
    source = "total = wheel.turns\n"
    node = first_of(source).value
    assert apply_edits(source, [Edit.at_end(node, len("turns"), "t")]) == "total = wheel.t\n"
    assert apply_edits(source, [Edit.at(node, len("wheel"), "w")]) == "total = w.turns\n"


@given(st.lists(st.sampled_from(["a", "bb", "ccc"]), min_size=1, max_size=8))
def test_edits_do_not_depend_on_their_order(words):
    source = " + ".join(words) + "\n"
    edits = [Edit.of(node, node.id.upper()) for node in names_of(source)]
    assert apply_edits(source, edits) == apply_edits(source, edits[::-1]) == source.upper()
