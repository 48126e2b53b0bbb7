"""The strokes of a search: every point is a program that passes the check and that a person could have written."""

import re

import numpy as np
import pytest

from host_tools.program.check import check_text
from sim.search.stroke import Space, places_of
from sim.search.wish import Comfort, Wish

WISH = Wish('"Both"', 10, "low", {"top": ((200, 5.0), (1000, 9.0)), "sole": ((0, 4.0), (1000, 4.0))}, Comfort(20, 50))


@pytest.mark.parametrize("share", [0.0, 0.37, 1.0])
def test_every_point_is_a_program_within_the_bounds(share):
    space = Space(WISH)
    text = space.text(space.low + share * (space.high - space.low), "mine")
    program = check_text(text, "mine.toml")
    moves = [waypoint for phase in program.phases for waypoint in phase.waypoints]
    forces = [waypoint[key] for waypoint in moves for key in ("top_n", "sole_n") if key in waypoint]
    assert (program.name, program.title, program.minutes, program.heat) == ("mine", '"Both"', 10, "low")
    assert min(forces) >= 200 and max(forces) <= 2000
    assert all(waypoint.get("speed_mm_s", 0) <= 500 for waypoint in moves)


def test_values_are_rounded_as_a_person_writes_them():
    space = Space(WISH)
    text = space.text(space.low + 0.3712 * (space.high - space.low), "mine")
    forces = [float(number) for number in re.findall(r"(?:top|sole)_n = ([0-9.]+)", text)]
    assert forces and all(2 * force == round(2 * force) for force in forces)
    assert all("." not in number for number in re.findall(r"speed_mm_s = ([0-9.]+)", text))


def test_the_forces_of_a_side_stand_where_a_point_has_them():
    space = Space(WISH)
    point = np.array(space.low)
    for side, start, end in space.sides():
        point[start:end] = [10.0 + number for number in range(end - start)]
        stroke = space.text(point, "mine").split(f"{{ {side}_n = 10 }}")[1]
        assert f"{side} = {space.places[side][1]}, {side}_n = 11," in stroke


def test_a_stroke_begins_where_the_wish_does():
    text = Space(WISH).text(Space(WISH).low, "mine")
    assert "{ top = 200 }" in text and "{ sole = 0 }" not in text


@pytest.mark.parametrize(
    ("at", "places"),
    [
        ((0, 1000), (0, 80, 360, 640, 920, 1000)),
        ((0, 300, 600, 1000), (0, 80, 300, 600, 920, 1000)),
        ((0, 100, 1000), (0, 80, 360, 640, 920, 1000)),
        ((400, 500), (400, 500)),
    ],
)
def test_a_stroke_has_places_at_the_corners_of_the_wish_near_its_ends_and_never_far_apart(at, places):
    assert places_of([(place, 1.0) for place in at]) == places
