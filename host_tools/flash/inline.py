"""Put the body of a function that is called in one place into that place, and small getters wherever they are read.

A function costs a board some 50 bytes besides its body, and each call 10 us at 125 MHz. The firmware's text keeps its
short functions; only what is compiled has fewer. Whatever is not understood here stays a call.
"""

import ast
from collections.abc import Collection, Sequence

from host_tools.flash.edit import Edit, apply_edits
from host_tools.flash.inline_body import Callee
from host_tools.flash.inline_names import Functions, Key, Mentions
from host_tools.flash.inline_sites import Caller

# Bytes of bytecode and heap, roughly: what a definition costs besides its body.
_DEFINITION_BYTES = 48
_CALL_BYTES = 7
# A getter with more uses than that is no longer worth a look: it takes longer to build, and the gain is small.
_USES_MAX = 12


def inline(source: str, others: Sequence[str], kept: Collection[str] = ()) -> str:
    """Return a module's source with fewer functions; `others` are further sources, which may use its names.

    The definitions of `kept` stay, though their calls may be replaced.
    """
    tree = ast.parse(source)
    outside = [Mentions(ast.parse(other)) for other in others]
    tried: set[Key] = set()
    while _inline_leaves(tree, outside, tried, kept):
        pass
    return _text(tree)


def _inline_leaves(tree: ast.Module, outside: Sequence[Mentions], tried: set[Key], kept: Collection[str]) -> int:
    """Replace the calls of functions that call none of their kind, and add these to `tried`; return how many."""
    functions = Functions(tree, outside)
    few = {key: function for key, function in functions.candidates().items() if 0 < functions.uses(key) <= _USES_MAX}
    callees = {key: Callee(function) for key, function in few.items() if key not in tried}
    chosen = {key: callee for key, callee in callees.items() if _is_worth_it(callee, functions.uses(key))}
    leaves = {key: callee for key, callee in chosen.items() if not functions.calls(callee.function) & chosen.keys()}
    left = {key: functions.uses(key) for key in leaves}
    for owner, function in functions.callers():
        for key in Caller(function, owner, functions, leaves).replace():
            left[key] -= 1
    functions.remove({key for key, uses in left.items() if uses == 0 and key[1] not in kept})
    tried.update(leaves)
    return len(leaves)


def _text(tree: ast.Module) -> str:
    """Return a tree as text; `a, b = b, a` has no brackets, since with them MicroPython makes a tuple on its heap."""
    text = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
    assigned = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Assign)]
    values = [node.value for node in assigned if isinstance(node.targets[0], ast.Tuple)]
    tuples = [value for value in values if isinstance(value, ast.Tuple)]
    return apply_edits(text, [Edit.of(value, ", ".join(map(ast.unparse, value.elts))) for value in tuples])


def _is_worth_it(callee: Callee, uses: int) -> bool:
    if not callee.is_plain:
        return False
    return uses == 1 or (callee.value is not None and uses * (callee.bytes - _CALL_BYTES) <= _DEFINITION_BYTES)
