"""The few arrays of numpy that the simulator uses, over MicroPython's own; in the page it is called `numpy`."""

from array import array as memory
from collections.abc import Iterable, Iterator
from typing import Any

int32 = "i"
float64 = "d"
uint64 = "Q"


class Vector:
    """One dimension of numbers; a slice is a view of the same memory, as in numpy."""

    def __init__(self, view: "memoryview[Any]") -> None:
        self.data = view

    def __len__(self) -> int:
        return len(self.data)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.data)

    def __getitem__(self, index: Any) -> Any:
        found = self.data[index]
        return Vector(found) if isinstance(found, memoryview) else found

    def __setitem__(self, index: Any, value: Any) -> None:
        if isinstance(value, Vector):
            self.data[index] = value.data
        elif isinstance(index, slice):
            view = self.data[index]
            for place in range(len(view)):
                view[place] = value
        else:
            self.data[index] = value

    def copy(self) -> "Vector":
        """Return the same numbers in memory of their own."""
        kind = float64 if any(isinstance(value, float) for value in self.data) else int32
        return array(self.data, kind)

    def max(self) -> Any:
        """Return the greatest number."""
        return max(self.data)

    def any(self) -> bool:
        """Return True if a number is not zero."""
        return any(self.data)


def zeros(size: int, dtype: str = float64) -> Vector:
    """Return so many zeros."""
    return array([0] * size, dtype)


def array(values: Iterable[Any], dtype: str = float64) -> Vector:
    """Return numbers as a vector."""
    return Vector(memoryview(memory(dtype, list(values))))
