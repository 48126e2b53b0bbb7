"""The 12 V supply behind its internal resistance: algebraic, so exact and always stable for given loads."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.plant.jit import compiled

# Row of constants, see SupplyParameters.pack.
OPEN_V = 0
RESISTANCE_OHM = 1
STANDING_A = 2
CONSTANTS = 3


@dataclass(frozen=True)
class SupplyParameters:
    """Hold the supply: volts without load, ohms up to the bus, amperes that the electronics always draw."""

    open_v: float
    resistance_ohm: float
    standing_a: float

    @classmethod
    def from_toml(cls, figures: dict[str, Any]) -> "SupplyParameters":
        """Read the figures of `supply.toml`."""
        supply = figures["supply"]
        return cls(supply["open_v"], supply["resistance_ohm"], supply["standing_a"])

    def pack(self) -> NDArray[np.float64]:
        """Return the row of constants: open volts, ohms, standing amperes."""
        return np.array((self.open_v, self.resistance_ohm, self.standing_a))


@compiled
def bus_voltage(constants: NDArray[np.float64], drawn_a: float, conductance_s: float) -> float:
    """Return the bus voltage under current loads (sum, A) and resistive loads (sum of duty / ohm, S).

    Motors count as current loads: their winding fixes the current, so last tick's mean is taken. That lag is
    stable while resistance_ohm * (sum of duty squared / winding ohm) < 1. The supply takes no current back: what
    braking motors return beyond the other loads goes into the bus clamp at the open voltage.
    """
    unloaded_v = constants[OPEN_V] - constants[RESISTANCE_OHM] * (drawn_a + constants[STANDING_A])
    bus_v = unloaded_v / (1.0 + constants[RESISTANCE_OHM] * conductance_s)
    return float(max(0.0, min(bus_v, constants[OPEN_V])))


@compiled
def supply_current(constants: NDArray[np.float64], bus_v: float) -> float:
    """Return the current that leaves the supply at `bus_v`, A >= 0."""
    return float((constants[OPEN_V] - bus_v) / constants[RESISTANCE_OHM])
