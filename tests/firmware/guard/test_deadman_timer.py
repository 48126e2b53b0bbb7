"""The last line: outputs are cut when the heartbeat stops, and only then."""

import ast
import inspect
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.guard.deadman_timer import DeadmanTimer
from tests.fakes import FakeHal


@pytest.fixture
def hal():
    return FakeHal()


def test_a_loop_that_lives_is_left_alone_for_ever(hal):
    line = DeadmanTimer(hal)
    for _ in range(70_000):
        line.beat()
        hal.on_timer(None)
    assert hal.cuts == 0


def test_outputs_are_cut_within_50_ms_of_the_last_heartbeat_and_again_and_again(hal):
    line = DeadmanTimer(hal)
    line.beat()
    for _ in range(4):
        hal.on_timer(None)
        assert hal.cuts == 0
    assert line.has_cut is False
    for cuts in range(1, 10):
        hal.on_timer(None)
        assert hal.cuts == cuts
        assert line.has_cut is True


def test_a_loop_that_never_starts_is_cut(hal):
    DeadmanTimer(hal)
    for _ in range(5):
        hal.on_timer(None)
    assert hal.cuts > 0


def test_a_tick_that_is_20_ms_late_is_no_stopped_loop(hal):
    line = DeadmanTimer(hal)
    for _ in range(100):
        line.beat()
        for _ in range(3):
            hal.on_timer(None)
    assert hal.cuts == 0


def test_a_loop_that_resumes_is_watched_again(hal):
    line = DeadmanTimer(hal)
    for _ in range(10):
        hal.on_timer(None)
    cuts = hal.cuts
    line.beat()
    for _ in range(4):
        hal.on_timer(None)
    assert hal.cuts == cuts


# All that a hard interrupt may do: look at small integers and bound methods of its own, count, call one of them.
HARMLESS = (
    ast.FunctionDef, ast.arguments, ast.arg, ast.If, ast.Expr, ast.Assign, ast.AugAssign, ast.Attribute, ast.Name,
    ast.Load, ast.Store, ast.Compare, ast.NotEq, ast.Lt, ast.BinOp, ast.Add, ast.Sub, ast.Constant, ast.Call,
)  # fmt: skip


def _body(function):
    """Return the statements of a function without its docstring and annotations."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    tree.body = tree.body[1:]
    tree.returns = None
    for argument in tree.args.args:
        argument.annotation = None
    return tree


def test_the_callback_does_nothing_that_could_allocate_or_raise():
    tree = _body(DeadmanTimer.on_timer)
    odd = [ast.dump(node) for node in ast.walk(tree) if not isinstance(node, HARMLESS)]
    assert odd == []
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert [ast.unparse(call) for call in calls] == ["self._cut()"], (
        "bound at start-up: binding it here would allocate"
    )
    owned = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert owned <= set(vars(DeadmanTimer(FakeHal()))), "whatever it looks at is there from the start"
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert names <= {"self", "_LATE_CALLS"}


@given(st.lists(st.booleans(), max_size=300))
def test_its_numbers_stay_small_and_it_never_raises_however_the_loop_beats(beats):
    hal = FakeHal()
    line = DeadmanTimer(hal)
    missing = 0
    for is_beating in beats:
        if is_beating:
            line.beat()
        missing = 0 if is_beating else missing + 1
        cuts = hal.cuts
        hal.on_timer(None)
        assert hal.cuts - cuts == (missing >= 4)
        assert 0 <= line._late < 4 and 0 <= line._seen == line._beats <= 0xFFFF
