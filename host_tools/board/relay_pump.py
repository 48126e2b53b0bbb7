"""Check the pump that turns the pulses of the relay's pin into the coil's current: it holds, and it lets go in time.

A pulse is a rising edge; the firmware makes one in every tick. It moves charge through the coupling capacitor into the
hold capacitor, a resistor bleeds that, and a shunt reference switches the coil while the voltage is above its own.
boards/README.md has the circuit.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log

from host_tools.board.draft import Draft
from host_tools.machine.tables import REFERENCE, table
from instep.axes import TICK_MS
from instep.units import MILLI, MV_PER_V

TABLE = "relay_pump"

# The relay stays closed over two missed ticks, and is open this soon after the last pulse.
_HELD_MS = 3 * TICK_MS
_OPEN_MS = 50.0

# Tolerances. Film capacitors of 5 %, a resistor of 1 %; the Pico's 3.3 V; two small Schottky diodes of 0.15 to 0.25 V
# at microamperes (BAT85); TLVH431A from 0 to 70 degC: 20 mV, and up to 0.5 uA into its reference pin.
_CAPACITOR = 0.05
_RESISTOR = 0.01
_SUPPLY_V = 0.1
_DIODES_V = (0.3, 0.5)
_THRESHOLD_V = 0.02
_REFERENCE_A = 0.5e-6

_NF_PER_F = 1e9

# So that one pulse fills the hold capacitor to four fifths.
_COUPLING_TIMES = 4
_BLEED_OHM = range(1_000, 1_000_001)


@dataclass(frozen=True)
class Pump:
    """The parts of a pump in SI units; `supply_v` is the pin's high level."""

    coupling_f: float
    hold_f: float
    bleed_ohm: float
    threshold_v: float
    supply_v: float

    def held_ms(self) -> tuple[float, float]:
        """Return the shortest and the longest time for which a pulse among others holds the coil, worst on worst."""
        return self._held_ms(-1), self._held_ms(1)

    def _held_ms(self, sign: int) -> float:
        """Return the time with every tolerance in one direction: -1 short, 1 long."""
        hold_f = self.hold_f * (1 + sign * _CAPACITOR)
        bleed_ohm = self.bleed_ohm * (1 + sign * _RESISTOR)
        # The share of a step that one pulse carries over does not depend on the hold capacitor's tolerance alone.
        coupling_f, loading_f = self.coupling_f * (1 + sign * _CAPACITOR), self.hold_f * (1 - sign * _CAPACITOR)
        share = coupling_f / (coupling_f + loading_f)
        full_v = self.supply_v + sign * _SUPPLY_V - _DIODES_V[0 if sign > 0 else 1]
        tau_ms = hold_f * bleed_ohm * MILLI
        left = exp(-TICK_MS / tau_ms)
        pumped_v = share * full_v / (1 - left * (1 - share))
        # What the reference pin draws discharges towards a voltage below zero.
        drawn_v = bleed_ohm * _REFERENCE_A if sign < 0 else 0.0
        return tau_ms * log((pumped_v + drawn_v) / (self.threshold_v - sign * _THRESHOLD_V + drawn_v))


def allowed_ms() -> tuple[float, float]:
    """Return the shortest and the longest time for which a pump may hold, by what the relay itself takes."""
    relay = table(REFERENCE, "parts")["relay"]
    return _HELD_MS - min(relay["release_ms"]), _OPEN_MS - max(relay["release_ms"]) - max(relay["bounce_ms"])


def pump_of(draft: Draft, bleed_ohm: int | None = None) -> Pump | None:
    """Return the pump of a board, or one with another resistor; None if a figure is missing."""
    figures = [draft.get(TABLE, key) for key in ("coupling_nf", "hold_nf", "bleed_ohm", "threshold_mv")]
    supply_mv = draft.get("adc", "reference_mv")
    if None in figures or supply_mv is None:
        return None
    coupling_nf, hold_nf, ohm, threshold_mv = (figure or 0 for figure in figures)
    return Pump(
        coupling_nf / _NF_PER_F, hold_nf / _NF_PER_F, bleed_ohm or ohm, threshold_mv / MV_PER_V, supply_mv / MV_PER_V
    )


def check_pump(draft: Draft) -> None:
    """Report a pump that lets go over two missed ticks, or that holds for too long after the last pulse."""
    pump = pump_of(draft)
    if pump is None:
        return
    if pump.coupling_f < _COUPLING_TIMES * pump.hold_f:
        problem = "is too small for the hold capacitor: a pulse does not fill it"
        minimum = _COUPLING_TIMES * (draft.get(TABLE, "hold_nf") or 0)
        draft.add(TABLE, "coupling_nf", problem, f"at least {minimum}", "Use a larger capacitor")
        return
    low_ms, high_ms = pump.held_ms()
    min_ms, max_ms = allowed_ms()
    if low_ms >= min_ms and high_ms <= max_ms:
        return
    problem = (
        f"holds the relay for {low_ms:.1f} to {high_ms:.1f} ms after a pulse "
        f"({min_ms:.0f} ms bear two missed ticks, {max_ms:.0f} ms open within {_OPEN_MS:.0f} ms)"
    )
    low_ohm = _first(draft, lambda other: other.held_ms()[0] >= min_ms)
    high_ohm = _first(draft, lambda other: other.held_ms()[1] > max_ms) - 1
    allowed = (
        f"{low_ohm} to {high_ohm} ohm" if low_ohm <= high_ohm else "other capacitors: no resistor does with these"
    )
    draft.add(TABLE, "bleed_ohm", problem, allowed, "Correct the pump")


def _first(draft: Draft, holds: Callable[[Pump], bool]) -> int:
    """Return the smallest resistor for which `holds` is true: a larger one holds for longer."""
    at = bisect_left(_BLEED_OHM, True, key=lambda ohm: _holds(draft, ohm, holds))
    return _BLEED_OHM[min(at, len(_BLEED_OHM) - 1)]


def _holds(draft: Draft, ohm: int, holds: Callable[[Pump], bool]) -> bool:
    pump = pump_of(draft, ohm)
    return pump is not None and holds(pump)
