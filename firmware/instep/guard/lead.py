"""How much warmer a film is than its skin side, and how much of that its power explains.

Between film and pad are 0.3 K/W: 12 W make a lead of 3.6 K, behind film (1.8 s) and beads (1 to 4 s). Without power
there is none but what the sensors differ by, the base: it is learnt while the open relay keeps every switch from
heating, a leaking one too.
"""

from instep.guard.limits import BASE_MAX_CENTI_K, BASE_STEP_CENTI_K, LEAD_CENTI_K_PER_KILO, SETTLED_SAMPLES
from instep.units import PERMILLE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.heater import HeaterDrive
    from instep.drive.ntc import Probe
    from instep.guard.relay_monitor import RelayMonitor

# Two low-pass filters make the power as late as the lead: 16 samples for the film, 32 for the beads.
_FILM_BITS = const(4)
_BEAD_BITS = const(5)


class Lead:
    """The lead of one well, 0.01 K: `now` as measured, `over` less the base; `power_permille` is as late as it is.

    `explained` is the lead that this power makes in a nominal well.
    """

    def __init__(self, heater: "HeaterDrive", element: "Probe", skin: "Probe", relay: "RelayMonitor") -> None:
        self._heater = heater
        self._element = element
        self._skin = skin
        self._relay = relay
        self._film = 0
        self._bead = 0
        self._base = 0
        self._is_base_known = False
        self._cold_samples = SETTLED_SAMPLES
        self.now = 0
        self.over = 0
        self.explained = 0
        self.power_permille = 0

    def take(self) -> None:
        """Take the newest samples."""
        self._film += self._heater.duty_permille - (self._film >> _FILM_BITS)
        self._bead += (self._film >> _FILM_BITS) - (self._bead >> _BEAD_BITS)
        self.power_permille = self._bead >> _BEAD_BITS
        self.explained = self.power_permille * LEAD_CENTI_K_PER_KILO // PERMILLE
        self.now = self._element.centi_c - self._skin.centi_c
        if self._relay.is_commanded_closed:
            self._cold_samples = 0
        elif self._cold_samples < SETTLED_SAMPLES:
            self._cold_samples += 1
        else:
            self._learn_base()
        self.over = self.now - self._base

    def _learn_base(self) -> None:
        if self._is_base_known:
            error = self.now - self._base
            self._base += max(-BASE_STEP_CENTI_K, min(error, BASE_STEP_CENTI_K))
        else:
            self._is_base_known = True
            self._base = self.now
        self._base = max(-BASE_MAX_CENTI_K, min(self._base, BASE_MAX_CENTI_K))
