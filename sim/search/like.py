"""Make a wish of what a program gives."""

import numpy as np

from host_tools.errors import InstepError
from host_tools.program.check import TITLE_MAX_CHARACTERS
from host_tools.program.model import Program
from instep.units import PERMILLE
from sim.search.profile import hats
from sim.search.session import Session
from sim.search.wish import SIDES, Wish

# The places of the wish, per mille of the way: each wishes the mean dose around it. Start values.
_PLACES = (0, 100, 300, 500, 700, 900, PERMILLE)
# A side that got less is not wished: the closing strokes alone give about 1 N s/cm2.
_DOSE_MIN = 2.0


def wish_like(program: Program, session: Session) -> Wish:
    """Return the wish for the dose that a session with `program` gave; raise InstepError if there was nearly none."""
    doses = {}
    for side in SIDES:
        near = hats(side, _PLACES)
        values = near @ np.mean([given[side] for given in session.feet], axis=0) / near.sum(axis=1)
        if values.max() >= _DOSE_MIN:
            doses[side] = tuple((place, round(float(value), 1)) for place, value in zip(_PLACES, values, strict=True))
    if not doses:
        raise InstepError(
            f"{program.name} presses with no roller, neither on top nor on the sole.", "Name a program that does."
        )
    return Wish(f"Like {program.title}"[:TITLE_MAX_CHARACTERS], program.minutes, program.heat, doses)
