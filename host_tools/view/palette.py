"""Colours with a meaning, shared by the drawn feet and the gauges."""

from bisect import bisect_right

from textual.theme import Theme

Rgb = tuple[int, int, int]

THEME = Theme(
    name="instep",
    dark=True,
    primary="#86c5c9",
    secondary="#c8a78b",
    accent="#eec27a",
    success="#93c79a",
    warning="#eec27a",
    error="#ea7a74",
    foreground="#d8dee6",
    background="#10151b",
    surface="#151c24",
    panel="#1d2731",
    variables={"rule": "#2c3a47", "muted": "#8494a3", "footer-key-foreground": "#86c5c9"},
)

WHITE: Rgb = (255, 255, 255)
BLACK: Rgb = (0, 0, 0)
SKIN: Rgb = (198, 158, 136)
SKIN_SHADE: Rgb = (112, 82, 76)
SOLE_SKIN: Rgb = (214, 170, 150)
SOLE_SHADE: Rgb = (128, 88, 82)
LEG: Rgb = (222, 186, 164)
NAIL: Rgb = (236, 208, 194)
GLOW: Rgb = (232, 98, 84)
LIFTED: Rgb = (122, 138, 152)
TOOL: Rgb = (126, 214, 214)

# Newton to colour: light contact, the lighter way back, firm (25 N), the maximum set point (35 N), the hard stop.
_FORCE_RAMP: tuple[tuple[float, Rgb], ...] = (
    (0.0, (134, 197, 201)),
    (8.0, (140, 208, 170)),
    (16.0, (214, 212, 128)),
    (25.0, (242, 184, 92)),
    (35.0, (240, 128, 84)),
    (60.0, (226, 56, 72)),
)


def blend(low: Rgb, high: Rgb, share: float) -> Rgb:
    """Mix `share` (0-1) of `high` into `low`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(low, high, strict=True))
    return red, green, blue


def force_colour(force_n: float) -> Rgb:
    """Return the colour of a force: teal when light, amber when firm, red at the hard stop of 60 N."""
    bounded_n = min(max(force_n, 0.0), _FORCE_RAMP[-1][0])
    upper = min(bisect_right([n for n, _ in _FORCE_RAMP], bounded_n), len(_FORCE_RAMP) - 1)
    (low_n, low), (high_n, high) = _FORCE_RAMP[upper - 1], _FORCE_RAMP[upper]
    return blend(low, high, (bounded_n - low_n) / (high_n - low_n))


def hex_of(colour: Rgb) -> str:
    """Return `colour` as #rrggbb."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
