"""Judge the force of a roller that moves, by the surface of this foot as its press has found it.

Travel of the press less what the reading makes of the spring is the surface under the roller. The foot's shape changes
it slowly along the track; a reading that is too low raises it, because the press goes on until the reading is right.
So the surface is followed as steeply as a foot can be, and kept at the nodes of a grid along the track: a sudden fault
is beyond the first, a slow drift beyond the second. A foot that gives way is beyond them too: which of the two it is
shows after a pause, when the lifted sensor has to read nothing and the roller lands again on a foot that was put back.
"""

from array import array

import micropython
from instep.drive.press import CONTACT, LANDING, SPRING, TOUCHING, TRAILING, ZERO
from instep.guard import limits
from instep.guard.faults import FAULT_FOOT_MOVED, FAULT_FORCE_LOW, NO_FAULT
from instep.kernel import ptr32
from instep.units import MN_PER_N, UM_PER_MM
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.press import Press

# Nodes 16.4 mm apart reach over 340 mm.
_NODE_SHIFT = const(14)
_NODE_STEP_UM = const(1 << _NODE_SHIFT)
_NODE_MASK = const(_NODE_STEP_UM - 1)
_NEAR_UM = const(500)
_NODES = const(22)
_PLACE_MAX_UM = const(((_NODES - 1) << _NODE_SHIFT) - 1)
# A reading beyond this shows no surface. A surface is inside the press's 60 mm, or no more than this above them. So
# the largest product is the 80 mm by which two nodes can differ, times the way between them: 1,311 million.
_FORCE_MAX_MN = const(60_000)
_SURFACE_MIN_UM = const(-20_000)

# Places in the state of a monitor.
_ASKED_MN = const(0)
_FORCE_MN = const(1)  # the reading without the sensor's zero
_READ_UM = const(2)  # the surface by this reading
_FAR_UM = const(3)  # so much farther than known is too far
_IS_BEHIND = const(4)
_TICKS = const(5)
_FOLLOWS = const(6)  # 0 after a lift, _JUST_TOUCHED in the first tick of a contact, then _ROLLING
_FOLLOWED_UM = const(7)
_KNOWN_MN = const(8)  # the force with which that surface was known, which eases with time
_PLACE_UM = const(9)
_LOW = const(10)  # the roller was between this node and the next
_NEW_LOW = const(11)  # and now between this one and the next
_WAY_UM = const(12)  # so far beyond that node
_MOVES = const(13)  # how often the foot seemed to have moved, without having been still between
_STILL_TICKS = const(14)
_HAS_MOVED = const(15)  # the foot seemed to, and has not been felt since
_NODE_UM = const(16)  # the surface at each node under light strokes, then under firm ones
_NODE_MN = const(_NODE_UM + 2 * _NODES)  # the force with which it was read, -1 = unknown
_SIZE = const(_NODE_MN + 2 * _NODES)

_JUST_TOUCHED = const(1)
_ROLLING = const(2)


class SurfaceMonitor:
    """Judge one roller in each tick in which it is to press."""

    def __init__(self, press: "Press") -> None:
        self._press = press
        self._state = array("i", [0] * _SIZE)
        # Toes on their stop are about where the press usually meets them.
        self._toes_um = press.state[CONTACT]
        self.begin_session()

    def begin_session(self) -> None:
        """Forget the foot; of a new one only the place of its toes is known."""
        state = self._state
        state[_FOLLOWS] = state[_MOVES] = state[_STILL_TICKS] = state[_HAS_MOVED] = 0
        forget_nodes(state)
        state[_NODE_UM] = state[_NODE_UM + _NODES] = self._toes_um
        state[_NODE_MN] = state[_NODE_MN + _NODES] = 0

    def check(self, place_um: int, force_mn: int) -> int:
        """Return the fault or notice that this reading completes."""
        state = self._state
        state[_ASKED_MN] = self._press.asked_mn
        follow_foot(state, self._press.state, place_um, force_mn)
        if judge_nodes(state, place_um) or (state[_HAS_MOVED] and state[_FOLLOWS] == _JUST_TOUCHED):
            state[_HAS_MOVED] = 0
            forget_nodes(state)
        if learn_node(state, self._press.state) < limits.BEHIND_TICKS:
            return NO_FAULT
        state[_TICKS] = state[_STILL_TICKS] = 0
        state[_MOVES] += 1
        state[_HAS_MOVED] = 1
        return FAULT_FORCE_LOW if state[_MOVES] >= limits.MOVES_MAX else FAULT_FOOT_MOVED


@micropython.viper
def forget_nodes(monitor: ptr32) -> int:
    """Let no node be known; return their number."""
    node = 0
    while node < 2 * _NODES:
        monitor[_NODE_MN + node] = -1
        node += 1
    return node


@micropython.viper
def follow_foot(monitor: ptr32, press: ptr32, place_um: int, force_mn: int) -> int:
    """Follow the surface, and return it; a jump beyond what a person may feel is behind. Products under 60 million."""
    force_mn -= press[ZERO]
    if force_mn > _FORCE_MAX_MN:
        force_mn = _FORCE_MAX_MN
    elif force_mn < 0:
        force_mn = 0
    read_um = press[TRAILING] - force_mn * UM_PER_MM // press[SPRING]
    asked_mn = monitor[_ASKED_MN]
    far_um = (limits.BEHIND_MN + (asked_mn >> limits.BEHIND_SHIFT)) * UM_PER_MM // press[SPRING]
    monitor[_IS_BEHIND] = 0
    if press[LANDING] != 0 and press[TOUCHING] == 0:
        # After a lift the press searches; only the nodes are known.
        monitor[_FOLLOWS] = 0
        far_um = limits.SEARCH_FAR_UM
    elif monitor[_FOLLOWS] == 0:
        monitor[_FOLLOWS] = _JUST_TOUCHED
        monitor[_FOLLOWED_UM] = read_um
        monitor[_KNOWN_MN] = force_mn
    else:
        monitor[_FOLLOWS] = _ROLLING
        way_um = place_um - monitor[_PLACE_UM]
        if way_um < 0:
            way_um = 0 - way_um
        followed_um = monitor[_FOLLOWED_UM]
        known_mn = monitor[_KNOWN_MN] - limits.EASE_MN
        if force_mn > known_mn + limits.EASE_MN:
            followed_um += (force_mn - known_mn - limits.EASE_MN) * limits.YIELD_UM_PER_N // MN_PER_N
        monitor[_KNOWN_MN] = force_mn if force_mn > known_mn else known_mn
        monitor[_IS_BEHIND] = 1 if read_um > followed_um + far_um else 0
        if press[TOUCHING] != 0:
            followed_um += (way_um >> limits.STEEP_SHIFT) + limits.CREEP_UM
        monitor[_FOLLOWED_UM] = followed_um if read_um > followed_um else read_um
    monitor[_PLACE_UM] = place_um
    monitor[_FORCE_MN] = force_mn
    monitor[_READ_UM] = read_um
    monitor[_FAR_UM] = far_um
    return read_um


@micropython.viper
def judge_nodes(monitor: ptr32, place_um: int) -> int:
    """Compare the surface with that between two nodes; return 1 if a landing shows that the foot has moved."""
    if place_um < 0:
        place_um = 0
    elif place_um > _PLACE_MAX_UM:
        place_um = _PLACE_MAX_UM
    way_um = place_um & _NODE_MASK
    low = place_um >> _NODE_SHIFT
    if monitor[_ASKED_MN] >= limits.FIRM_MN:
        low += _NODES
    monitor[_NEW_LOW] = low
    monitor[_WAY_UM] = way_um
    known_mn = monitor[_NODE_MN + low]
    next_mn = monitor[_NODE_MN + low + 1]
    known_um = monitor[_NODE_UM + low]
    if next_mn < 0:
        if known_mn < 0:
            return 0
        known_um += way_um >> limits.STEEP_SHIFT
    elif known_mn < 0:
        known_mn = next_mn
        known_um = monitor[_NODE_UM + low + 1] + ((_NODE_STEP_UM - way_um) >> limits.STEEP_SHIFT)
    else:
        known_mn = next_mn if next_mn < known_mn else known_mn
        known_um += (monitor[_NODE_UM + low + 1] - known_um) * way_um >> _NODE_SHIFT
    far_um = monitor[_READ_UM] - known_um
    if monitor[_FORCE_MN] > known_mn:
        far_um -= (monitor[_FORCE_MN] - known_mn) * limits.YIELD_UM_PER_N // MN_PER_N
    if monitor[_FOLLOWS] == _JUST_TOUCHED:
        return 1 if far_um > limits.MOVED_UM else 0
    if far_um > monitor[_FAR_UM]:
        monitor[_IS_BEHIND] = 1
    return 0


@micropython.viper
def learn_node(monitor: ptr32, press: ptr32) -> int:
    """Learn the surface at a node that the roller passes; return for how many ticks the reading has been behind.

    What a lighter touch shows of a node is not the surface under this force.
    """
    low = monitor[_NEW_LOW]
    last_low = monitor[_LOW]
    monitor[_LOW] = low
    is_near = monitor[_WAY_UM] < _NEAR_UM
    if monitor[_IS_BEHIND] != 0:
        monitor[_TICKS] = monitor[_TICKS] + 1
        return monitor[_TICKS]
    monitor[_TICKS] = 0
    if press[TOUCHING] == 0:
        return 0
    monitor[_STILL_TICKS] = monitor[_STILL_TICKS] + 1
    if monitor[_STILL_TICKS] >= limits.STILL_TICKS:
        monitor[_MOVES] = 0
    is_next = low == last_low + 1 or low == last_low - 1
    if not (is_near or is_next):
        return 0
    node = low if is_near or low > last_low else low + 1
    more_mn = monitor[_FORCE_MN] - monitor[_NODE_MN + node]
    if more_mn > limits.FIRMER_MN or (more_mn > -limits.FIRMER_MN and monitor[_READ_UM] < monitor[_NODE_UM + node]):
        monitor[_NODE_UM + node] = monitor[_READ_UM] if monitor[_READ_UM] > _SURFACE_MIN_UM else _SURFACE_MIN_UM
        monitor[_NODE_MN + node] = monitor[_FORCE_MN]
    return 0
