"""Move the lifted top roller over the foot while it is measured: a foot that it touches is too high to be massaged.

The press cannot lift further, so whatever it feels there is the least that a stroke could press with. The way is free
up to the ankle, which is known once the foot's length is measured; the first part of it is free on any foot.
"""

from instep.axes import TOP_STROKE
from instep.stroke.foot_scaling import FOOT_MIN_UM, roller_way_um
from instep.stroke.glide import Glide
from instep.stroke.probe import CONTACT_TICKS, LIFTED_UM
from micropython import const

# Before the length is known: short of the ankle of a foot that is to be refused as too short, too.
_SURE_WAY_UM = roller_way_um(TOP_STROKE, FOOT_MIN_UM) * 3 // 4
# The roller is home within this distance. Start value.
_NEAR_UM = const(2_000)
# Longest way back (it takes 7 s), ticks. Start value.
_BACK_TICKS = const(1_200)


class TopSweep:
    """Sweep one top roller to the ankle and back; without a foot its sensor reads `lifted_max_mn` at most.

    `is_over` when it is home, `is_too_high` if it has felt the foot, `is_late` if it does not come home.
    """

    def __init__(self, lifted_max_mn: int) -> None:
        self._lifted_max_mn = lifted_max_mn
        self.move = Glide()
        self._felt_ticks = self._back_ticks = 0
        self._is_back = False
        self.is_over = self.is_too_high = self.is_late = False

    def begin(self) -> None:
        """Start from home."""
        self.move.begin()
        self._felt_ticks = self._back_ticks = 0
        self._is_back = False
        self.is_over = self.is_too_high = self.is_late = False

    def tick(self, position_um: int, force_mn: int, length_um: int, is_measured: bool) -> None:
        """Advance by one tick; `length_um` is 0 until it is known, and stays 0 if the foot was not found."""
        # While the roller waits, the foot does not come nearer: what its sensor says then is not its own force.
        is_felt = force_mn > self._lifted_max_mn and self.move.speed_um != 0
        self._felt_ticks = self._felt_ticks + 1 if is_felt else 0
        if self._felt_ticks >= CONTACT_TICKS:
            self.is_too_high = True
        if not self._is_back:
            goal_um = roller_way_um(TOP_STROKE, length_um) if length_um else _SURE_WAY_UM
            self.move.to(goal_um, LIFTED_UM)
            self._is_back = is_measured and (self.move.place_um == goal_um or not length_um)
        else:
            self.move.to(0, LIFTED_UM)
            self.is_over = self.move.place_um == 0 and abs(position_um) <= _NEAR_UM
            self._back_ticks += 1
            self.is_late = self._back_ticks > _BACK_TICKS
