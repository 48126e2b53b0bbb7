"""Python rewritten for MicroPython does the same with less of the language."""

import ast

import pytest

from sim.page.micropython import rewrite

SOURCE = '''"""A module."""
from collections.abc import Sequence
from dataclasses import dataclass, field
from numpy.typing import NDArray
TYPE_CHECKING = False
if TYPE_CHECKING:
    from nowhere import Thing
Floats = NDArray[float]
limit: int = 3
@dataclass(frozen=True)
class Point:
    """A place."""
    x: int
    y: int = 2
    more: list = field(default_factory=list)
    def total(self, *extra: int) -> int:
        """Return the sum."""
        return sum((self.x, self.y, *extra))
def joined(a: Sequence[int], **more: int):
    return [0, *a, 9], (*a,), {"a": 1, **more, "b": 2}
def stem(name: str) -> str:
    return name.removesuffix(".py")
def pairs(a, b):
    return list(zip(a, b, strict=True))
'''


@pytest.fixture(scope="module")
def rewritten():
    return rewrite(SOURCE)


@pytest.fixture(scope="module")
def names(rewritten):
    found = {"dataclass": None, "field": None}
    body = [node for node in rewritten.body if not isinstance(node, ast.ImportFrom)]
    exec(compile(ast.fix_missing_locations(ast.Module(body, [])), "page", "exec"), found)
    return found


def test_nothing_is_left_that_only_a_type_checker_reads(rewritten):
    text = ast.unparse(rewritten)
    assert "NDArray" not in text and "nowhere" not in text and "Sequence" not in text and "->" not in text
    assert not [node for node in ast.walk(rewritten) if isinstance(node, ast.AnnAssign)]
    assert "strict" not in text and "removesuffix" not in text and "Return the sum" not in text


def test_a_dataclass_has_its_initializer_with_defaults_of_its_own(names):
    one, other = names["Point"](1), names["Point"](1, 5)
    one.more.append(3)
    assert (one.x, one.y, one.more, other.y, other.more) == (1, 2, [3], 5, [])
    assert one.total(10, 20) == 33


def test_displays_with_unpacking_are_the_same(names):
    assert names["joined"]([1, 2], c=3) == ([0, 1, 2, 9], (1, 2), {"a": 1, "c": 3, "b": 2})


def test_a_suffix_is_taken_off_only_where_it_is(names):
    assert [names["stem"](name) for name in ("a.py", "a.pyc", ".py")] == ["a", "a.pyc", ""]


def test_pairs_and_constants_are_kept(names):
    assert names["pairs"]("ab", "cd") == [("a", "c"), ("b", "d")] and names["limit"] == 3


def test_a_word_that_is_shifted_left_keeps_64_bits():
    text = ast.unparse(rewrite("def f(x):\n    return x << np.uint64(13)\n"))
    assert eval(text.partition("return ")[2], {"x": (1 << 64) - 1}) == ((1 << 64) - 1 << 13) & (1 << 64) - 1
