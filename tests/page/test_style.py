"""The page's colours: those of the palette for both themes, the dark one also where only the browser asks for it."""

import re

from host_tools.html.palette import PALETTE
from sim.page.style import stylesheet


def rules():
    return re.findall(r"([^{}]+) \{\n((?:  --[^\n]*\n)+)\}", stylesheet())


def test_every_rule_has_every_colour_of_its_theme():
    found = [(selector.strip(), re.findall(r"--([a-z]+): (#\w+);", body)) for selector, body in rules()]
    assert [selector for selector, _ in found] == [
        ":root",
        ':root[data-theme="dark"]',
        ':root:not([data-theme="light"])',
    ]
    for (_, colours), theme in zip(found, (0, 1, 1), strict=True):
        assert colours == [(name, pair[theme]) for name, pair in PALETTE.items()]


def test_the_browser_s_wish_for_dark_gives_way_to_the_person_s_choice_of_light():
    media = stylesheet().partition("@media (prefers-color-scheme: dark)")[2]
    assert ':root:not([data-theme="light"])' in media
