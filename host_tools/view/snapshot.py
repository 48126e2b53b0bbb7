"""A snapshot of a machine for the live view, simulated or real."""

from dataclasses import dataclass

BUTTONS = ("start", "stop", "program", "minus", "plus", "heat")


@dataclass(frozen=True)
class FootView:
    """One foot with its rollers and tools; positions in per mille of the foot (0 = toe tips), forces in N, °C.

    `is_in`: the foot is in its well, as far as is known.
    """

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
    is_in: bool = True


@dataclass(frozen=True)
class View:
    """The whole machine at one moment; `left_s` is the time until the session's end, 0 if a program is given once.

    `result` is None until the end. `note` is a remark to show, such as why a button had no effect. `is_stale`: the
    connection is lost.
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
