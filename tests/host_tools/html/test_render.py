"""The pages' templates: values are escaped, missing values are errors, the palette is in the style sheet."""

from typing import Any

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from host_tools.html.palette import PALETTE, colour, css_variables
from host_tools.html.render import render

BASE = "host_tools/html/base.html.jinja"
VALUES: dict[str, Any] = {
    "title": "A title",
    "eyebrow": "report",
    "verdict": "held",
    "verdict_kind": "good",
    "figures": [],
    "footer": "The end.",
}


def test_a_value_is_escaped_and_markup_is_not():
    page = render(BASE, **VALUES | {"title": "<script>", "footer": Markup("<b>bold</b>")})
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<b>bold</b>" in page


def test_a_missing_value_is_an_error_and_not_an_empty_place():
    with pytest.raises(UndefinedError, match="verdict"):
        render(BASE, **{name: value for name, value in VALUES.items() if name != "verdict"})


def test_the_style_sheet_holds_the_palette_for_light_and_dark_and_no_comment():
    page = render(BASE, **VALUES)
    assert css_variables(dark=False) in page
    assert css_variables(dark=True) in page
    assert "/*" not in page


def test_palette_colours_differ_so_that_each_can_be_found():
    lights = [light for light, _ in PALETTE.values()]
    assert len(set(lights)) == len(lights)


def test_an_unknown_name_gets_the_colour_of_rest():
    assert colour("a new technique") == colour("rest")
