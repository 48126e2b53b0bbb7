"""The colours of all pages and pictures: one name, a value for a light page and one for a dark page."""

# name: (light, dark). Light values must differ from one another: a picture's colours are found by them.
PALETTE = {
    "ink": ("#1f2430", "#e9ebf1"),
    "soft": ("#667084", "#a3acbd"),
    "line": ("#d9dde5", "#353c4b"),
    "card": ("#fefefe", "#191e29"),
    "page": ("#f5f4f1", "#10141c"),
    "smooth": ("#2a9187", "#53c6b8"),
    "top": ("#dd7324", "#f3a061"),
    "sole": ("#5a5ec4", "#9a9df8"),
    "pull": ("#c23d77", "#ef7fb0"),
    "slide": ("#2c82c4", "#68b6ef"),
    "rest": ("#98a1b1", "#79839a"),
    "path": ("#77863a", "#b3c46a"),
    "left": ("#2f6db3", "#74aef0"),
    "right": ("#b4552d", "#ee9468"),
    "warn": ("#d18a0b", "#f5bf4f"),
    "danger": ("#cf3127", "#ff7a70"),
    "good": ("#1b7f58", "#58cf9d"),
}


def colour(name: str) -> str:
    """Return the light colour of a palette entry; an unknown name gets the colour of `rest`."""
    return PALETTE.get(name, PALETTE["rest"])[0]


def css_variables(dark: bool) -> str:
    """Return the palette as CSS declarations."""
    return "".join(f"--{name}:{pair[dark]};" for name, pair in PALETTE.items())
