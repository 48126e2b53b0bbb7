"""What a person sees of a machine at one moment; the live view draws it, whatever its source."""

from dataclasses import dataclass

BUTTONS = ("start", "stop", "program", "minus", "plus", "heat")


@dataclass(frozen=True)
class FootView:
    """One foot and what touches it; positions in per mille of the foot (0 = toe tips), forces in N, °C."""

    technique: str | None
    stroke: int
    strokes: int
    top_permille: float
    sole_permille: float
    top_n: float
    sole_n: float
    top_target_n: float
    sole_target_n: float
    toe_station: float
    reach_permille: float
    turn_deg: float
    grip_n: float
    arch_n: float
    heel_n: float
    skin_c: float
    element_c: float
    length_mm: float | None


@dataclass(frozen=True)
class View:
    """The whole machine at one moment; `left_s` is the time until the session's end, `result` is None until then.

    `note` is what is to be said beside, such as why a button did nothing. `is_stale`: the machine is out of reach.
    """

    time_s: float
    left_s: float
    state: str
    program: str
    intensity: int
    pace: int
    heat: str
    target_c: float
    display: tuple[str, ...]
    feet: tuple[FootView, FootView]
    supply_v: float
    result: str | None
    reason: str
    note: str = ""
    is_stale: bool = False
