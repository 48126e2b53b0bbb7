"""The drawing of a board's wiring: whole, without overlap, with every pin and terminal."""

import itertools
import re
import xml.etree.ElementTree as ET

import pytest

from host_tools.board.chips import HEADER, POWER
from host_tools.board.drawing import draw
from host_tools.board.wires import wires_of
from tests.host_tools.board.wirings import WIRINGS


@pytest.mark.parametrize("name", WIRINGS)
def test_no_text_of_the_drawing_overlaps_another_or_leaves_its_frame(name):
    canvas = draw(WIRINGS[name])
    clashes = [(one.text, other.text) for one, other in itertools.combinations(canvas.texts, 2) if one.overlaps(other)]
    assert not clashes
    outside = [
        text.text for text in canvas.texts for frame in canvas.frames if frame.overlaps(text) and not frame.holds(text)
    ]
    assert not outside


@pytest.mark.parametrize("name", WIRINGS)
def test_the_drawing_shows_all_forty_pins_and_every_terminal(name):
    wiring = WIRINGS[name]
    svg = ET.fromstring(draw(wiring).as_svg())
    said = [element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")]
    for pin in range(1, 41):
        assert str(pin) in said
    for place in [f"GP{gpio}" for gpio in HEADER] + list(POWER.values()):
        assert place in said
    for wire in wires_of(wiring):
        if wire.pin is not None:
            assert {wire.part, wire.terminal, wire.remark} <= set(said)


def upright_and_level(path):
    """Return the pieces of a wire's path as ((x1, y1), (x2, y2)), its round corners left out."""
    numbers = [tuple(float(number) for number in pair) for pair in re.findall(r"(-?[\d.]+),(-?[\d.]+)", path)]
    return list(itertools.pairwise(numbers))


@pytest.mark.parametrize("name", ["pico", "pico2"])
def test_wires_beside_the_pico_do_not_cross(name):
    svg = ET.fromstring(draw(WIRINGS[name]).as_svg())
    wires = [
        upright_and_level(element.get("d", ""))
        for element in svg.iter("{http://www.w3.org/2000/svg}path")
        if "line-bus" not in element.get("class", "")
    ]
    for one, other in itertools.combinations(wires, 2):
        for (a, b), (c, d) in itertools.product(one, other):
            level, upright = ((a, b), (c, d)) if a[1] == b[1] else ((c, d), (a, b))
            if level[0][1] != level[1][1] or upright[0][0] != upright[1][0]:
                continue
            xs, ys = sorted(end[0] for end in level), sorted(end[1] for end in upright)
            assert not (xs[0] < upright[0][0] < xs[1] and ys[0] < level[0][1] < ys[1]), (one, other)
