"""The names of a module, by the scope that defines them."""

import ast

from host_tools.flash.scope import defined_names, local_names


def test_names_of_different_scopes_are_kept_apart():
    tree = ast.parse("a = 1\ndef f(b):\n    c = b\n    return [d for d in c]\nclass K:\n    e = a\n")
    assert defined_names(tree) == ["a", "f", "K"]
    assert local_names(tree) == {"b", "c", "d", "e"}
