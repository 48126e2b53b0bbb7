"""Give a bundle names of its own for the builtin functions that a tick calls.

MicroPython looks for a builtin in vain among all names of the module, then one by one in its own table.
"""

import ast

# Not `range`: the compiler makes a loop of it without the name.
_CALLED = ("abs", "bool", "bytes", "int", "len", "max", "min")


def with_builtin_names(source: str) -> str:
    """Return the source of a module behind an import of the builtins that it calls."""
    called = {
        node.func.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    names = [name for name in _CALLED if name in called]
    return f"from builtins import {', '.join(names)}\n{source}" if names else source
