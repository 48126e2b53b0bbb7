"""The palette: every name for light and dark, each light colour once, because pictures are recoloured by it."""

import re

from host_tools.html.palette import PALETTE, colour, css_variables
from instep.stroke.program import TECHNIQUES


def test_every_colour_is_a_whole_hexadecimal_one_and_light_ones_differ():
    values = [value for pair in PALETTE.values() for value in pair]
    assert all(re.fullmatch("#[0-9a-f]{6}", value) for value in values)
    light = [pair[0] for pair in PALETTE.values()]
    assert len(set(light)) == len(light)


def test_every_technique_has_a_colour_of_its_own():
    assert len({colour(technique) for technique in TECHNIQUES}) == len(TECHNIQUES)
    assert colour("unheard of") == colour("rest")


def test_a_page_gets_every_name_for_light_and_for_dark():
    for is_dark in (False, True):
        declared = dict(part.split(":") for part in css_variables(is_dark).split(";") if part)
        assert declared == {f"--{name}": pair[is_dark] for name, pair in PALETTE.items()}
