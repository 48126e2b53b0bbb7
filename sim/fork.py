"""Copy a running simulation, so that many runs can share one beginning."""

import copyreg
import hashlib
from copy import deepcopy
from typing import Any

import numpy as np

from sim.simulation import Simulation


def branch(simulation: Simulation) -> Simulation:
    """Return an independent copy that goes on exactly as the original would; takes about 2 ms."""
    # Immutable parts are shared.
    shared = (simulation.options, simulation.options.answers, simulation.figures)
    return deepcopy(simulation, {id(thing): thing for thing in shared})


def _parts_of_view(view: "memoryview[int]") -> tuple[Any, tuple[Any, ...]]:
    """Return how to pickle a view: a function, and the copied memory, part and format."""
    start = _address(view) - _address(view.obj)
    return _view, (view.obj, slice(start, start + view.nbytes), view.format)


def _view(memory: Any, part: slice, form: Any) -> "memoryview[int]":
    return memoryview(memory).cast("B")[part].cast(form)


def _address(memory: Any) -> int:
    return int(np.frombuffer(memory, np.uint8).__array_interface__["data"][0])


def _parts_of_hash(sum_so_far: "hashlib._Hash") -> tuple[Any, tuple[()]]:
    return sum_so_far.copy, ()


# The two types in a simulation that Python cannot copy by itself.
copyreg.pickle(memoryview, _parts_of_view)
copyreg.pickle(type(hashlib.sha256()), _parts_of_hash)
