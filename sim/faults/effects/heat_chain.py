"""NTCs with false readings, one by one or all alike, and leaking switches; the plant has the true temperatures."""

from instep.units import KILO, PERCENT
from sim.faults.effects.broken_part import BrokenPart
from sim.faults.truth import is_skin_hot
from sim.plant import heat, ntc
from sim.plant.layout import HEAT_LEAK, NTC_CHAIN_ROW, NTC_ROW, NTCS


class BrokenHeat(BrokenPart):
    """The heat chain: shows while the skin side is hotter than it may be."""

    def shows(self) -> bool:
        """Return True if some skin side is too hot."""
        return is_skin_hot(self.simulation)


class ShiftedNtcReference(BrokenHeat):
    """The pull-ups' voltage is not the converter's reference, or its range is wrong: all codes alike."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return {NTC_CHAIN_ROW + ntc.REFERENCE: self.value}


class CommonGround(BrokenHeat):
    """Both NTCs of a well go to ground by one bad wire."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return {NTC_CHAIN_ROW + ntc.GROUND_OHM + self.foot: self.value}


class OtherNtcs(BrokenHeat):
    """All four NTCs or their pull-ups have another value."""

    figure = ntc.R25_OHM
    scale: float = KILO

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return {NTC_ROW + at * ntc.CONSTANTS + self.figure: self.value * self.scale for at in range(NTCS)}


class OtherBeta(OtherNtcs):
    """All four NTCs have another B value."""

    figure = ntc.BETA_K
    scale = 1.0


class OtherPullUps(OtherNtcs):
    """All four pull-ups have another resistance."""

    figure = ntc.PULL_UP_OHM


class SkinOffset(BrokenHeat):
    """One NTC is wrong by a temperature."""

    ntcs: tuple[int, ...] = (heat.SKIN_NTC,)
    figure = ntc.OFFSET_K

    def given(self) -> float:
        """Return the constant's new value."""
        return self.value

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        rows = [NTC_ROW + (heat.NTCS * self.foot + at) * ntc.CONSTANTS for at in self.ntcs]
        return {row + self.figure: self.given() for row in rows}


class ElementOffset(SkinOffset):
    """The film's NTC."""

    ntcs = (heat.ELEMENT_NTC,)


class SkinDrift(SkinOffset):
    """One NTC drifts."""

    figure = ntc.DRIFT_K_S


class ElementDrift(SkinDrift):
    """The film's NTC drifts."""

    ntcs = (heat.ELEMENT_NTC,)


class BothDrift(SkinDrift):
    """Both NTCs of a well drift alike."""

    ntcs = (heat.ELEMENT_NTC, heat.SKIN_NTC)


class LooseSkin(SkinOffset):
    """One NTC feels a part of the rise over the room."""

    figure = ntc.LOST_RISE

    def given(self) -> float:
        """Return the share that is lost."""
        return 1.0 - self.value


class LooseElement(LooseSkin):
    """The film's NTC feels a part of the rise."""

    ntcs = (heat.ELEMENT_NTC,)


class LeakingSwitch(BrokenHeat):
    """A heater's switch passes power while it is off."""

    def figures(self) -> dict[int, float]:
        """Return the new constants."""
        return {HEAT_LEAK + self.foot: self.value / PERCENT}
