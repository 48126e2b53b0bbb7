"""A checked board: its numbers by table."""

from host_tools.board.model import Wiring


def test_the_numbers_of_a_table_are_given_by_key():
    values = {("pins", "relay"): 0, ("pins", "light"): 1, ("addresses", "display"): 60}
    wiring = Wiring("mine", "Mine", "rp2040", "reference", values, {})
    assert wiring.pins == {"relay": 0, "light": 1}
    assert wiring.table("addresses") == {"display": 60}
    assert wiring.table("nothing") == {}
