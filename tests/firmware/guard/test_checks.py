"""Every check of the guard can be taken out by itself; those that nobody misses are known, with a reason."""

import ast

import pytest

from tests.mutants.checks import KNOWN, files_for, modules, whole, without


@pytest.mark.parametrize("module", modules())
def test_a_check_that_is_taken_out_is_gone_and_no_other(module):
    with_all = ast.unparse(whole(module)[0])
    count = len(whole(module)[1])
    without_one = {ast.unparse(without(module, number)[0]) for number in range(count)}
    assert len(without_one) == count > 0
    assert with_all not in without_one


@pytest.mark.parametrize("module", modules())
def test_a_module_with_checks_has_tests(module):
    assert files_for(module)


def test_what_nobody_misses_is_there():
    assert KNOWN.keys() <= set(modules())
    for module, reasons in KNOWN.items():
        assert reasons.keys() <= set(whole(module)[1])
        assert all(reasons.values())
