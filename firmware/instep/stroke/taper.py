"""Press less where less of the foot bears a roller: toward the tips of the toes, and toward the ankle or heel.

A program says per technique how many per cent less its rollers press at the two ends of their way. Through a zone at
each end the force falls by that without a kink, as 3 x^2 - 2 x^3. The force of a lane is the maximum.
"""

import micropython
from instep.axes import RATE_PER_TICK, TOP_PRESS
from instep.units import PERCENT
from micropython import const

# The two zones are each this part of the way: a fifth. The toes are a sixth of a foot's length (`STATION_PERMILLE`),
# a heel narrows in its last seventh (`host_tools/foot_outline.py`). Start value.
ZONES = const(5)

# Shares are counted in 2^13 parts, so that the force changes by a few mN from tick to tick.
_BITS = const(13)
_WHOLE = const(8192)

# A program leaves at least a tenth of the force; less would let the roller lose the foot. Start value.
TAPER_MAX_PERCENT = 90

# The curve's steepest part is half as steep again as a straight line. A quarter of the press's speed is left for
# braking, which changes the force's speed with the roller's.
_RATE = RATE_PER_TICK[TOP_PRESS] * 3 // 4 * 2 // 3


@micropython.viper
def tapered(force: int, place_um: int, way_um: int, tapers: int) -> int:
    """Return the force at a place on the roller's way; `tapers`: per cent less at the tips, and x 256 at the end.

    The largest product is a zone of 68,000 um x 2^13.
    """
    zone_um = way_um // ZONES
    inside_um = zone_um - place_um
    percent = tapers & 255
    if inside_um <= 0:
        inside_um = place_um - way_um + zone_um
        percent = tapers >> 8
    if inside_um <= 0:
        return force
    part = inside_um * _WHOLE // zone_um
    share = ((part * part) >> _BITS) * (3 * _WHOLE - 2 * part) >> _BITS
    return force - ((force * percent // PERCENT * share) >> _BITS)


def taper_ticks(force: int, distance_um: int, way_um: int, tapers: int) -> int:
    """Return the ticks that a way must take at full speed, so that no press changes faster than its axis may."""
    percent = max(tapers & 255, tapers >> 8)
    return (force * percent // (PERCENT * _RATE) + 1) * ZONES * distance_um // way_um if percent else 0
