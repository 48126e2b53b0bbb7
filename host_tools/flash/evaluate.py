"""Compute tables on the laptop, so that a board gets their values and does not keep what they are made from."""

import ast
import importlib
from collections import Counter

from host_tools.flash.edit import Edit, apply_edits


def literals(module: str) -> str:
    """Return a source that assigns the public integers and strings of `module`, as literals."""
    values = vars(importlib.import_module(module)).items()
    kept = {name: value for name, value in values if not name.startswith("_") and isinstance(value, int | str)}
    return "".join(f"{name} = {value!r}\n" for name, value in kept.items())


def with_values(module: str, source: str, names: frozenset[str]) -> str:
    """Return the source of `module` with values in place of the code that computes the constants `names`."""
    values = vars(importlib.import_module(module))
    edits = [
        Edit.of(statement, _definition(target.id, values[target.id]))
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name) and target.id in names
    ]
    if len(edits) != len(names):
        raise ValueError(f"{module} does not assign each of {sorted(names)} once")
    return apply_edits(source, edits)


def _definition(name: str, value: object) -> str:
    """Return the statement that defines `name`; a text that the value has twice becomes one object."""
    texts = Counter(node.value for node in ast.walk(ast.parse(repr(value))) if isinstance(node, ast.Constant))
    shared = [text for text, uses in texts.items() if isinstance(text, bytes) and text and uses > 1]
    literal = repr(value)
    for number, text in enumerate(shared):
        literal = literal.replace(repr(text), f"{name}_{number}")
    return "; ".join([*(f"{name}_{number} = {text!r}" for number, text in enumerate(shared)), f"{name} = {literal}"])
