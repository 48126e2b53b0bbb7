"""The faults that the simulator injects, read from the source of its catalogue without running it."""

import ast
from collections.abc import Iterator
from functools import cache
from typing import Any

from host_tools.docs.imports import ROOT
from instep.units import MS_PER_S

_CATALOGUE = ROOT / "sim" / "faults" / "catalogue"


@cache
def injected_faults() -> tuple[tuple[str, str, str, str, str], ...]:
    """Return name, danger, time, reaction and why it is not judged, "" = it is; in the order of the files."""
    sources = [path.read_text(encoding="utf-8") for path in sorted(_CATALOGUE.glob("*.py"))]
    return tuple(_row(entry) for source in sources for entry in _entries(source))


def _entries(source: str) -> Iterator[dict[str, Any]]:
    """Yield the arguments of each `Fault(...)`; a name stands for its text or, if it comes from elsewhere, itself."""
    tree = ast.parse(source)
    texts = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            texts[ast.unparse(node.targets[0])] = node.value.value
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Fault":
            yield {str(keyword.arg): _value(keyword.value, texts) for keyword in call.keywords}


def _value(node: ast.expr, texts: dict[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return texts.get(node.id, node.id)
    return node.value if isinstance(node, ast.Constant) else None


def _row(entry: dict[str, Any]) -> tuple[str, str, str, str, str]:
    name, danger, reaction = entry["name"], entry["danger"], entry["reaction"].lower().replace("_", " ")
    why = f": {entry['budget_why']}" if "budget_why" in entry else ""
    return f"`{name}`", danger, _time(entry["budget_ms"]) + why, reaction, entry.get("unjudged", "")


def _time(budget_ms: int | None) -> str:
    """Return the time within which a fault is noticed, as text."""
    if budget_ms is None:
        return "never: nothing may react"
    return f"{budget_ms} ms" if budget_ms < MS_PER_S else f"{budget_ms // MS_PER_S} s"
