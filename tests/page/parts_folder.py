"""What the tests take from the page's npm packages."""

import functools

from sim.page import parts


@functools.cache
def axe() -> str:
    """Return the text of axe-core."""
    return (parts.package("axe-core") / "axe.min.js").read_text(encoding="utf-8")
