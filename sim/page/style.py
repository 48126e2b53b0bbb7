"""The colours of the page: the report's palette, light and dark, as CSS."""

from sim.page.sources import PALETTE


def stylesheet() -> str:
    """Return a rule per theme; `data-theme` on the page's root overrides the browser's setting."""
    light = _rule(":root", 0)
    dark = _rule(':root[data-theme="dark"]', 1)
    by_browser = _rule(':root:not([data-theme="light"])', 1)
    return f"{light}{dark}@media (prefers-color-scheme: dark) {{\n{by_browser}}}\n"


def _rule(selector: str, theme: int) -> str:
    lines = "".join(f"  --{name}: {values[theme]};\n" for name, values in PALETTE.items())
    return f"{selector} {{\n{lines}}}\n"
