"""Short names: the same behaviour, and every name that somebody else may know stays."""

import pytest

from host_tools.flash.shorten import shorten

OWN = """\
class Wheel:
    most = 5

    def __init__(self, speed):
        self._speed = speed
        self._turns = 0
        self.public = speed

    def turn(self, turns, back=False):
        self._turns += -turns if back else turns
        return self._count(turns)

    def _count(self, turns):
        return self._turns * self._speed + turns
"""


def _short(source, **others):
    return shorten({"a": source}, others)["a"]


def _run(source, expression):
    scope: dict[str, object] = {}
    exec(source, scope)
    return eval(expression, scope)


def test_an_object_with_short_names_does_the_same():
    expression = "[(w.turn(3), w.turn(2, True), w.public, w.most) for w in [Wheel(7)]]"
    assert _run(_short(OWN), expression) == _run(OWN, expression)


def test_data_and_parameters_are_short_and_methods_are_not():
    short = _short(OWN)
    assert "_speed" not in short and "_turns" not in short and "turns" not in short
    assert "def turn(self, a, b=False)" in short and "_count" in short and "public" in short


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("class A:\n    def __init__(self):\n        self._x = 1\n\n\ndef peek(a):\n    return a._x\n", "_x"),
        ("class A:\n    def __init__(self):\n        self._x = 1\n\n\nclass B(A):\n    pass\n", "_x"),
        ("class A:\n    _x = 1\n\n    def f(self):\n        return self._x\n", "_x"),
        ("def f(turns):\n    return turns\n\n\nf(turns=3)\n", "turns"),
        ("def f(turns):\n    return [lambda: turns]\n", "turns"),
    ],
)
def test_what_somebody_else_may_know_keeps_its_name(source, kept):
    assert kept in _short(source)


def test_other_files_of_the_board_are_asked_too():
    source = "class A:\n    def __init__(self):\n        self._x = 1\n"
    assert "_x" not in _short(source)
    assert "_x" in _short(source, root="import a\na.A()._x")


def test_a_short_name_never_hides_one_that_is_used():
    source = "a = 5\n\n\ndef f(turns, b):\n    return turns * a + b\n"
    assert _run(_short(source), "f(2, 3)") == 13
