"""A graph in layers: no arrow that a longer way makes superfluous, each one layer down."""

from host_tools.docs.layers import is_bend, layers_of, reduced

GRAPH = {"a": frozenset("bcd"), "b": frozenset("cd"), "c": frozenset("d"), "d": frozenset(), "e": frozenset("d")}


def test_a_longer_way_makes_an_arrow_superfluous():
    assert reduced(GRAPH) == {"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": set(), "e": {"d"}}


def test_every_arrow_leads_down_one_layer_at_a_time():
    layers, ways = layers_of(reduced(GRAPH))
    rows = {name: row for row, layer in enumerate(layers) for name in layer}
    for (one, other), way in ways.items():
        assert (way[0], way[-1]) == (one, other)
        assert [rows[name] for name in way] == list(range(rows[one], rows[other] + 1))
        assert all(map(is_bend, way[1:-1]))
