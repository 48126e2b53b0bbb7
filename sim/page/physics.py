"""Write the plant as a JavaScript module: the step of one tick and every function that it needs."""

from typing import Any

from sim.page.expressions import Shape
from sim.page.sources import step_machine
from sim.page.translate import Translator

_HEAD = "// The plant of the simulated machine, made from sim/plant by `make page`; do not edit.\n"


class _Physics:
    """Collect functions: each is translated once, after the one that called it first."""

    def __init__(self) -> None:
        self._todo: list[tuple[Any, str, dict[str, Shape]]] = []
        self._known: dict[str, dict[str, Shape]] = {}

    def refer(self, function: Any, shapes: list[Shape | None]) -> str:
        """Return the JavaScript name of `function`, which is translated later."""
        python = function.py_func
        name = f"{python.__module__.rpartition('.')[2]}_{python.__name__}"
        parameters = python.__code__.co_varnames
        given = {key: shape for key, shape in zip(parameters, shapes, strict=False) if shape}
        if name not in self._known:
            self._known[name] = given
            self._todo.append((function, name, given))
        elif self._known[name] != given:
            raise AssertionError(f"{name} is called with arrays of different shapes")
        return name

    def text(self, function: Any) -> str:
        """Return the module; it exports `function` as `step`, and every function by its own name."""
        entry = self.refer(function, [])
        parts = [_HEAD]
        while self._todo:
            called, name, shapes = self._todo.pop(0)
            parts.append(Translator(called, name, shapes, self.refer).text())
        exports = ", ".join([f"{entry} as step", *sorted(self._known)])
        return "".join(parts) + f"\nexport {{ {exports} }};\n"


def plant_module(function: Any = step_machine) -> str:
    """Return the JavaScript module; raise PageBuildError for what cannot be translated."""
    return _Physics().text(function)
