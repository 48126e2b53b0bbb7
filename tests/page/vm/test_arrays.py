"""The page's few arrays do as numpy's do, where the simulator uses them."""

import numpy as np
import pytest

from sim.page.vm import arrays

VALUES = [3.0, -1.0, 0.5, 7.0]


@pytest.fixture(params=[np, arrays], ids=["numpy", "page"])
def library(request):
    return request.param


def made(library):
    return library.array(VALUES, dtype=library.float64)


def test_a_slice_is_a_view_of_the_same_memory(library):
    vector = made(library)
    view = vector[1:3]
    view[0] = 9.0
    assert list(vector) == [3.0, 9.0, 0.5, 7.0] and len(view) == 2


def test_a_slice_takes_one_number_or_a_vector(library):
    vector = made(library)
    vector[:2] = 4.0
    vector[2:] = vector[:2]
    assert list(vector) == [4.0] * 4


def test_a_copy_has_memory_of_its_own(library):
    vector = made(library)
    copy = vector.copy()
    vector[0] = 0.0
    assert list(copy) == VALUES


def test_greatest_and_any(library):
    assert made(library).max() == 7.0
    assert made(library).any() and not library.zeros(3, dtype=library.int32).any()


@pytest.mark.parametrize(("kind", "value"), [("int32", -(1 << 31)), ("uint64", (1 << 64) - 1)])
def test_whole_numbers_keep_their_bits(library, kind, value):
    assert int(library.array([value], dtype=getattr(library, kind))[0]) == value
