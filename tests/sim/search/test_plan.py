"""The first point of a search: the plan alone comes near to a wish."""

from host_tools.program.load import SHIPPED
from sim.search.plan import first_point, planned
from sim.search.profile import deviation
from sim.search.stroke import Space
from sim.search.wish import Wish

_LENGTH_MM = 260.0
WISH = Wish("", 10, "low", {"sole": ((0, 6.0), (500, 20.0), (1000, 6.0))})


def test_the_first_point_is_planned_nearer_to_the_wish_than_quick_and_a_middling_stroke():
    space = Space(WISH)
    middling = space.text((space.low + space.high) / 2, "plan")
    texts = [
        space.text(first_point(space, WISH), "plan"),
        (SHIPPED / "quick.toml").read_text(encoding="utf-8"),
        middling,
    ]
    first, *others = [deviation(WISH, [planned(text)], [_LENGTH_MM]) for text in texts]
    assert first < 0.25 and first < min(others) / 2


def test_the_first_point_keeps_the_bounds_even_for_a_wish_that_is_out_of_reach():
    wish = Wish("", 10, "low", {"top": ((0, 200.0), (1000, 200.0))})
    space = Space(wish)
    point = first_point(space, wish)
    assert (point >= space.low).all() and (point <= space.high).all()
    assert point[1] == space.high[1]  # near the tips, where the roller does not turn
