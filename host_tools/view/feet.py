"""Paint one foot, from above or from below, with roller and toe tool; pure functions from numbers to an image."""

from dataclasses import dataclass

import numpy as np

from host_tools.view.outline import ANKLE_Y, ASPECT, HEEL_Y, Field, Shape, shape, toe_spot
from host_tools.view.palette import (
    BLACK,
    GLOW,
    LEG,
    LIFTED,
    NAIL,
    SKIN,
    SKIN_SHADE,
    SOLE_SHADE,
    SOLE_SKIN,
    TOOL,
    WHITE,
    Rgb,
    blend,
    force_colour,
)
from host_tools.view.raster import SUB_COLUMNS, SUB_ROWS, Image
from instep.units import PERMILLE

# Cells are about twice as high as wide.
CELL_ASPECT = 2.0

# All lengths in units of the foot's own length.
_ROLLER_HALF_WIDTH = 0.212
_ROLLER_THICKNESS = 0.052
_LIFTED_SHARE = 0.62
_THICKNESS_MIN_ROWS = 1.6
_TOOL_RADIUS = 0.021
_TOOL_MIN_COLUMNS = 1.1
_JAW_OUT, _JAW_HALF_WIDTH, _JAW_HALF_LENGTH = (0.068, 0.042, 0.042, 0.042, 0.042), 0.014, 0.036
# In smaller pictures the toe is coloured, without jaws.
_JAWS_MAX_COLUMN = 0.0125
_TURN_SHIFT_PER_DEG = 0.0025

# Below this force a roller counts as lifted.
TOUCH_N = 0.5
_GRIP_FULL_N = 5.0
_GLOW_MAX = 0.45
_LIFTED_COVER = 0.55
_SHINE, _SHADOW = 0.45, 0.35
_NAIL_COVER, _PAD_COVER, _PAD_PALER = 0.75, 0.5, 0.12
_TOE_TINT, _TOE_TINT_SMALL, _TOE_TINT_GRIP = 0.3, 0.55, 0.35
# How far inside the blurred edge the skin is fully lit.
_RELIEF_DARK, _RELIEF_SPAN = 0.45, 0.5


@dataclass(frozen=True)
class Touch:
    """One roller: position (‰ of its way), force (N), and its trail (0-1 along the way)."""

    permille: float
    force_n: float
    glow: Field


@dataclass(frozen=True)
class Toes:
    """The toe tool: station 0-8, reach (‰, 0 = base), turn and grip."""

    station: float
    reach_permille: float
    turn_deg: float
    grip_n: float


def columns_for(rows: int) -> int:
    """Return the width in cells of a foot drawn `rows` cells high."""
    return max(2, round(rows * CELL_ASPECT * ASPECT))


def roller_y(permille: float, sole: bool) -> float:
    """Return a roller's position along the drawn foot, 0-1, from its position on its way."""
    return min(max(permille / PERMILLE, 0.0), 1.0) * (HEEL_Y if sole else ANKLE_Y)


def paint_foot(
    rows: int, columns: int, *, left: bool, sole: bool, touch: Touch, toes: Toes | None, paper: Rgb
) -> Image:
    """Return the image of one foot in `rows` x `columns` cells on `paper`; `toes` is None if the tool is clear."""
    form = shape(rows * SUB_ROWS, columns * SUB_COLUMNS, left != sole)
    image = _bare_foot(form, sole, paper)
    _glow(image, form, sole, touch.glow)
    if toes is not None:
        _toe_tool(image, form, toes)
    _roller(image, form, roller_y(touch.permille, sole), touch.force_n)
    return image


def _mix(image: Image, colour: Rgb | Image, cover: Field) -> None:
    image += (np.asarray(colour, dtype=float) - image) * cover[..., None]


def _bare_foot(form: Shape, sole: bool, paper: Rgb) -> Image:
    skin, shade = (SOLE_SKIN, SOLE_SHADE) if sole else (SKIN, SKIN_SHADE)
    light = np.clip((form.relief - _RELIEF_DARK) / _RELIEF_SPAN, 0.0, 1.0)[..., None]
    surface = np.asarray(shade, dtype=float) + (np.asarray(skin, dtype=float) - shade) * light
    image: Image = np.empty_like(surface)
    image[:] = paper
    if sole:
        _mix(surface, blend(SOLE_SKIN, WHITE, _PAD_PALER), form.pads * _PAD_COVER)
    else:
        _mix(surface, NAIL, form.nails * _NAIL_COVER)
        _mix(surface, LEG, form.leg)
    _mix(image, surface, form.foot)
    return image


def _glow(image: Image, form: Shape, sole: bool, glow: Field) -> None:
    way = np.linspace(0.0, HEEL_Y if sole else ANKLE_Y, glow.size)
    warmth = np.interp(form.y, way, glow, right=0.0)
    _mix(image, GLOW, np.clip(warmth, 0.0, 1.0) * form.foot * form.relief * _GLOW_MAX)


def _box(form: Shape, spot: tuple[float, float], half_x: float, half_y: float) -> Field:
    across = np.clip((half_x - np.abs(form.x - spot[0])) / form.column_length + 0.5, 0.0, 1.0)
    along = np.clip((half_y - np.abs(form.y - spot[1])) / form.row_length + 0.5, 0.0, 1.0)
    cover: Field = across * along
    return cover


def _roller(image: Image, form: Shape, y: float, force_n: float) -> None:
    touching = force_n >= TOUCH_N
    thickness = max(_ROLLER_THICKNESS, _THICKNESS_MIN_ROWS * form.row_length)
    half = thickness / 2 * (1.0 if touching else _LIFTED_SHARE)
    colour = force_colour(force_n) if touching else LIFTED
    _mix(image, colour, _box(form, (0.0, y), _ROLLER_HALF_WIDTH, half) * (1.0 if touching else _LIFTED_COVER))
    if not touching:
        return
    _mix(image, BLACK, _box(form, (0.0, y + half), _ROLLER_HALF_WIDTH, half) * form.foot * _SHADOW)
    shine = _box(form, (0.0, y - half / 2), _ROLLER_HALF_WIDTH * 0.9, half / 4)
    _mix(image, blend(colour, WHITE, _SHINE), shine)


def _toe_tool(image: Image, form: Shape, toes: Toes) -> None:
    station = round(toes.station)
    if station % 2:
        spot = toe_spot(toes.station, toes.reach_permille)
        radius = max(_TOOL_RADIUS, _TOOL_MIN_COLUMNS * form.column_length)
        _mix(image, TOOL, _box(form, spot, radius, radius))
        return
    toe = station // 2
    grip = min(max(toes.grip_n / _GRIP_FULL_N, 0.0), 1.0)
    jaws_fit = form.column_length <= _JAWS_MAX_COLUMN
    _mix(image, TOOL, form.toes[toe] * ((_TOE_TINT if jaws_fit else _TOE_TINT_SMALL) + _TOE_TINT_GRIP * grip))
    if jaws_fit:
        _jaws(image, form, toes, grip)


def _jaws(image: Image, form: Shape, toes: Toes, grip: float) -> None:
    x, y = toe_spot(toes.station, toes.reach_permille)
    toe = round(toes.station) // 2
    shift = toes.turn_deg * _TURN_SHIFT_PER_DEG
    half_x = max(_JAW_HALF_WIDTH, 0.6 * form.column_length)
    for side in (-1, 1):
        spot = (x + side * (_JAW_OUT[toe] - 0.006 * grip), y + side * shift)
        _mix(image, blend(TOOL, WHITE, 0.5 * grip), _box(form, spot, half_x, _JAW_HALF_LENGTH))
