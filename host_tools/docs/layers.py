"""Layers of a graph without circles: each node above all that it points to, with as few crossings as a sweep finds."""

from collections.abc import Mapping
from functools import partial
from itertools import pairwise

Graph = Mapping[str, frozenset[str]]
Layers = list[list[str]]

_SWEEPS = 8
_BEND = "→"


def reduced(graph: Graph) -> dict[str, frozenset[str]]:
    """Return the graph without the arrows that a longer way makes superfluous."""
    return {
        node: frozenset(to for to in ends if not any(to in _reachable(graph, via) for via in ends if via != to))
        for node, ends in graph.items()
    }


def layers_of(graph: Graph) -> tuple[Layers, dict[tuple[str, str], list[str]]]:
    """Return the layers from the top, and each arrow's way through them; `is_bend` tells its bends from nodes."""
    heights = _raised(graph, {node: _height(graph, node) for node in graph})
    layers: Layers = [[] for _ in range(max(heights.values()) + 1)]
    for node, height in heights.items():
        layers[height].append(node)
    ways = {}
    for node, ends in graph.items():
        for end in sorted(ends):
            bends = [f"{node}{_BEND}{end}{height}" for height in range(heights[node] - 1, heights[end], -1)]
            for height, bend in zip(range(heights[node] - 1, heights[end], -1), bends, strict=True):
                layers[height].append(bend)
            ways[node, end] = [node, *bends, end]
    layers.reverse()
    _untangle(layers, list(ways.values()))
    return layers, ways


def is_bend(name: str) -> bool:
    """Return True for a place in a layer through which an arrow passes."""
    return _BEND in name


def _reachable(graph: Graph, start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for end in graph[waiting.pop()]:
            if end not in found:
                found.add(end)
                waiting.append(end)
    return found


def _height(graph: Graph, node: str) -> int:
    return max((_height(graph, end) + 1 for end in graph[node]), default=0)


def _raised(graph: Graph, heights: dict[str, int]) -> dict[str, int]:
    """Return the heights with each node that points to nothing close under the lowest node that points to it."""
    above = {node: [heights[other] for other, ends in graph.items() if node in ends] for node in graph}
    ends_here = {node: not graph[node] and bool(above[node]) for node in graph}
    return {node: min(above[node]) - 1 if ends_here[node] else height for node, height in heights.items()}


def _untangle(layers: Layers, ways: list[list[str]]) -> None:
    """Sort each layer by the mean place of the neighbours above it and below it, in turn."""
    steps = [(upper, lower) for way in ways for upper, lower in pairwise(way)]
    for sweep in range(_SWEEPS):
        from_above = sweep % 2 == 0
        for layer in layers if from_above else layers[::-1]:
            places = _places(layers)
            layer.sort(key=partial(_mean, steps, places, from_above))


def _places(layers: Layers) -> dict[str, float]:
    return {name: (index + 0.5) / len(layer) for layer in layers for index, name in enumerate(layer)}


def _mean(steps: list[tuple[str, str]], places: dict[str, float], from_above: bool, name: str) -> float:
    if from_above:
        near = [places[upper] for upper, lower in steps if lower == name]
    else:
        near = [places[lower] for upper, lower in steps if upper == name]
    return sum(near) / len(near) if near else places[name]
